/**
 * `npm run demo [-- --reset] [-- --host ADDRESS]`: makes the demo estate in its data folder when it is not there yet,
 * serves it, and prints the address and who can sign in.
 */
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isRefusal, keepHeapSmall, readConfig, type Config, type ConfigRefusal } from '../platform/index.ts';
import { monthOf } from '../programme/index.ts';
import { createServer, type Server } from '../server.ts';
import { DEMO_PASSWORD } from './crew.ts';
import { beginFolder, finishFolder, readFolder, type DemoRecord } from './demo-folder.ts';
import { FULL_SIZE, seedDemo } from './seed.ts';

const FIRST_PORT = 4173;
const PORTS = 20;

keepHeapSmall();
const options = readArguments();
const config = readDemoConfig(options);
const server = await start(config, await findDemo(config, options));

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}

type Options = { reset: boolean; host: string | undefined };

function readArguments(): Options {
  try {
    const { values } = parseArgs({
      options: { reset: { type: 'boolean', default: false }, host: { type: 'string' } },
    });
    return { reset: values.reset, host: values.host };
  } catch (error) {
    const { message } = error as Error;
    return giveUp({
      zh: `参数不对（${message}）。可以用：--reset 重新生成演示数据，--host 地址 让别的电脑也能访问。`,
      en: `${message}. There are: --reset to start over, --host ADDRESS to let other machines in.`,
    });
  }
}

function readDemoConfig({ host }: Options): Config {
  const { env } = process;
  const read = readConfig({
    ...env,
    DATA_DIR: env['DATA_DIR'] || join('data', 'demo'),
    LOG_LEVEL: env['LOG_LEVEL'] || 'warn',
    HOST: host ?? '127.0.0.1',
    // The demo is one file in a folder that may be thrown away, never somebody's server or secret.
    DATABASE_URL: '',
    LINLI_SECRET: '',
  });
  return isRefusal(read) ? giveUp(read) : { ...read, production: false };
}

async function findDemo(at: Config, { reset }: Options): Promise<DemoRecord> {
  const state = readFolder(at.dataDir);
  if (state.kind === 'other-version') {
    say('演示数据是别的版本生成的，现在重新生成。');
    say('The demo was made by another version; it is made anew.');
  }
  if (state.kind !== 'made' || reset) return makeDemo(at);
  if (state.record.month !== monthOf(Date.now())) {
    say(`演示数据是 ${state.record.month} 生成的；要按本月重新生成：npm run demo -- --reset`);
    say(`The demo was made in ${state.record.month}; for one of this month: npm run demo -- --reset`);
  }
  return state.record;
}

async function makeDemo(at: Config): Promise<DemoRecord> {
  const startedAt = performance.now();
  const refused = beginFolder(at.dataDir, readFolder(at.dataDir));
  if (refused) return giveUp(refused);
  say('正在生成演示数据 · Making the demo estate');
  const now = Date.now();
  let clock = now;
  const opened = await createServer(at, { pages: false, clock: () => clock });
  if (isRefusal(opened)) return giveUp(opened);
  const seconds = (since: number) => `${((performance.now() - since) / 1_000).toFixed(1)} s`;
  let stepAt = performance.now();
  try {
    const seed = 'hemeiyuan';
    const { files, ...made } = await seedDemo(opened.deps, {
      seed,
      now,
      size: FULL_SIZE,
      setClock: (time) => (clock = time),
      report: ({ zh, en, count }) => {
        say(`  ${zh} · ${en}: ${count}, ${seconds(stepAt)}`);
        stepAt = performance.now();
      },
    });
    const madeAt = new Date(now).toISOString();
    return finishFolder(at.dataDir, { ...made, seed, madeAt, password: DEMO_PASSWORD }, files);
  } finally {
    await opened.stop();
    say(`  共 ${seconds(startedAt)}`);
  }
}

/** Without PORT: the first free one of a few, so that a second demo does not trip over the first. */
async function start(at: Config, record: DemoRecord): Promise<Server> {
  const { people, password, files } = record;
  const folder = join(at.dataDir, 'files');
  const demo = { people, password, files, readFile: (name: string) => readFile(join(folder, name)) };
  const wanted = process.env['PORT'] ? [at.port] : Array.from({ length: PORTS }, (_, n) => FIRST_PORT + n);
  let last: ConfigRefusal | undefined;
  for (const port of wanted) {
    const opened = await createServer({ ...at, port }, { demo, thread: true });
    if (isRefusal(opened)) return giveUp(opened);
    const address = await opened.listen();
    if (!isRefusal(address)) {
      printWelcome(at, address, record);
      return opened;
    }
    last = address;
    await opened.stop();
  }
  return giveUp(last ?? { zh: '没有空闲的端口。', en: 'No port is free.' });
}

function printWelcome(at: Config, address: AddressInfo, { people, password }: DemoRecord): void {
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  say('');
  say(`邻里积分演示 · Linli demo: http://${host}:${address.port}`);
  say('演示数据，与真实居民和单位无关。可以这样登录 · Who can sign in:');
  for (const { zh, en, username } of people) say(`  ${username.padEnd(11)} ${password}   ${zh} · ${en}`);
  say(`系统密钥和示例文件 · System key and sample files: ${join(resolve(at.dataDir), 'demo.json')}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function giveUp({ zh, en }: { zh: string; en: string }): never {
  process.stderr.write(`邻里积分：${zh}\nLinli: ${en}\n`);
  process.exit(1);
}
