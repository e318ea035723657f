/** The operator's commands on a folder of their own: what they say, what they leave, and how they end. */
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runLinli } from '../../api/cli/run-linli.ts';
import { connectSqlite, openDatabase } from '../../api/db/index.ts';
import { BOOK_SPAN } from '../../api/ledger/index.ts';
import { writeEventfulBook } from '../support/eventful-book.ts';

const ENTRY = fileURLToPath(new URL('../../api/cli/linli.ts', import.meta.url));
const COMMANDS = ['found', 'migrate', 'verify', 'export', 'backup', 'restore', 'user', 'key'];

/** A data folder with the eventful book in it, made once and copied for each test that changes something. */
let original: string;
let folder: string;

beforeAll(async () => {
  original = mkdtempSync(join(tmpdir(), 'linli-cli-'));
  const engine = await openDatabase({ kind: 'sqlite', file: join(original, 'linli.db') });
  if (engine.kind === 'refused') throw new Error(engine.en);
  await engine.migrate();
  await writeEventfulBook(engine);
  await engine.close();
});
afterAll(() => rmSync(original, { recursive: true, force: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-cli-'));
  vi.stubEnv('DATA_DIR', folder);
  vi.stubEnv('DATABASE_URL', '');
  vi.stubEnv('LOG_LEVEL', 'silent');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const withBook = () => copyFileSync(join(original, 'linli.db'), join(folder, 'linli.db'));

async function linli(...args: string[]): Promise<{ exit: number; out: string; err: string }> {
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

const oneSentenceEach = /^邻里积分：[^\n]+\nLinli: [^\n]+\n$/;

describe('the words', () => {
  it('help lists every command and ends well; each explains itself', async () => {
    for (const asked of [[], ['help'], ['--help']]) {
      const { exit, out } = await linli(...asked);
      expect(exit).toBe(0);
      for (const name of COMMANDS) expect(out).toContain(`  ${name}`);
    }
    for (const name of COMMANDS) {
      const { exit, out } = await linli(name, '--help');
      expect([exit, out]).toEqual([0, expect.stringContaining(`linli ${name}`)]);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('an unknown command, option or verb ends with 2', async () => {
    expect(await linli('verfy')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('there is no command verfy'),
    });
    withBook();
    for (const asked of [
      ['verify', '--bok', '1'],
      ['verify', 'now'],
      ['verify', '--book', 'one'],
      ['export', 'csv', '--book', '1e30'],
      ['export', 'pdf'],
      ['export'],
      ['backup'],
      ['restore'],
      ['user'],
      ['user', 'add', '--username', 'u'],
      ['key', 'drop'],
      ['key', 'revoke'],
    ]) {
      const { exit, err } = await linli(...asked);
      expect([asked, exit]).toEqual([asked, 2]);
      expect(err).toMatch(oneSentenceEach);
    }
  });

  it.each([['verify'], ['export', 'csv'], ['user', 'list'], ['key', 'list']])(
    '%s in an empty folder says to run migrate, and leaves nothing there',
    async (...asked) => {
      const { exit, err } = await linli(...asked);
      expect(exit).toBe(1);
      expect(err).toMatch(oneSentenceEach);
      expect(err).toContain('linli -- migrate');
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it('a database that was never migrated says so as well', async () => {
    connectSqlite(join(folder, 'linli.db'), { readonly: false }).close();
    expect(await linli('verify')).toMatchObject({
      exit: 1,
      err: expect.stringContaining('run npm run linli -- migrate'),
    });
    expect(await linli('backup', join(folder, 'copy.db'))).toMatchObject({ exit: 1 });
  });

  it('a wrong setting, or a file that is no database, is one sentence', async () => {
    writeFileSync(
      join(folder, 'linli.db'),
      'this is not a database, though it is long enough to be read as one'.repeat(99),
    );
    expect((await linli('verify')).err).toMatch(oneSentenceEach);
    vi.stubEnv('PORT', 'harbour');
    expect((await linli('verify')).err).toMatch(oneSentenceEach);
  });
});

describe('migrate', () => {
  it('makes a new database, and finds nothing to do the second time', async () => {
    expect(await linli('migrate')).toMatchObject({ exit: 0, out: expect.stringContaining('Migrated: ') });
    expect(await linli('migrate')).toMatchObject({
      exit: 0,
      out: expect.stringContaining('Already up to date'),
    });
    expect(await linli('verify')).toMatchObject({ exit: 0 });
  });
});

describe('verify', () => {
  beforeEach(withBook);

  it('finds the books whole and prints the root', async () => {
    const { exit, out } = await linli('verify');
    expect(exit).toBe(0);
    expect(out).toMatch(/root [0-9a-f]{64}\n/);
    expect(out).toContain('The books are whole');
    const report = JSON.parse((await linli('verify', '--json')).out) as {
      ok: boolean;
      books: { root: string }[];
    };
    expect(report.ok).toBe(true);
    expect(out).toContain(report.books[0]!.root);
  });

  it('ends with 1 and names the transaction after one number was changed behind the program', async () => {
    const connection = connectSqlite(join(folder, 'linli.db'), { readonly: false });
    connection.exec('DROP TRIGGER entries_no_update');
    const { tx } = connection.prepare('SELECT tx FROM entries WHERE tx = ?').get(BOOK_SPAN + 5) as {
      tx: number;
    };
    connection
      .prepare('UPDATE entries SET amount = amount + 1 WHERE id = (SELECT min(id) FROM entries WHERE tx = ?)')
      .run(tx);
    connection.close();
    const { exit, out, err } = await linli('verify');
    expect(exit).toBe(1);
    expect(out).toContain(`transaction ${tx}:`);
    expect(out).not.toContain('whole');
    expect(err).toMatch(oneSentenceEach);
    expect(err).toContain(`the first at transaction ${tx}`);
    const json = await linli('verify', '--json');
    expect([json.exit, (JSON.parse(json.out) as { ok: boolean }).ok]).toEqual([1, false]);
  });

  it('does not call a book whole that does not exist', async () => {
    expect(await linli('verify', '--book', '9')).toMatchObject({
      exit: 1,
      err: expect.stringContaining('no book 9'),
    });
  });
});

describe('export', () => {
  beforeEach(withBook);

  it('writes to standard output or to a new file, never over an old one', async () => {
    const { exit, out } = await linli('export', 'csv');
    expect(exit).toBe(0);
    expect(out.split('\n')[0]).toBe(
      'transaction,seq,booked_at,effective_at,kind,place,entry,owner,role,counterparty,asset,unit,fund,expires_at,amount,balance_after',
    );
    const file = join(folder, 'book.csv');
    expect(await linli('export', 'csv', '--out', file)).toMatchObject({ exit: 0 });
    expect(readFileSync(file, 'utf8')).toBe(out);
    const again = await linli('export', 'hledger', '--out', file);
    expect(again.exit).toBe(1);
    expect(again.err).toMatch(oneSentenceEach);
    expect(readFileSync(file, 'utf8')).toBe(out);
    expect(await linli('export', 'csv', '--book', '9')).toMatchObject({ exit: 1, out: '' });
  });

  it('leaves no half a file behind when the book cannot be read to its end', async () => {
    const broken = connectSqlite(join(folder, 'linli.db'), { readonly: false });
    broken.exec('alter table entries rename to lost');
    broken.close();
    const file = join(folder, 'half.csv');
    expect(await linli('export', 'csv', '--out', file)).toMatchObject({ exit: 1 });
    expect(existsSync(file)).toBe(false);
  });

  it('ends quietly when whoever reads it has seen enough', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', ENTRY, 'export', 'csv'], {
      env: { ...process.env, DATA_DIR: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const exit = await new Promise((resolve) => child.once('close', resolve));
    expect([exit, said]).toEqual([141, '']);
  });
});

describe('backup and restore', () => {
  const root = async () => /root ([0-9a-f]{64})/.exec((await linli('verify')).out)?.[1];

  it('a backup is checked, restored into an empty folder only, and is the same book', async () => {
    withBook();
    const before = await root();
    const file = join(folder, 'copies', 'monday.db');
    const made = await linli('backup', file);
    expect(made).toMatchObject({ exit: 0, out: expect.stringContaining(`root ${before}`) });
    const bytes = readFileSync(file);
    expect(await linli('backup', file)).toMatchObject({
      exit: 1,
      err: expect.stringMatching(/not overwritten/),
    });
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(await linli('restore', file)).toMatchObject({
      exit: 1,
      err: expect.stringMatching(/not overwritten/),
    });

    vi.stubEnv('DATA_DIR', join(folder, 'new', 'place'));
    expect(await linli('restore', file)).toMatchObject({
      exit: 0,
      out: expect.stringContaining(`root ${before}`),
    });
    expect(await root()).toBe(before);
  });

  it('a backup that was changed is not restored, and nothing is left of it', async () => {
    const file = join(folder, 'bad.db');
    copyFileSync(join(original, 'linli.db'), file);
    const connection = connectSqlite(file, { readonly: false });
    connection.exec('UPDATE positions SET balance = balance + 1 WHERE balance > 0');
    connection.close();
    const target = join(folder, 'target');
    vi.stubEnv('DATA_DIR', target);
    const { exit, err } = await linli('restore', file);
    expect([exit, err]).toEqual([1, expect.stringMatching(oneSentenceEach)]);
    expect(readdirSync(target)).toEqual([]);
  });

  it('what is not a backup is not restored', async () => {
    const [text, foreign] = [join(folder, 'text.db'), join(folder, 'foreign.db')];
    writeFileSync(text, 'a letter, not a database. '.repeat(400));
    const connection = connectSqlite(foreign, { readonly: false });
    connection.exec('CREATE TABLE recipes (id INTEGER PRIMARY KEY)');
    connection.close();
    const target = join(folder, 'target');
    vi.stubEnv('DATA_DIR', target);
    for (const file of [text, foreign, join(folder, 'absent.db')]) {
      const { exit, err } = await linli('restore', file);
      expect([exit, err]).toEqual([1, expect.stringMatching(oneSentenceEach)]);
      expect(existsSync(target) ? readdirSync(target) : []).toEqual([]);
    }
  });

  it('says so where the backup cannot be written, and for PostgreSQL', async () => {
    withBook();
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'file'), '');
    const blocked = await linli('backup', join(folder, 'file', 'copy.db'));
    expect([blocked.exit, blocked.err]).toEqual([1, expect.stringMatching(oneSentenceEach)]);
    vi.stubEnv('DATABASE_URL', 'postgres://nobody@127.0.0.1:1/none');
    expect(await linli('backup', join(folder, 'x.db'))).toMatchObject({
      exit: 1,
      err: expect.stringMatching(/pg_dump/),
    });
    expect((await linli('verify')).err).toMatch(oneSentenceEach);
  });
});
