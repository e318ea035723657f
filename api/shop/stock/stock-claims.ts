/**
 * For the ledger's `verify`: each movement of stock against the counters that its unit moved, and where they stood after
 * it. The movements of one unit are one claim, which goes by the unit.
 */
import { and, asc, gte, inArray, lte, type SQL } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { namesOfNoBook, type ClaimSource, type RowClaims } from '../../ledger/index.ts';
import { isOfBook } from '../../places/index.ts';
import { freeKey, keptKey } from './move-stock.ts';

const MOVEMENT = { zh: '库存变动', en: 'stock movement' };
const FREE = { zh: '货架上的数', en: 'pieces on the shelf' };
const KEPT = { zh: '留给订单的数', en: 'pieces set aside' };
/** By which steps stock moves: alone, or with points. */
const KINDS = ['note', 'hold', 'capture', 'return', 'spend', 'refund'];
/** Lines that one unit may have. */
const MOST_LINES = 200;

type Movement = Awaited<ReturnType<typeof readMovements>>[number];

function readMovements({ reader, tables }: Engine, which: SQL | undefined, limit: number) {
  const { stockMovements: t } = tables;
  return reader
    .select({
      ...{ place: t.place, goods: t.goods, unitId: t.unitId, transaction: t.transaction },
      ...{ free: t.free, kept: t.kept, freeAfter: t.freeAfter, keptAfter: t.keptAfter },
    })
    .from(t)
    .where(which)
    .limit(limit * MOST_LINES);
}

function movementClaims(rows: readonly Movement[]): RowClaims[] {
  const units = new Map<string, Movement[]>();
  for (const row of rows) {
    const key = `${row.unitId} ${row.transaction}`;
    units.set(key, [...(units.get(key) ?? []), row]);
  }
  return [...units.values()].flatMap((moves) => {
    const [first] = moves;
    if (!first) return [];
    const { unitId: id, transaction, place } = first;
    const counters = [...new Set(moves.map(({ goods }) => goods))].flatMap((goods) =>
      countersOf(goods, moves),
    );
    return [{ what: MOVEMENT, id, place, made: { transaction, kinds: KINDS, counters }, later: [] }];
  });
}

/** A goods may move twice in one unit: out of an order, and onto the shelf. Each says what was there after both. */
function countersOf(goods: string, moves: readonly Movement[]) {
  const own = moves.filter((move) => move.goods === goods);
  const sum = (of: (move: Movement) => number) => own.reduce((total, move) => total + of(move), 0);
  return own.flatMap(({ freeAfter, keptAfter }) => [
    { key: freeKey(goods), amount: sum(({ free }) => free), after: freeAfter, what: FREE },
    { key: keptKey(goods), amount: sum(({ kept }) => kept), after: keptAfter, what: KEPT },
  ]);
}

export const stockAsClaimed: ClaimSource = {
  kinds: KINDS,
  async between(engine, { from, to, limit }) {
    const { stockMovements: t } = engine.tables;
    const made = and(gte(t.transaction, from), lte(t.transaction, to));
    return movementClaims(await readMovements(engine, made, limit).orderBy(asc(t.transaction), asc(t.id)));
  },
  async behind(engine, { ids }) {
    const { stockMovements: t } = engine.tables;
    return movementClaims(await readMovements(engine, inArray(t.unitId, [...ids]), ids.length));
  },
  async unmade(engine, { book, books, limit }) {
    const { stockMovements: t } = engine.tables;
    const none = and(namesOfNoBook(t.transaction, books), isOfBook(engine, t.place, book));
    return movementClaims(await readMovements(engine, none, limit));
  },
};
