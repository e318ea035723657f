/** For the ledger's `verify`: what offsets (抵扣单) repeat of the transactions that they name. */
import { and, gte, inArray, lte, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Engine, Tables } from '../db/index.ts';
import { namesOfNoBook, type ClaimedPoints, type ClaimSource, type RowClaims } from '../ledger/index.ts';
import { isOfBook } from '../places/index.ts';
import type { Offset, OffsetState } from './offsets.ts';
import { offsetCapKey } from './rules/offset.ts';

const OFFSET = { zh: '抵扣单', en: 'offset' };
const VALUE = { zh: '抵扣金额（分）', en: 'value in fen' };

/** By which step an offset has come to its state. */
const SETTLED: Readonly<Record<OffsetState, readonly string[]>> = {
  ...{ held: [], exported: [] },
  ...{ posted: ['capture'], cancelled: ['return'], returned: ['return'] },
};

/** What is compared, and nothing else; points as they are written, so that a cell which cannot be read is a finding. */
const claimed = (t: Tables['offsets']) => ({
  ...{ id: t.id, estate: t.estate, member: t.member, house: t.house, period: t.period, state: t.state },
  ...{ valueFen: t.valueFen, number: t.number, ruleVersion: t.ruleVersion, hold: t.hold },
  holdTransaction: t.holdTransaction,
  settledTransaction: t.settledTransaction,
  points: sql<string>`${t.points}`,
});

type Claimed = Omit<Pick<Offset, keyof ReturnType<typeof claimed>>, 'points'> & { points: string };

const byUnit = z.record(z.string(), z.number());

function pointsIn(text: string): ClaimedPoints {
  try {
    const points = byUnit.safeParse(JSON.parse(text));
    if (points.success) return points.data;
  } catch {
    // No JSON: said as it stands.
  }
  return { unreadable: text };
}

/** A hold is named after its offset; its value is counted for the household and the period of the bill. */
function offsetClaims(row: Claimed): RowClaims {
  const { id, estate, member, house, period, valueFen, number, ruleVersion, hold } = row;
  const points = pointsIn(row.points);
  const kinds = SETTLED[row.state];
  const cap = { key: offsetCapKey(house, period), what: VALUE };
  const settled = {
    ...{ transaction: row.settledTransaction, kinds, moves: points, hold },
    ...(kinds.includes('return') && { counters: [{ ...cap, amount: -valueFen }] }),
  };
  return {
    ...{ what: OFFSET, id, place: estate, member },
    made: {
      ...{ transaction: row.holdTransaction, kinds: ['hold'], moves: points, hold, ruleVersion, number },
      counters: [{ ...cap, amount: valueFen }],
    },
    later: kinds.length > 0 || row.settledTransaction !== null ? [settled] : [],
  };
}

export const offsetsAsClaimed: ClaimSource = {
  kinds: ['hold', 'capture', 'return'],
  async between({ reader, tables: { offsets: t } }: Engine, { from, to, limit }) {
    const held = and(gte(t.holdTransaction, from), lte(t.holdTransaction, to));
    const settled = and(gte(t.settledTransaction, from), lte(t.settledTransaction, to));
    return (await reader.select(claimed(t)).from(t).where(or(held, settled)).limit(limit)).map(offsetClaims);
  },
  async behind({ reader, tables: { offsets: t } }: Engine, { ids, made }) {
    const meant = or(inArray(t.id, [...ids]), inArray(t.holdTransaction, [...made]));
    return (await reader.select(claimed(t)).from(t).where(meant)).map(offsetClaims);
  },
  async unmade(engine, { book, books, limit }) {
    const { offsets: t } = engine.tables;
    const rows = await engine.reader
      .select(claimed(t))
      .from(t)
      .where(and(namesOfNoBook(t.holdTransaction, books), isOfBook(engine, t.estate, book)))
      .limit(limit);
    return rows.map(offsetClaims);
  },
};
