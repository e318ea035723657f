/** The demo's data folder. Whatever deletes one first makes sure that it is the demo's: it has a demo.json of ours. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z, type ConfigRefusal } from '../platform/index.ts';
import { FIVE, OTHERS, type DemoPerson } from './crew.ts';

const FILE = 'demo.json';
/** The version of what is seeded; a folder of another version is made anew. */
export const DEMO_FORMAT = 2;

const Made = z.object({
  state: z.literal('made'),
  format: z.number(),
  seed: z.string(),
  month: z.string(),
  madeAt: z.string(),
  estate: z.string(),
  password: z.string(),
  people: z.array(
    z.object({
      who: z.enum([...FIVE, ...OTHERS]),
      zh: z.string(),
      en: z.string(),
      name: z.string(),
      person: z.string(),
      username: z.string(),
    }) satisfies z.ZodType<DemoPerson>,
  ),
  systemKey: z.string(),
  files: z.array(z.string()),
});
const Making = z.object({ state: z.literal('making'), format: z.number() });
/** What every version writes; the rest of it may be other in another one. */
const OfAnyVersion = z.object({
  state: z.literal('made'),
  format: z.number(),
  seed: z.string(),
  estate: z.string(),
});

export type DemoRecord = z.infer<typeof Made>;

/**
 * `absent`: there is nothing; `half`: a seeding broke off; `other-version`: a demo that another version of the program
 * made; `foreign`: not ours to touch; `file`: no folder at all.
 */
export type FolderState =
  | { kind: 'absent' | 'half' | 'other-version' | 'foreign' | 'file' }
  | { kind: 'made'; record: DemoRecord };

export function readFolder(folder: string): FolderState {
  if (existsSync(folder) && !statSync(folder).isDirectory()) return { kind: 'file' };
  const file = join(folder, FILE);
  if (!existsSync(file)) return isEmpty(folder) ? { kind: 'absent' } : { kind: 'foreign' };
  const content = parseJson(readFileSync(file, 'utf8'));
  const made = Made.safeParse(content);
  if (made.success && made.data.format === DEMO_FORMAT) return { kind: 'made', record: made.data };
  if (Making.safeParse(content).success) return { kind: 'half' };
  const other = OfAnyVersion.safeParse(content);
  return { kind: other.success && other.data.format !== DEMO_FORMAT ? 'other-version' : 'foreign' };
}

/** Removes a demo and begins a new one: from now on until `finishFolder` it is a half one. */
export function beginFolder(folder: string, state: FolderState): ConfigRefusal | undefined {
  if (state.kind === 'foreign') {
    return {
      kind: 'refused',
      zh: `${folder} 里有不是演示的文件，程序没有改动它；请用 DATA_DIR 换一个文件夹。`,
      en: `${folder} holds files that are not the demo's; nothing was changed. Choose another folder with DATA_DIR.`,
    };
  }
  if (state.kind === 'file') {
    return {
      kind: 'refused',
      zh: `${folder} 是一个文件，不是文件夹；请用 DATA_DIR 换一个文件夹。`,
      en: `${folder} is a file and not a folder; choose a folder with DATA_DIR.`,
    };
  }
  try {
    if (state.kind !== 'absent') rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeRecord(folder, { state: 'making', format: DEMO_FORMAT });
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return {
      kind: 'refused',
      zh: `数据文件夹 ${folder} 不能写入（${code}）；请检查权限，或用 DATA_DIR 换一个文件夹。`,
      en: `The data folder ${folder} cannot be written (${code}); check its permissions or choose another with DATA_DIR.`,
    };
  }
}

export function finishFolder(
  folder: string,
  record: Omit<DemoRecord, 'state' | 'format' | 'files'>,
  files: ReadonlyMap<string, Uint8Array>,
): DemoRecord {
  mkdirSync(join(folder, 'files'), { recursive: true });
  for (const [name, bytes] of files) writeFileSync(join(folder, 'files', name), bytes);
  const whole = { state: 'made' as const, format: DEMO_FORMAT, ...record, files: [...files.keys()] };
  writeRecord(folder, whole);
  return whole;
}

/** Readable by its owner alone from the start: it will hold a key. */
function writeRecord(folder: string, record: object): void {
  writeFileSync(join(folder, FILE), `${JSON.stringify(record, undefined, 2)}\n`, { mode: 0o600 });
}

function isEmpty(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
