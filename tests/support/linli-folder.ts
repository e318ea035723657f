/** The operator's commands on a data folder of their own: what they say, and how they end. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { runLinli } from '../../api/cli/run-linli.ts';
import { openDatabase, type SqliteEngine } from '../../api/db/index.ts';
import { writeEventfulBook } from './eventful-book.ts';
import { quickFolder } from './quick-folder.ts';

export const ONE_SENTENCE_EACH = /^邻里积分：[^\n]+\nLinli: [^\n]+\n$/;

export interface LinliFolder {
  /** Empty when a test begins. */
  readonly path: string;
  /** Puts the eventful book into it, as its database or under another name; gives the file. */
  withBook(name?: string): string;
}

const newFolder = () => mkdtempSync(join(quickFolder(), 'linli-cli-'));
const removeFolder = (folder: string) => rmSync(folder, { recursive: true, force: true });

/** Each test of the file has an empty `DATA_DIR`; the eventful book is made once and copied. */
export function eachOwnFolder(): LinliFolder {
  return eachFolder(writeEventfulBook);
}

/** Each test of the file has a `DATA_DIR` with a database that is migrated and empty. */
export function eachMigratedFolder(): LinliFolder {
  const folder = eachFolder(() => Promise.resolve());
  beforeEach(() => void folder.withBook());
  return folder;
}

function eachFolder(fill: (engine: SqliteEngine) => Promise<unknown>): LinliFolder {
  let original = '';
  let path = '';

  beforeAll(async () => {
    original = newFolder();
    const engine = await openDatabase({ kind: 'sqlite', file: join(original, 'linli.db') });
    if (engine.kind !== 'sqlite') throw new Error('this is no SQLite file');
    await engine.migrate();
    await fill(engine);
    await engine.close();
  });
  afterAll(() => removeFolder(original));

  beforeEach(() => {
    path = newFolder();
    vi.stubEnv('DATA_DIR', path);
    vi.stubEnv('DATABASE_URL', '');
    vi.stubEnv('LOG_LEVEL', 'silent');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    removeFolder(path);
  });

  return {
    get path() {
      return path;
    },
    withBook(name = 'linli.db') {
      const file = join(path, name);
      copyFileSync(join(original, 'linli.db'), file);
      return file;
    },
  };
}

export async function linli(...args: string[]): Promise<{ exit: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const hear = (into: 'out' | 'err') => (text: string | Uint8Array) => {
    written[into] += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(hear('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(hear('err')),
  ];
  try {
    return { exit: await runLinli(args), ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
