/**
 * What a payee was taken points by that one payer owes it for, out of the ledger's entries of their account alone. Protects:
 * the lines are worth what the account moved by, to the micro-yuan; a difference is a bug.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, asc, eq, gt, inArray, lte, ne } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { worthMicro, type Terms } from '../../ledger/index.ts';
import { monthOf } from '../../programme/index.ts';
import { Lines, type SettledLine, type Taking } from '../rules/settle-up.ts';
import type { Pair } from './settlements.ts';

export type Span = Pair & { book: number; after: number; to: number; atOnce?: number };
/** `place`: where it was booked; `tookAt`: when the points were taken first, where that is what it gives back. */
export type Move = {
  entry: number;
  tx: number;
  micro: number;
  kind: string;
  place: string;
  bookedAt: number;
  originalEffectiveAt: number | null;
  reverses: number | null;
  unitId: string;
  takings: Taking[];
};

const AT_ONCE = 500;

/** Every step that changed what is owed, payments left out, in the order in which it was booked. */
export async function* movesOf(
  engine: Engine,
  { book, payer, payee, after: from, to, atOnce = AT_ONCE }: Span,
): AsyncGenerator<Move> {
  const { reader, tables } = engine;
  const { accounts: a, entries: e, transactions: x } = tables;
  const [account] = await reader
    .select({ id: a.id })
    .from(a)
    .where(
      and(...[eq(a.book, book), eq(a.owner, payee), eq(a.role, 'receivable'), eq(a.counterparty, payer)]),
    );
  if (!account) return;
  for (let after = from; ;) {
    const rows = await reader
      .select({
        ...{ entry: e.id, tx: x.id, micro: e.amount, kind: x.kind, place: x.place, terms: x.terms },
        ...{ bookedAt: x.bookedAt, originalEffectiveAt: x.originalEffectiveAt, reverses: x.reverses },
        ...{ unitId: x.unitId, firstEntry: x.firstEntry, count: x.entryCount },
      })
      .from(e)
      .innerJoin(x, eq(x.id, e.tx))
      .where(and(eq(e.account, account.id), gt(e.id, after), lte(e.id, to), ne(x.kind, 'pay')))
      .orderBy(asc(e.id))
      .limit(atOnce);
    const taken = await redeemedIn(
      engine,
      rows.flatMap(({ firstEntry, count }) => Array.from({ length: count }, (_, nth) => firstEntry + nth)),
    );
    for (const { terms, firstEntry: _, count: __, ...move } of rows) {
      const takings = takingsOf(taken.get(move.tx) ?? [], terms, { payer, payee });
      const worth = takings.reduce((sum, one) => sum + one.worthMicro, 0);
      if (worth !== move.micro)
        throw new Error(
          `transaction ${move.tx}: its points are worth ${worth}, the account moved by ${move.micro}`,
        );
      yield { ...move, takings };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < atOnce) return;
    after = last.entry;
    await nextTurn();
  }
}

type Redeemed = { tx: number; fund: string; unit: string; rateMicro: number; points: number };

/** Of steps, the points that funds count as taken, by their entries' ids. */
async function redeemedIn(
  { reader, tables }: Engine,
  entries: readonly number[],
): Promise<Map<number, Redeemed[]>> {
  const { accounts: a, entries: e, assets: s } = tables;
  const found = new Map<number, Redeemed[]>();
  for (let at = 0; at < entries.length; at += AT_ONCE) {
    const rows = await reader
      .select({ tx: e.tx, fund: s.fund, unit: s.unit, rateMicro: s.rateMicro, points: e.amount })
      .from(e)
      .innerJoin(a, and(eq(a.id, e.account), eq(a.role, 'redeemed')))
      .innerJoin(s, eq(s.id, e.asset))
      .where(inArray(e.id, entries.slice(at, at + AT_ONCE)));
    for (const row of rows) found.set(row.tx, [...(found.get(row.tx) ?? []), row]);
  }
  return found;
}

type ReadTerms = { settlement?: Record<string, Terms>; redeemer?: string };

/** Those that this payer owes this payee for: a fund its redeemer or its clearing party, that party the redeemer. */
function takingsOf(redeemed: readonly Redeemed[], terms: string | null, { payer, payee }: Pair): Taking[] {
  const { settlement = {}, redeemer = '' } = JSON.parse(terms ?? '{}') as ReadTerms;
  return redeemed.flatMap(({ tx: _, ...of }): Taking[] => {
    const its = settlement[of.fund];
    if (!its || its.mode === 'stocked') return [];
    const party = its.mode === 'clearing' ? its.via : redeemer;
    const isFunds = of.fund === payer && party === payee;
    const isPartys = party === payer && redeemer === payee && party !== redeemer;
    if (!isFunds && !isPartys) return [];
    const worth = worthMicro(of.points, of.rateMicro, its.factor) ?? NaN;
    return [{ ...of, redeemer, factor: its.factor, worthMicro: worth }];
  });
}

export type Takings = { lines: SettledLine[]; since: string | undefined; places: Set<string> };

export async function readTakings(engine: Engine, span: Span): Promise<Takings> {
  const lines = new Lines();
  const places = new Set<string>();
  let since: string | undefined;
  for await (const move of movesOf(engine, span)) {
    since ??= monthOf(move.bookedAt);
    places.add(move.place);
    for (const taking of move.takings) lines.add(taking);
  }
  return { lines: lines.all(), since, places };
}
