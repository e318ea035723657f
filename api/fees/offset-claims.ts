/** For the ledger's `verify`: what offsets (抵扣单) repeat of the transactions that they name. */
import { and, gte, inArray, lte, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { ClaimSource, RowClaims } from '../ledger/index.ts';
import type { Offset, OffsetState } from './offsets.ts';
import { offsetCapKey } from './rules/offset.ts';

const OFFSET = { zh: '抵扣单', en: 'offset' };
const VALUE = { zh: '抵扣金额（分）', en: 'value in fen' };

/** By which step an offset has come to its state. */
const SETTLED: Readonly<Record<OffsetState, readonly string[]>> = {
  ...{ held: [], exported: [] },
  ...{ posted: ['capture'], cancelled: ['return'], returned: ['return'] },
};

/** A hold is named after its offset; its value is counted for the household and the period of the bill. */
function offsetClaims(row: Offset): RowClaims {
  const { id, estate, member, points, house, period, valueFen, number, ruleVersion, hold } = row;
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
  async between({ reader, tables: { offsets: t } }: Engine, { from, to }) {
    const held = and(gte(t.holdTransaction, from), lte(t.holdTransaction, to));
    const settled = and(gte(t.settledTransaction, from), lte(t.settledTransaction, to));
    return (await reader.select().from(t).where(or(held, settled))).map(offsetClaims);
  },
  async behind({ reader, tables: { offsets: t } }: Engine, { ids, made }) {
    const meant = or(inArray(t.id, [...ids]), inArray(t.holdTransaction, [...made]));
    return (await reader.select().from(t).where(meant)).map(offsetClaims);
  },
};
