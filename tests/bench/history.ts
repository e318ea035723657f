/** Grows a book to a size by posting what a town posts: credits to members, and spending at merchants. */
import { v7 as uuid } from 'uuid';
import { openDatabase } from '../../api/db/index.ts';
import { openLedger, type Command, type Journal } from '../../api/ledger/index.ts';
import { targetOf, type Site } from '../support/sites.ts';
import { BOOK, fundOfMember, UNIT, type Stage } from './stage.ts';

export type History = {
  member: string;
  /** Takes every third of all points spent. */
  merchant: string;
  /** Gives every third of all points. */
  fund: string;
  /** An instant that half of the book lies behind. */
  midway: number;
};

const DAY_MS = 86_400_000;
const UNITS_AT_ONCE = 64;
const COMMANDS_A_UNIT = 20;
/** Before now, in which the transactions are booked at even steps. */
const SPAN_MS = 20 * DAY_MS;

export async function growHistory(
  site: Site,
  stage: Stage,
  { size, largest, now }: { size: number; largest: number; now: number },
): Promise<History> {
  const engine = await openDatabase(targetOf(site));
  if (engine.kind === 'refused') throw new Error(engine.en);
  let booked = await countOf(engine);
  // Whatever the size, a moment of the span is as far into the book.
  const momentOf = (nth: number): number => Math.floor(now - SPAN_MS * (1 - nth / largest));
  const clock = (): number => momentOf(booked);
  const ledger = openLedger(engine, { now: clock });
  try {
    const lane = async (): Promise<void> => {
      while (booked < size) {
        const nth = booked;
        booked += COMMANDS_A_UNIT;
        await postOne(ledger.journal, stage, nth, now);
      }
    };
    await Promise.all(Array.from({ length: UNITS_AT_ONCE }, lane));
  } finally {
    await ledger.stop();
    await engine.close();
  }
  const [member = '', merchant = ''] = [stage.buyers[0], stage.merchants[0]];
  return { member, merchant, fund: stage.hotFund, midway: momentOf(size / 2) };
}

/** Half credits, half spending; the same member gets them both, so that nobody runs out. */
async function postOne(journal: Journal, stage: Stage, nth: number, now: number): Promise<void> {
  const series = {
    expiresAt: (Math.floor(now / DAY_MS) + 300) * DAY_MS,
    rateMicro: 10_000,
    budgetReturns: true,
  };
  const commands: Command[] = [];
  for (let i = 0; i < COMMANDS_A_UNIT / 2; i++) {
    const step = nth / 2 + i;
    const index = step % stage.buyers.length;
    const member = stage.buyers[index] ?? '';
    const isBusy = step % 3 === 0;
    const fund = isBusy ? stage.hotFund : fundOfMember(stage, index);
    const redeemer = (isBusy ? stage.merchants[0] : stage.merchants[step % stage.merchants.length]) ?? '';
    commands.push({ do: 'credit', member, fund, unit: UNIT, amount: 2, series });
    const take = { points: 1, unit: UNIT };
    commands.push({ do: 'spend', member, redeemer, take, terms: { '*': { mode: 'owed', factor: 10_000 } } });
  }
  const id = uuid();
  const outcome = await journal.commit(BOOK, {
    ...{ id, key: { scope: 'history', key: id }, requestHash: id, place: stage.place },
    ...{ actor: 'history', source: 'bench', commands },
  });
  if (outcome.status === 'refused') throw new Error(`the history was refused: ${outcome.refusal.code}`);
}

async function countOf(
  engine: Exclude<Awaited<ReturnType<typeof openDatabase>>, { kind: 'refused' }>,
): Promise<number> {
  return engine.db.$count(engine.tables.transactions);
}
