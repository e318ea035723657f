/** For the ledger's `verify`: what offsets (抵扣单) repeat of the transactions that they name. */
import { and, eq, gte, inArray, lte, or, sql, type SQL } from 'drizzle-orm';
import type { Engine, Tables } from '../db/index.ts';
import { namesOfNoBook, type ClaimedPoints, type ClaimSource, type RowClaims } from '../ledger/index.ts';
import { isOfBook } from '../places/index.ts';
import { offsetPartKey } from './offset-parts.ts';
import { overItsBill } from './over-its-bill.ts';
import { partsBehind, pointsIn, reversedClaims, SETTLED, VALUE, type ClaimedPart } from './part-claims.ts';
import type { Offset } from './offsets.ts';
import { seriesOfNumber } from './rules/numbering.ts';
import { offsetCapKey } from './rules/offset.ts';

const OFFSET = { zh: '抵扣单', en: 'offset' };

/** What is compared, and nothing else; points as they are written, so that a cell which cannot be read is a finding. */
const claimed = ({ offsets: t, holds: h }: Pick<Tables, 'offsets' | 'holds'>) => ({
  ...{ id: t.id, estate: t.estate, member: t.member, house: t.house, period: t.period, state: t.state },
  householdSince: t.householdSince,
  ...{ valueFen: t.valueFen, number: t.number, ruleVersion: t.ruleVersion, hold: t.hold },
  holdTransaction: t.holdTransaction,
  settledTransaction: t.settledTransaction,
  reversedTransaction: t.reversedTransaction,
  points: sql<string>`${t.points}`,
  firm: h.redeemer,
});

type Claimed = Omit<Pick<Offset, keyof ReturnType<typeof claimed> & keyof Offset>, 'points'> & {
  points: string;
  firm: string | null;
};

/**
 * A hold is named after its offset; its value is counted for the household and the period of the bill. Where several pay,
 * the offset's transaction is that of its first part, by which the value of each part is counted: what the offset says of
 * all of them, less what the other parts say, is what that one moved.
 */
function offsetClaims(row: Claimed, parts: readonly ClaimedPart[]): RowClaims {
  const { id, estate, period, valueFen, number, ruleVersion, hold, firm } = row;
  const capKey = offsetCapKey(row.house, period, row.householdSince);
  const [first, ...others] = parts;
  const points = lessOthers(pointsIn(row.points), others);
  const kinds = SETTLED[row.state];
  const counted = [
    { key: capKey, what: VALUE, amount: valueFen },
    ...parts.map((part) => ({
      key: offsetPartKey(row.member, part.hold),
      what: VALUE,
      amount: part.valueFen,
    })),
    ...(first ? [{ key: capKey, what: VALUE, amount: sumFen(parts) }] : []),
  ];
  const settled = {
    ...{ transaction: row.settledTransaction, kinds, moves: points, hold },
    ...(kinds.includes('return') && {
      counters: counted.map(lessened),
    }),
  };
  return {
    ...{ what: OFFSET, id, place: estate, member: first?.member ?? row.member },
    made: {
      ...{ transaction: row.holdTransaction, kinds: ['hold'], moves: points, hold, ruleVersion, number },
      counters: counted,
      ...(firm !== null && { series: seriesOfNumber(number, { estate, firm }) }),
    },
    later: [
      ...(kinds.length > 0 || row.settledTransaction !== null ? [settled] : []),
      ...reversedClaims(row, { moves: points, counters: counted.map(lessened) }),
    ],
  };
}

function lessened<Counter extends { amount: number }>(counter: Counter): Counter {
  return { ...counter, amount: -counter.amount };
}

function sumFen(parts: readonly ClaimedPart[]): number {
  return parts.reduce((sum, { valueFen }) => sum + valueFen, 0);
}

/** What is left to the first; a part that cannot be read says so of itself. */
function lessOthers(points: ClaimedPoints, others: readonly ClaimedPart[]): ClaimedPoints {
  if (typeof points === 'number' || 'unreadable' in points || others.length === 0) return points;
  const left: Record<string, number> = { ...(points as Record<string, number>) };
  for (const other of others) {
    const given = pointsIn(other.points);
    if (typeof given === 'number' || 'unreadable' in given) continue;
    for (const [unit, amount] of Object.entries(given)) left[unit] = (left[unit] ?? 0) - (amount as number);
  }
  return Object.fromEntries(Object.entries(left).filter(([, amount]) => amount !== 0));
}

export const offsetsAsClaimed: ClaimSource = {
  kinds: ['hold', 'capture', 'return', 'refund'],
  numbers: { series: 'offset:', what: OFFSET },
  async between(engine: Engine, { from, to, limit }) {
    const { offsets: t } = engine.tables;
    const held = and(gte(t.holdTransaction, from), lte(t.holdTransaction, to));
    const settled = and(gte(t.settledTransaction, from), lte(t.settledTransaction, to));
    const reversed = and(gte(t.reversedTransaction, from), lte(t.reversedTransaction, to));
    return claimsOf(engine, await rowsOf(engine, or(held, settled, reversed)).limit(limit));
  },
  async behind(engine: Engine, { ids, made }) {
    const { offsets: t } = engine.tables;
    const meant = or(
      ...[inArray(t.id, [...ids]), inArray(t.holdTransaction, [...made])],
      inArray(t.settledTransaction, [...made]),
    );
    return claimsOf(engine, await rowsOf(engine, meant));
  },
  async unmade(engine, { book, books, limit }) {
    const { offsets: t } = engine.tables;
    const meant = and(namesOfNoBook(t.holdTransaction, books), isOfBook(engine, t.estate, book));
    return claimsOf(engine, await rowsOf(engine, meant).limit(limit));
  },
};

function rowsOf({ reader, tables }: Engine, which: SQL | undefined) {
  const { offsets: t, holds: h } = tables;
  return reader.select(claimed(tables)).from(t).leftJoin(h, eq(h.id, t.hold)).where(which);
}

async function claimsOf(engine: Engine, rows: readonly Claimed[]): Promise<RowClaims[]> {
  const parts = await partsBehind(
    engine,
    rows.map(({ id }) => id),
  );
  const faults = await overItsBill(
    engine,
    // What was reversed takes nothing any more: two people have put it right.
    rows.filter(({ state }) => state === 'posted'),
  );
  return rows.map((row) => {
    const found = faults.get(row.id);
    return { ...offsetClaims(row, parts.get(row.id) ?? []), ...(found && { faults: [found] }) };
  });
}
