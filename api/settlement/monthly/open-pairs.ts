/** Who owes whom now: of a place the balances that it pays and is paid by, what of each is settled and waits to be paid, and what is not settled yet. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { fenToMicro } from '../../platform/money/index.ts';
import { leftToPay, type Pair } from './settlements.ts';

/** In micro-yuan; `owedMicro` = `settledMicro` + `openMicro`, which may be below zero where more came back than was taken. */
export type OpenPair = Pair & { owedMicro: number; settledMicro: number; openMicro: number };

/** More parties than one place settles with are looked at party by party. */
export const MOST_PAIRS = 500;

/** Every account that was ever used, with its balance; also those that stand at zero. */
export async function pairsOf(
  engine: Engine,
  { book, owners, side }: { book: number; owners: readonly string[]; side: 'payable' | 'receivable' },
): Promise<OpenPair[]> {
  const { reader, tables } = engine;
  const { accounts: a, positions: p } = tables;
  if (owners.length === 0) return [];
  const rows = await reader
    .select({ owner: a.owner, party: a.counterparty, balance: p.balance })
    .from(a)
    .innerJoin(p, eq(p.account, a.id))
    .where(and(eq(a.book, book), inArray(a.owner, [...owners]), eq(a.role, side)))
    .orderBy(asc(a.owner), asc(a.counterparty))
    .limit(MOST_PAIRS);
  const left = new Map<string, ReadonlyMap<string, number>>();
  const found: OpenPair[] = [];
  for (const { owner, party, balance } of rows) {
    const [payer, payee] = side === 'payable' ? [owner, party] : [party, owner];
    const ofPayee = left.get(payee) ?? (await leftToPay(engine, payee));
    left.set(payee, ofPayee);
    const owedMicro = side === 'payable' ? 0 - balance : balance;
    const settledMicro = fenToMicro(ofPayee.get(payer) ?? 0);
    found.push({ payer, payee, owedMicro, settledMicro, openMicro: owedMicro - settledMicro });
  }
  return found;
}
