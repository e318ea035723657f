/**
 * A clearing party's month (结算方): what funds came to owe it and what it came to owe redeemers, what came in and what went
 * out. Protects: it gains and loses nothing. In each row opening + taken − returned − paid = closing, and the two sides
 * differ by what was paid on one and not yet on the other, and by nothing else.
 */
import { and, eq, gt, inArray, lte, sql, sum } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { balancesAsBooked, lastEntryUpTo, lastSeqBookedBy } from '../../ledger/index.ts';
import { periodOfMonth, type Month } from '../../programme/index.ts';

/** In micro-yuan. */
export type ClearingRow = {
  party: string;
  opening: number;
  taken: number;
  returned: number;
  paid: number;
  closing: number;
};
/** `fromFunds`: what it is owed; `toRedeemers`: what it owes. */
export type ClearingMonth = { fromFunds: ClearingRow[]; toRedeemers: ClearingRow[] };

export async function clearingMonth(
  engine: Engine,
  { book, party, month }: { book: number; party: string; month: Month },
): Promise<ClearingMonth> {
  const { start, end } = periodOfMonth(month);
  const before = await lastSeqBookedBy(engine, { book, at: start - 1 });
  const through = await lastSeqBookedBy(engine, { book, at: end - 1 });
  const opening = await balancesAsBooked(engine, { book, owner: party, seq: before });
  const closing = await balancesAsBooked(engine, { book, owner: party, seq: through });
  const span = {
    after: await lastEntryUpTo(engine, book, before),
    to: await lastEntryUpTo(engine, book, through),
  };
  const moved = await movedOf(engine, { book, party, ...span });
  const side = (role: 'receivable' | 'payable'): ClearingRow[] => {
    const sign = role === 'payable' ? -1 : 1;
    const of = <Row extends { role: string; counterparty: string }>(rows: readonly Row[], other: string) =>
      rows.filter((row) => row.role === role && row.counterparty === other);
    const others = new Set(
      [...opening, ...closing, ...moved].filter((row) => row.role === role).map((row) => row.counterparty),
    );
    return [...others].sort().map((other) => {
      const amount = (isIt: (row: { kind: string; amount: number }) => boolean) =>
        of(moved, other).reduce((total, row) => (isIt(row) ? total + row.amount * sign : total), 0);
      const at = (rows: typeof opening) =>
        of(rows, other).reduce((total, row) => total + row.balance * sign, 0);
      const row = {
        ...{ party: other, opening: at(opening), closing: at(closing) },
        taken: amount(({ kind, amount: by }) => kind !== 'pay' && by * sign > 0),
        returned: 0 - amount(({ kind, amount: by }) => kind !== 'pay' && by * sign < 0),
        paid: 0 - amount(({ kind }) => kind === 'pay'),
      };
      const left = row.opening + row.taken - row.returned - row.paid;
      if (left !== row.closing)
        throw new Error(`clearing month, ${other}: movements leave ${left}, the ledger has ${row.closing}`);
      return row;
    });
  };
  return { fromFunds: side('receivable'), toRedeemers: side('payable') };
}

async function movedOf(
  { reader, tables }: Engine,
  { book, party, after, to }: { book: number; party: string; after: number; to: number },
) {
  const { accounts: a, entries: e, transactions: x } = tables;
  return reader
    .select({
      ...{ role: a.role, counterparty: a.counterparty, kind: x.kind },
      amount: sum(e.amount).mapWith(Number),
    })
    .from(a)
    .innerJoin(e, and(eq(e.account, a.id), gt(e.id, after), lte(e.id, to)))
    .innerJoin(x, eq(x.id, e.tx))
    .where(and(eq(a.book, book), eq(a.owner, party), inArray(a.role, ['receivable', 'payable'])))
    .groupBy(a.role, a.counterparty, x.kind, sql`${e.amount} < 0`);
}

export type ClearingSums = { in: ClearingRow; out: ClearingRow; differenceMicro: number };

/** Σ taken − returned of the two sides; the difference is zero, or something is wrong with the ledger. */
export function clearingSums({ fromFunds, toRedeemers }: ClearingMonth): ClearingSums {
  const total = (rows: readonly ClearingRow[]): ClearingRow => {
    const sumOf = (of: (row: ClearingRow) => number) => rows.reduce((all, row) => all + of(row), 0);
    return {
      ...{ party: '', opening: sumOf((row) => row.opening), taken: sumOf((row) => row.taken) },
      ...{ returned: sumOf((row) => row.returned), paid: sumOf((row) => row.paid) },
      closing: sumOf((row) => row.closing),
    };
  };
  const [into, out] = [total(fromFunds), total(toRedeemers)];
  return {
    in: into,
    out,
    differenceMicro: into.taken - into.returned - (out.taken - out.returned),
  };
}
