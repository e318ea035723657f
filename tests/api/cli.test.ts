/** The operator's commands on a folder of their own: what they say, what they leave, and how they end. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { connectSqlite } from '../../api/db/index.ts';
import { BOOK_SPAN } from '../../api/ledger/index.ts';
import { builtFile } from '../support/built.ts';
import { eachOwnFolder, linli, ONE_SENTENCE_EACH } from '../support/linli-folder.ts';

const ENTRY = builtFile('linli');
const COMMANDS = ['found', 'migrate', 'verify', 'export', 'backup', 'restore', 'user', 'key'];

const folder = eachOwnFolder();

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
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('an unknown command, option or verb ends with 2', async () => {
    expect(await linli('verfy')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('there is no command verfy'),
    });
    folder.withBook();
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
      expect(err).toMatch(ONE_SENTENCE_EACH);
    }
  });

  it.each([['verify'], ['export', 'csv'], ['user', 'list'], ['key', 'list']])(
    '%s in an empty folder says to run migrate, and leaves nothing there',
    async (...asked) => {
      const { exit, err } = await linli(...asked);
      expect(exit).toBe(1);
      expect(err).toMatch(ONE_SENTENCE_EACH);
      expect(err).toContain('linli -- migrate');
      expect(readdirSync(folder.path)).toEqual([]);
    },
  );

  it('a database that was never migrated says so as well', async () => {
    connectSqlite(join(folder.path, 'linli.db'), { readonly: false }).close();
    expect(await linli('verify')).toMatchObject({
      exit: 1,
      err: expect.stringContaining('run npm run linli -- migrate'),
    });
    expect(await linli('backup', join(folder.path, 'copy.db'))).toMatchObject({ exit: 1 });
  });

  it('a wrong setting, or a file that is no database, is one sentence', async () => {
    writeFileSync(
      join(folder.path, 'linli.db'),
      'this is not a database, though it is long enough to be read as one'.repeat(99),
    );
    expect((await linli('verify')).err).toMatch(ONE_SENTENCE_EACH);
    vi.stubEnv('PORT', 'harbour');
    expect((await linli('verify')).err).toMatch(ONE_SENTENCE_EACH);
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
  beforeEach(() => void folder.withBook());

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
    const connection = connectSqlite(join(folder.path, 'linli.db'), { readonly: false });
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
    expect(err).toMatch(ONE_SENTENCE_EACH);
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
  beforeEach(() => void folder.withBook());

  it('writes to standard output or to a new file, never over an old one', async () => {
    const { exit, out } = await linli('export', 'csv');
    expect(exit).toBe(0);
    expect(out.split('\n')[0]).toBe(
      'transaction,seq,booked_at,effective_at,kind,place,entry,owner,role,counterparty,asset,unit,fund,expires_at,amount,balance_after',
    );
    const file = join(folder.path, 'book.csv');
    expect(await linli('export', 'csv', '--out', file)).toMatchObject({ exit: 0 });
    expect(readFileSync(file, 'utf8')).toBe(out);
    const again = await linli('export', 'hledger', '--out', file);
    expect(again.exit).toBe(1);
    expect(again.err).toMatch(ONE_SENTENCE_EACH);
    expect(readFileSync(file, 'utf8')).toBe(out);
    expect(await linli('export', 'csv', '--book', '9')).toMatchObject({ exit: 1, out: '' });
  });

  it('leaves no half a file behind when the book cannot be read to its end', async () => {
    const broken = connectSqlite(join(folder.path, 'linli.db'), { readonly: false });
    broken.exec('alter table entries rename to lost');
    broken.close();
    const file = join(folder.path, 'half.csv');
    expect(await linli('export', 'csv', '--out', file)).toMatchObject({ exit: 1 });
    expect(existsSync(file)).toBe(false);
  });

  it('ends quietly when whoever reads it has seen enough', async () => {
    const child = spawn(process.execPath, [ENTRY, 'export', 'csv'], {
      env: { ...process.env, DATA_DIR: folder.path },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const exit = await new Promise((resolve) => child.once('close', resolve));
    expect([exit, said]).toEqual([141, '']);
  });
});
