/** backup and restore of the SQLite file; a PostgreSQL cluster is backed up by its own tools. */
import { constants, existsSync, statSync } from 'node:fs';
import { copyFile, readdir, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  connectSqlite,
  makePrivate,
  makePrivateFile,
  makePrivateFolder,
  openDatabase,
  type Engine,
} from '../db/index.ts';
import { isDemo } from '../demo/index.ts';
import { verify, type VerifyReport } from '../ledger/index.ts';
import { productChecks } from '../product-checks.ts';
import { assertMigrated, configOf, databaseFile, fail, progressLine, say, type Command } from './command.ts';

/** A copy is good when SQLite finds its pages whole and the ledger its books. */
async function assertWhole(
  file: string,
  isRestored: boolean,
): Promise<{ root: string; transactions: number; isOfDemo: boolean }> {
  const engine = await openDatabase({ kind: 'sqlite', file });
  if (engine.kind === 'refused') return fail(engine.zh, engine.en);
  const { report, isOfDemo } = await checked(file, engine, isRestored).finally(() => engine.close());
  if (!report.ok) {
    const [first] = report.findings;
    return fail(
      `${file} 的账目有问题：${first?.zh ?? ''}`,
      `the books in ${file} are not whole: ${first?.en ?? ''}`,
    );
  }
  const transactions = report.books.reduce((sum, book) => sum + book.transactions, 0);
  return { root: report.books.map((book) => book.root).join(' '), transactions, isOfDemo };
}

/** Pages first: what is torn there answers queries with anything. What an older program backed up is brought up to date. */
async function checked(
  file: string,
  engine: Engine,
  isRestored: boolean,
): Promise<{ report: VerifyReport; isOfDemo: boolean }> {
  const connection = connectSqlite(file, { readonly: true });
  const integrity = connection.pragma('integrity_check', { simple: true });
  connection.close();
  if (integrity !== 'ok') return fail(`${file} 的文件结构已损坏`, `${file} is damaged`);
  if (isRestored) {
    await assertOurs(file, engine);
    const migrated = await engine.migrate();
    if (migrated.kind === 'refused') return fail(migrated.zh, migrated.en);
  } else await assertMigrated(engine);
  return { report: await verify(engine, productChecks), isOfDemo: await isDemo(engine) };
}

/** Every version of ours has books; to migrate somebody else's database would only make it look like ours. */
async function assertOurs(file: string, engine: Engine): Promise<void> {
  try {
    await engine.reader.select({ id: engine.tables.books.id }).from(engine.tables.books).limit(1);
  } catch {
    fail(`${file} 不是邻里积分的数据文件`, `${file} is not a Linli data file`);
  }
}

/** What a running database wrote last is in its log: the file alone may be whole and lack what was acknowledged. */
function assertNoLog(file: string): void {
  const { size = 0 } = statSync(`${file}-wal`, { throwIfNoEntry: false }) ?? {};
  if (size === 0) return;
  fail(
    `${file} 不是备份，最近的交易还在旁边的 -wal 文件里；请用 linli backup 备份，或把两个文件一起放进空的数据文件夹`,
    `${file} is no backup: its latest transactions are in the -wal file beside it; make one with linli backup, or put both files into an empty data folder as linli.db and linli.db-wal`,
  );
}

function sqliteFile(): string {
  const config = configOf();
  if (config.databaseUrl !== undefined) {
    return fail(
      'PostgreSQL 请用 pg_dump 或它自己的备份工具',
      'PostgreSQL is backed up by pg_dump or its own tools',
    );
  }
  return databaseFile(config);
}

export const backup: Command = {
  name: 'backup',
  summary: { zh: '在线备份（SQLite），并核对副本', en: 'online backup (SQLite), and check the copy' },
  usage: 'linli backup FILE   (FILE must not exist yet)',
  run: async (args) => {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
    const [target] = positionals;
    if (target === undefined) return fail('请写明备份文件', 'name the file to write', 2);
    const source = sqliteFile();
    if (!existsSync(source)) return fail(`没有找到 ${source}`, `there is no ${source}`);
    if (existsSync(target))
      return fail(`${target} 已经存在，没有覆盖`, `${target} exists; it was not overwritten`);
    makePrivateFolder(dirname(resolve(target)));
    const connection = connectSqlite(source, { readonly: true });
    const draw = progressLine();
    makePrivateFile(target);
    try {
      // One snapshot: without it the copy begins anew at every posting of another process, and never ends while tills are busy.
      connection.exec('begin');
      connection.prepare('select 1 from sqlite_master').get();
      await connection.backup(target, {
        progress: ({ totalPages, remainingPages }) => {
          draw(`${totalPages - remainingPages}/${totalPages} 页 · pages`);
          return 1_000;
        },
      });
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    } finally {
      connection.close();
    }
    draw('');
    const { root, transactions } = await assertWhole(target, false);
    say(`已备份并核对 · Backed up and checked: ${target} (${transactions} 笔交易 · transactions)`);
    say(`  root ${root}`);
  },
};

export const restore: Command = {
  name: 'restore',
  summary: { zh: '从备份恢复到空的数据文件夹', en: 'restore a backup into an empty data folder' },
  usage: 'linli restore FILE   (into DATA_DIR, which must hold no database)',
  run: async (args) => {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
    const [source] = positionals;
    if (source === undefined) return fail('请写明备份文件', 'name the backup', 2);
    if (!existsSync(source)) return fail(`没有找到 ${source}`, `there is no ${source}`);
    assertNoLog(source);
    const target = sqliteFile();
    const folder = dirname(target);
    makePrivateFolder(folder);
    if ((await readdir(folder)).some((name) => name.startsWith('linli.db'))) {
      return fail(
        `${folder} 里已经有数据，没有覆盖`,
        `${folder} already holds a database; it was not overwritten`,
      );
    }
    await copyFile(source, target, constants.COPYFILE_EXCL);
    makePrivate(target);
    try {
      const { root, transactions, isOfDemo } = await assertWhole(target, true);
      say(`已恢复并核对 · Restored and checked: ${target} (${transactions} 笔交易 · transactions)`);
      say(`  root ${root}`);
      if (isOfDemo) say('  这是演示数据，npm start 不会用它 · It is a demo: npm start will not serve it');
    } catch (error) {
      for (const suffix of ['', '-wal', '-shm']) await rm(target + suffix, { force: true });
      throw error;
    }
  },
};
