/**
 * The texts of the web's pages, compiled by Paraglide for whoever builds or checks the web: once, until a text changes.
 * Their types are written here, in one file. Paraglide would work out 2,400 of them with a compiler of its own, which took
 * four times as long as all the rest of it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.ts';
import { runCommand } from './run-command.ts';

export const MESSAGE_INPUTS = [
  'web/messages',
  'web/project.inlang/settings.json',
  'web/project.inlang/paraglide.config.js',
];
const OUTPUT = 'web/src/lib/paraglide';

/** What went wrong, in Paraglide's own words; nothing when the texts are there. */
export async function compileMessages(root: string): Promise<string | undefined> {
  const hash = fingerprint(root, [...MESSAGE_INPUTS, 'api/cli/messages.ts', 'package-lock.json']);
  const record = join(root, '.build/messages.hash');
  const types = join(root, OUTPUT, 'messages.d.ts');
  // The development server writes another form of them, without these types.
  if (existsSync(types) && existsSync(record) && readFileSync(record, 'utf8') === hash) return undefined;

  const result = await runCommand({
    file: process.execPath,
    args: [
      join(root, 'node_modules/@inlang/paraglide-js/bin/run.js'),
      ...['compile', '--project=./project.inlang', '--outdir=./src/lib/paraglide', '--silent'],
    ],
    cwd: join(root, 'web'),
    output: 'keep',
  });
  if (!result.ok) return result.output;
  const folder = join(root, OUTPUT, 'messages');
  const sources = readdirSync(folder).filter((name) => name.endsWith('.js') && name !== '_index.js');
  writeFileSync(types, typesOf(sources.map((name) => readFileSync(join(folder, name), 'utf8'))));
  mkdirSync(join(root, '.build'), { recursive: true });
  writeFileSync(record, hash);
  return undefined;
}

const TYPE = /\/\*\* @typedef \{(.*)\} (\w+Inputs) \*\//;
const MESSAGE = /(\/\*\*(?:(?!\*\/)[^])*\*\/)\nexport const (\w+) = \/\*\* @type \{(.*)\} \*\/ \(/;

/** One declaration file for the messages of many sources, each of which says in its comments what it takes. */
export function typesOf(sources: readonly string[]): string {
  const declarations = sources.map((source) => {
    const [, inputs, inputsName] = TYPE.exec(source) ?? [];
    const [, comment, name, type] = MESSAGE.exec(source) ?? [];
    if (!inputs || !name || !type) throw new Error(`Paraglide wrote a message of another form:\n${source}`);
    const fromHere = type.replaceAll("'../runtime.js'", "'./runtime.js'");
    return `type ${inputsName} = ${inputs};\n${comment}\nexport const ${name}: ${fromHere};\n`;
  });
  const head = "import type { LocalizedString } from './runtime.js';\nexport * as m from './messages.js';\n";
  return head + declarations.join('');
}
