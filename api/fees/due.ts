/** What is still to pay on the bills of a house, as its people see it on their bills: each bill for itself, never below nothing. */
import { and, eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { MOST_OF_A_HOUSE } from './bills.ts';
import { leftOfBills } from './left-to-pay.ts';

export async function dueOnHouse(
  engine: Engine,
  house: string,
): Promise<{ bills: number; toPayFen: number }> {
  const { bills: t } = engine.tables;
  const open = await engine.reader
    .select({ id: t.id, amountFen: t.amountFen, paidFen: t.paidFen })
    .from(t)
    .where(and(eq(t.house, house), eq(t.state, 'open')))
    .limit(MOST_OF_A_HOUSE);
  // Most bills of a house are years old and paid; what was offset matters on the others only.
  const unpaid = open.filter(({ amountFen, paidFen }) => amountFen > paidFen);
  const of = await leftOfBills(
    engine,
    unpaid.map(({ id }) => id),
  );
  const left = [...of.values()].map(({ toPayFen }) => toPayFen).filter((fen) => fen > 0);
  return { bills: left.length, toPayFen: left.reduce((sum, fen) => sum + fen, 0) };
}
