/**
 * The cases without HTTP: a journal in its own process, in one thread as the bare rows that it is compared with are
 * written.
 */
import { v7 as uuid } from 'uuid';
import { openDatabase, type Engine } from '../../api/db/index.ts';
import { hashRequest, openLedger, promiseAsset, type Ledger, type Unit } from '../../api/ledger/index.ts';
import { serveParent } from './children.ts';
import { targetOf, type Site } from '../support/sites.ts';
import { percentile } from './figures.ts';
import { addOldKeys } from './old-keys.ts';
import { digestPostgres, postgresRows, rawPostgres } from './raw-postgres.ts';
import type { RawBatch } from './raw-rows.ts';
import { digestSqlite, rawSqlite, sqliteRows, type RawStore, type RowSource } from './raw-sqlite.ts';
import { postEntries } from './requests.ts';
import { BOOK, type Stage } from './stage.ts';

export type JournalRound = { count: number; seconds: number; p50: number; p99: number; cpuMicros: number };
export type JournalQuestion =
  | { do: 'open'; stage: Stage; site: Site }
  | { do: 'age'; keys: number; now: number; site: Site }
  | { do: 'journal'; site: Site; inFlight: number; count: number }
  /** Writes to `site` what was written to `from` since the last time. */
  | { do: 'raw'; site: Site; from: Site; batch: number }
  | { do: 'digest'; site: Site };

type Opened = { engine: Engine; ledger: Ledger };

let stage: Stage | undefined;
let used = 0;
const opened = new Map<string, Opened>();
const sources = new Map<string, RowSource>();
const raws = new Map<string, RawStore>();

async function answer(question: JournalQuestion): Promise<unknown> {
  const { site } = question;
  switch (question.do) {
    case 'open':
      stage = question.stage;
      opened.set(site.dataDir, await open(site));
      sources.set(site.dataDir, await rowsOf(site));
      return undefined;
    case 'age': {
      const raw = rawOf(site);
      await addOldKeys(raw, question.keys, question.now);
      await raw.close();
      return undefined;
    }
    case 'journal':
      return journal(opened.get(site.dataDir)?.ledger, question);
    case 'raw': {
      const batches = await sources.get(question.from.dataDir)?.take(question.batch);
      let raw = raws.get(site.dataDir);
      if (!raw) raws.set(site.dataDir, (raw = rawOf(site)));
      return write(raw, batches ?? []);
    }
    case 'digest':
      return site.databaseUrl === undefined
        ? digestSqlite(targetFile(site))
        : digestPostgres(site.databaseUrl);
  }
}

async function open(site: Site): Promise<Opened> {
  const engine = await openDatabase(targetOf(site));
  if (engine.kind === 'refused') throw new Error(engine.en);
  return { engine, ledger: openLedger(engine, { now: Date.now }) };
}

function targetFile(site: Site): string {
  const target = targetOf(site);
  if (target.kind !== 'sqlite') throw new Error('not a file');
  return target.file;
}

function rowsOf(site: Site): RowSource | Promise<RowSource> {
  return site.databaseUrl === undefined ? sqliteRows(targetFile(site)) : postgresRows(site.databaseUrl);
}

function rawOf(site: Site): RawStore {
  return site.databaseUrl === undefined ? rawSqlite(targetFile(site)) : rawPostgres(site.databaseUrl);
}

/** The same transaction as the HTTP case `post` asks for. */
function unitOf(nth: number): Unit {
  if (!stage) throw new Error('no stage yet');
  const asked = postEntries(stage, nth, false);
  const entries = asked.map(({ owner, role, unit, fund, amount }) => {
    const asset = promiseAsset(unit, fund);
    return { owner, role, counterparty: '', asset, amount: Number(amount) };
  });
  return {
    id: uuid(),
    key: { scope: `book:${BOOK}`, key: uuid() },
    requestHash: hashRequest(['ledger-transaction', asked]),
    place: stage.place,
    actor: `key:${stage.place}`,
    source: 'api',
    commands: [{ do: 'post', kind: 'claim', entries }],
  };
}

async function journal(
  ledger: Ledger | undefined,
  { inFlight, count }: { inFlight: number; count: number },
): Promise<JournalRound> {
  if (!ledger) throw new Error('no journal is open there');
  const units = Array.from({ length: count }, () => unitOf(used++)).values();
  const latencies: number[] = [];
  const lane = async (): Promise<void> => {
    for (const unit of units) {
      const sent = performance.now();
      const outcome = await ledger.journal.commit(BOOK, unit);
      if (outcome.status === 'refused') throw new Error(`refused: ${outcome.refusal.code}`);
      latencies.push(performance.now() - sent);
    }
  };
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  await Promise.all(Array.from({ length: inFlight }, lane));
  const seconds = (performance.now() - started) / 1_000;
  return {
    count,
    seconds,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    cpuMicros: since(cpu),
  };
}

async function write(raw: RawStore, batches: readonly RawBatch[]): Promise<JournalRound> {
  const latencies: number[] = [];
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  for (const batch of batches) {
    const sent = performance.now();
    await raw.write(batch);
    latencies.push(performance.now() - sent);
  }
  const seconds = (performance.now() - started) / 1_000;
  const count = batches.reduce((sum, { transactions }) => sum + transactions.length, 0);
  return {
    count,
    seconds,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    cpuMicros: since(cpu),
  };
}

function since(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

async function close(): Promise<void> {
  for (const raw of raws.values()) await raw.close();
  for (const source of sources.values()) await source.close();
  for (const { engine, ledger } of opened.values()) {
    await ledger.stop();
    await engine.close();
  }
}

serveParent<JournalQuestion>({ answer, close });
