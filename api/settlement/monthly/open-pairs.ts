/** Who owes whom now: of a place the balances that it pays and is paid by, what of each is settled and waits to be paid, and what is not settled yet. */
import { and, asc, eq, gt, inArray, or } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { fenToMicro } from '../../platform/money/index.ts';
import { leftToPay, type Pair } from './settlements.ts';

/** In micro-yuan; `owedMicro` = `settledMicro` + `openMicro`, which may be below zero where more came back than was taken. */
export type OpenPair = Pair & { owedMicro: number; settledMicro: number; openMicro: number };

/** As many parties as a page shows; what is done to all reads them page by page. */
export const MOST_PAIRS = 500;

type Asked = {
  book: number;
  owners: readonly string[];
  side: 'payable' | 'receivable';
  limit?: number;
  /** Those after it, in their order. */
  after?: { owner: string; party: string } | undefined;
};

/** Every account that was ever used, with its balance; also those that stand at zero. */
export async function pairsOf(engine: Engine, asked: Asked): Promise<OpenPair[]> {
  const left = new Map<string, ReadonlyMap<string, number>>();
  const found: OpenPair[] = [];
  for (const { owner, party, balance } of await accountsOf(engine, asked)) {
    const [payer, payee] = asked.side === 'payable' ? [owner, party] : [party, owner];
    const ofPayee = left.get(payee) ?? (await leftToPay(engine, payee));
    left.set(payee, ofPayee);
    const owedMicro = asked.side === 'payable' ? 0 - balance : balance;
    const settledMicro = fenToMicro(ofPayee.get(payer) ?? 0);
    found.push({ payer, payee, owedMicro, settledMicro, openMicro: owedMicro - settledMicro });
  }
  return found;
}

/** All that these owners ever owed, or were owed, however many; read page by page. */
export async function* everyPair(
  engine: Engine,
  { limit = MOST_PAIRS, ...asked }: Omit<Asked, 'after'>,
): AsyncGenerator<Pair> {
  for (let after: Asked['after']; ;) {
    const rows = await accountsOf(engine, { ...asked, after, limit });
    for (const { owner, party } of rows)
      yield asked.side === 'payable' ? { payer: owner, payee: party } : { payer: party, payee: owner };
    after = rows.at(-1);
    if (after === undefined || rows.length < limit) return;
  }
}

async function accountsOf(
  { reader, tables }: Engine,
  { book, owners, side, after, limit = MOST_PAIRS }: Asked,
): Promise<{ owner: string; party: string; balance: number }[]> {
  const { accounts: a, positions: p } = tables;
  if (owners.length === 0) return [];
  const later =
    after && or(gt(a.owner, after.owner), and(eq(a.owner, after.owner), gt(a.counterparty, after.party)));
  return reader
    .select({ owner: a.owner, party: a.counterparty, balance: p.balance })
    .from(a)
    .innerJoin(p, eq(p.account, a.id))
    .where(and(eq(a.book, book), inArray(a.owner, [...owners]), eq(a.role, side), later))
    .orderBy(asc(a.owner), asc(a.counterparty))
    .limit(limit);
}
