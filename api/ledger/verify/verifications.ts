/**
 * Verifications that somebody asked for on a page. They run in this process beside its other work, one at a time a
 * book: who asks again meanwhile watches the same one. They are answers about a moment and kept only in memory; what
 * lasts is the root of the proof tree, which whoever asked writes down.
 */
import type { Engine } from '../../db/index.ts';
import type { Deps } from '../../platform/index.ts';
import type { Finding } from './finding.ts';
import { verify, type BookReport, type Progress } from './verify.ts';

export type Verification = {
  readonly id: string;
  readonly book: number;
  readonly startedAt: number;
  /** `failed`: it did not get to its end, and says nothing about the book. */
  state: 'running' | 'right' | 'wrong' | 'failed';
  done: number;
  of: number;
  endedAt?: number;
  report?: BookReport;
  findings: readonly Finding[];
  findingCount: number;
};

/** So many of a book are kept; the oldest goes first. */
const MOST_KEPT = 20;

const kept = new WeakMap<Engine, Map<number, Verification[]>>();

/** Newest first. */
export function listVerifications(engine: Engine, book: number): readonly Verification[] {
  return kept.get(engine)?.get(book) ?? [];
}

export function findVerification(engine: Engine, book: number, id: string): Verification | undefined {
  return listVerifications(engine, book).find((verification) => verification.id === id);
}

type VerifyDeps = Pick<Deps, 'engine' | 'ids' | 'clock' | 'log'>;

/** Begins one, or gives the one that is running. */
export function startVerification(deps: VerifyDeps, book: number): Verification {
  const [newest] = listVerifications(deps.engine, book);
  if (newest?.state === 'running') return newest;
  const started: Verification = {
    id: deps.ids(),
    book,
    startedAt: deps.clock(),
    state: 'running',
    done: 0,
    of: 0,
    findings: [],
    findingCount: 0,
  };
  keep(deps.engine, started);
  void run(deps, started);
  return started;
}

function keep(engine: Engine, verification: Verification): void {
  const books = kept.get(engine) ?? new Map<number, Verification[]>();
  kept.set(engine, books);
  books.set(verification.book, [verification, ...(books.get(verification.book) ?? [])].slice(0, MOST_KEPT));
}

/** Never rejects: a stop of the process closes the database under it, and nobody waits for it by then. */
async function run({ engine, clock, log }: VerifyDeps, verification: Verification): Promise<void> {
  const onProgress = ({ done, of }: Progress): void => {
    verification.done = done;
    verification.of = of;
  };
  const { book } = verification;
  try {
    const { ok, books, findings, findingCount } = await verify(engine, { book, onProgress });
    const [report] = books;
    Object.assign(verification, { findings, findingCount, ...(report && { report }) });
    verification.state = ok ? 'right' : 'wrong';
  } catch (error) {
    verification.state = 'failed';
    log.error({ error, book }, 'a verification did not get to its end');
  }
  verification.endedAt = clock();
  log.info({ book, state: verification.state, transactions: verification.done }, 'verified');
}
