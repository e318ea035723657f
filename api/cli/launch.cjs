'use strict';
/*
 * The way in for every npm script: `node api/cli/launch.cjs NAME [arguments]`.
 *
 * It is old JavaScript on purpose: a Node that is too old for Linli must still be able to read this file and say so in
 * one sentence, instead of failing on the first piece of syntax that it does not know.
 */
var childProcess = require('child_process');
var fs = require('fs');
var path = require('path');
var url = require('url');

var root = path.resolve(__dirname, '..', '..');

/* What is built first, and the bundle that then runs in this process. */
var built = {
  start: { steps: ['api', 'web'], file: '.build/main.mjs' },
  demo: { steps: ['api', 'web'], file: '.build/demo.mjs' },
  linli: { steps: ['api'], file: '.build/linli.mjs' },
  bench: { steps: ['api'], file: '.build/bench.mjs' },
  drill: { steps: ['api'], file: '.build/drill.mjs' },
};

/* What a developer runs from its source. */
var sources = {
  build: 'api/cli/build.ts',
  check: 'tests/run/check.ts',
  test: 'tests/run.ts',
  migrations: 'api/db/generate.ts',
  sheets: 'tests/e2e/sheets.ts',
  pictures: 'tests/e2e/pictures.ts',
  lighthouse: 'tests/e2e/lighthouse.ts',
};

function stop(chinese, english) {
  console.error('邻里积分：' + chinese + '\nLinli: ' + english);
  process.exit(1);
}

function assertNodeIsNewEnough() {
  var wanted = /(\d+)\.(\d+)/.exec(require(path.join(root, 'package.json')).engines.node);
  var found = /^(\d+)\.(\d+)/.exec(process.versions.node);
  var enough = +found[1] > +wanted[1] || (+found[1] === +wanted[1] && +found[2] >= +wanted[2]);
  if (enough) return;
  stop(
    '需要 Node.js ' +
      wanted[0] +
      ' 或更新版本，这台电脑上是 ' +
      process.versions.node +
      '。请先升级 Node.js。',
    'Node.js ' +
      wanted[0] +
      ' or newer is needed, this is ' +
      process.versions.node +
      '. Please upgrade Node.js first.',
  );
}

function has(file) {
  return fs.existsSync(path.join(root, file));
}

/* In a process of its own, so that the compiler's memory is given back before the product starts. */
function build(steps) {
  var script = path.join(root, sources.build);
  var child = childProcess.spawnSync(process.execPath, ['--import', 'tsx', script].concat(steps), {
    cwd: root,
    stdio: 'inherit',
  });
  if (child.status !== 0) process.exit(child.status || 1);
}

/* The file sees the arguments as if it had been started by itself. */
function run(file, rest) {
  var target = path.join(root, file);
  process.argv = [process.argv[0], target].concat(rest);
  return import(url.pathToFileURL(target).href);
}

function main() {
  assertNodeIsNewEnough();
  var name = process.argv[2];
  var rest = process.argv.slice(3);
  if (!has('node_modules')) {
    stop('还没有安装依赖，请先运行 npm ci。', 'the packages are not installed yet; run npm ci first.');
  }
  // Without the build tools (npm ci --omit=dev) what was built before is what runs.
  var canBuild = has('node_modules/tsx') && has('node_modules/esbuild');

  if (Object.prototype.hasOwnProperty.call(built, name)) {
    if (canBuild) build(built[name].steps);
    if (!has(built[name].file)) {
      stop(
        '缺少 ' + built[name].file + '，请先运行 npm run build。',
        built[name].file + ' is missing; run npm run build first.',
      );
    }
    process.setSourceMapsEnabled(true);
    return run(built[name].file, rest);
  }
  if (Object.prototype.hasOwnProperty.call(sources, name) && has(sources[name])) {
    if (!canBuild) {
      stop('缺少开发依赖，请运行 npm ci。', 'the development packages are missing; run npm ci.');
    }
    return import('tsx/esm/api').then(function (tsx) {
      tsx.register();
      return run(sources[name], rest);
    });
  }
  stop('没有名为 ' + name + ' 的命令。', 'there is no command named ' + name + '.');
}

Promise.resolve(main()).catch(function (error) {
  console.error(error);
  process.exit(1);
});
