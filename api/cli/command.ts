/** What every operator's command shares: its words, its database, and how it ends. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, type Engine } from '../db/index.ts';
import { isRefusal, readConfig, type Config, type Words } from '../platform/index.ts';

export type Command = {
  name: string;
  /** One line in the list of commands. */
  summary: Words;
  /** Shown by `--help`, below the summary. */
  usage: string;
  run(args: readonly string[]): Promise<void>;
};

/** Ends the command with one sentence and exit code 1 (2 for words that make no sense). */
export class CommandFailed extends Error {
  constructor(
    readonly words: Words,
    readonly exitCode = 1,
  ) {
    super(words.en);
  }
}

export function fail(zh: string, en: string, exitCode = 1): never {
  throw new CommandFailed({ zh, en }, exitCode);
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function configOf(): Config {
  const config = readConfig(process.env);
  return isRefusal(config) ? fail(config.zh, config.en) : config;
}

export function databaseFile(config: Config): string {
  return join(config.dataDir, 'linli.db');
}

/**
 * Opens the database that DATA_DIR or DATABASE_URL names, hands it over and closes it again. Only `migrate` makes a new
 * one or takes one of an older program: any other command in a wrong folder would leave an empty database there.
 */
export async function withEngine<T>(
  work: (engine: Engine, config: Config) => Promise<T>,
  { mayBeOld = false } = {},
): Promise<T> {
  const config = configOf();
  if (!mayBeOld && config.databaseUrl === undefined && !existsSync(databaseFile(config))) {
    const file = databaseFile(config);
    return fail(
      `没有找到 ${file}；新建请先运行 npm run linli -- migrate`,
      `there is no ${file}; to make one, run npm run linli -- migrate`,
    );
  }
  const engine = await openDatabase(
    config.databaseUrl === undefined
      ? { kind: 'sqlite', file: databaseFile(config) }
      : { kind: 'postgres', url: config.databaseUrl },
  );
  if (engine.kind === 'refused') return fail(engine.zh, engine.en);
  try {
    if (!mayBeOld) await assertMigrated(engine);
    return await work(engine, config);
  } finally {
    await engine.close();
  }
}

export async function assertMigrated(engine: Engine): Promise<void> {
  const pending = await engine.pendingMigrations();
  if ('kind' in pending) return fail(pending.zh, pending.en);
  if (pending.length === 0) return;
  fail(
    '数据库还不是当前版本，请先运行 npm run linli -- migrate',
    'the database is not up to date; run npm run linli -- migrate first',
  );
}

/** A line that is drawn over on a terminal, and left out where nobody watches. */
export function progressLine(): (text: string) => void {
  return (text) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
  };
}
