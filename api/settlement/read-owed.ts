/** What is owed for points that were taken: of a fund at the end of a month, and by age. */
import { aliasedTable, and, eq, gt, inArray, lt, ne, sum, type SQL } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { balancesAsBooked, lastEntryUpTo, lastSeqBookedBy } from '../ledger/index.ts';
import { DAY_MS, periodOfMonth, type Fund, type Month } from '../programme/index.ts';
import { AGE_DAYS, ageOf, type Aged } from './rules/ageing.ts';
import { fenOf } from './rules/difference.ts';

/** In fen, when the month ended; now where it still runs: what each is owed in whole fen, as the month itself has it. */
export async function owedOf(
  engine: Engine,
  { fund, month }: { fund: Pick<Fund, 'id' | 'book'>; month: Month },
): Promise<number> {
  const { book, id: owner } = fund;
  const seq = await lastSeqBookedBy(engine, { book, at: periodOfMonth(month).end - 1 });
  const balances = await balancesAsBooked(engine, { book, owner, seq });
  return balances.reduce(
    (owed, { role, balance }) => (role === 'payable' ? owed + fenOf(0 - balance) : owed),
    0,
  );
}

/** `payer` a fund or a clearing party, in micro-yuan. */
export type AgedDebt = Aged & { payer: string; payee: string };

/**
 * What these owners owe (`payable`), or are owed (`receivable`), by whom and how old: as booked until now. Of each account
 * the balance and the last ninety days are read; what is older is what those leave.
 */
export async function agedDebts(
  engine: Engine,
  of: { book: number; owners: readonly string[]; side: 'payable' | 'receivable'; now: number },
): Promise<AgedDebt[]> {
  const { reader, tables } = engine;
  const { accounts: a, positions: p, entries: e, transactions: x } = tables;
  const { book, side, now } = of;
  const owners = [...of.owners];
  if (owners.length === 0) return [];
  const own = and(eq(a.book, book), inArray(a.owner, owners), eq(a.role, side));
  const balances = await reader
    .select({ account: a.id, owner: a.owner, party: a.counterparty, balance: p.balance })
    .from(a)
    .innerJoin(p, eq(p.account, a.id))
    .where(and(own, ne(p.balance, 0)));
  const came: { after: number; to: number; by: Map<number, number> }[] = [];
  let to = Number.MAX_SAFE_INTEGER;
  for (const days of AGE_DAYS) {
    const seq = await lastSeqBookedBy(engine, { book, at: now - days * DAY_MS });
    const after = await lastEntryUpTo(engine, book, seq);
    const isGain = side === 'payable' ? lt(e.amount, 0) : gt(e.amount, 0);
    const rows = await reader
      .select({ account: a.id, micro: sum(e.amount).mapWith(Number) })
      .from(a)
      .innerJoin(e, and(eq(e.account, a.id), gt(e.id, after), lt(e.id, to), isGain))
      // A payment taken back is owed again as old as it was.
      .innerJoin(x, and(eq(x.id, e.tx), ne(x.kind, 'pay')))
      .where(own)
      .groupBy(a.id);
    came.push({ after, to, by: new Map(rows.map(({ account, micro }) => [account, Math.abs(micro)])) });
    to = after + 1;
  }
  for (const { account, first, micro } of await takenBackSince(engine, { own, side, after: to - 1 })) {
    const age = came.find((one) => first > one.after && first < one.to)?.by;
    age?.set(account, (age.get(account) ?? 0) - Math.abs(micro));
  }
  return balances.map(({ account, owner, party, balance }) => {
    const [to30 = 0, to60 = 0, to90 = 0] = came.map(({ by }) => by.get(account) ?? 0);
    const owed = side === 'payable' ? 0 - balance : balance;
    const [payer, payee] = side === 'payable' ? [owner, party] : [party, owner];
    return { payer, payee, ...ageOf(owed, [to30, to60, to90]) };
  });
}

/**
 * What was given back of a step, with the first entry of that step: it makes what came by it less, and never pays what was
 * owed before.
 */
async function takenBackSince(
  { reader, tables }: Engine,
  { own, side, after }: { own: SQL | undefined; side: 'payable' | 'receivable'; after: number },
) {
  const { accounts: a, entries: e, transactions: x } = tables;
  const step = aliasedTable(x, 'steps');
  const isLoss = side === 'payable' ? gt(e.amount, 0) : lt(e.amount, 0);
  return reader
    .select({ account: a.id, first: step.firstEntry, micro: e.amount })
    .from(a)
    .innerJoin(e, and(eq(e.account, a.id), gt(e.id, after), isLoss))
    .innerJoin(x, and(eq(x.id, e.tx), ne(x.kind, 'pay')))
    .innerJoin(step, eq(step.id, x.reverses))
    .where(own);
}
