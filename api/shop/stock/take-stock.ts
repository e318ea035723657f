/**
 * 盘点: somebody counts, and another confirms; then what is there is what was counted. What was sold between the two
 * stays sold: the difference is that of the moment of the count.
 */
import { and, asc, desc, eq, gt, inArray, lt } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { findPosted, post, tallyTotals, untilFresh, type Posted } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { actorText, mayAt, problem, together, type Actor, type Problem } from '../../platform/index.ts';
import { keeperProblem } from '../goods/change-goods.ts';
import { findGoods, stockOf } from '../goods/find-goods.ts';
import { basketRefusal } from '../goods/price-basket.ts';
import { moveStock } from './move-stock.ts';

export type Stocktaking = NonNullable<Awaited<ReturnType<typeof findStocktaking>>>;

export const findStocktaking = together(async ({ db, tables: { stocktakings: t } }: Engine, ids) => {
  const rows = await db
    .select()
    .from(t)
    .where(inArray(t.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
});

export async function countsOf({ db, tables: { stocktakingCounts: t } }: Engine, stocktaking: string) {
  return db.select().from(t).where(eq(t.stocktaking, stocktaking)).orderBy(asc(t.id));
}

export async function listStocktakings(
  { reader, tables: { stocktakings: t } }: Engine,
  { place, before, limit }: { place: string; before?: string; limit: number },
): Promise<Stocktaking[]> {
  const earlier = before === undefined ? undefined : lt(t.id, before);
  return reader
    .select()
    .from(t)
    .where(and(eq(t.place, place), earlier))
    .orderBy(desc(t.id))
    .limit(limit);
}

type Counted = { place: string; note: string; counts: readonly { goods: string; counted: number }[] };

/** Nothing moves yet; the count stands beside what the books had then. */
export async function countStock(
  deps: ProductDeps,
  { input, actor }: { input: Counted; actor: Actor },
): Promise<{ stocktaking: string } | Problem> {
  const { engine, places, ids, clock } = deps;
  const { place, note } = input;
  const book = await places.bookOf(place);
  if (book === undefined) return problem('not-found');
  const wrong = await keeperProblem(deps, { place, actor, who: ['clerk', 'merchant_manager'] });
  if (wrong) return wrong;
  const counted = new Map(input.counts.map((one) => [one.goods, one.counted]));
  const found = await Promise.all([...counted.keys()].map((id) => findGoods(engine, id)));
  const goods = found.flatMap((one) => (one?.place === place && one.kind === 'goods' ? [one] : []));
  if (goods.length !== counted.size) return problem('not-found');
  const stock = await stockOf(engine, { book, goods: [...counted.keys()] });
  const [id, now] = [ids(), clock()];
  const { stocktakings, stocktakingCounts } = engine.tables;
  const row = { id, version: 1, place, state: 'counted' as const, note, createdAt: now };
  const rows = goods.map(({ id: of, name }) => {
    const { free, kept } = stock.get(of) ?? { free: 0, kept: 0 };
    const said = { goods: of, name, expected: free + kept, counted: counted.get(of) ?? 0 };
    return { id: ids(), version: 1, stocktaking: id, ...said };
  });
  await engine.atomically((db) => [
    db.insert(stocktakings).values({ ...row, countedBy: actorText(actor) }),
    db.insert(stocktakingCounts).values(rows),
  ]);
  return { stocktaking: id };
}

const recountKey = (goods: string): string => `recounted:${goods}`;

/** The first of these goods whose stock another count has put right since: the difference would be taken twice. */
async function recountedSince(
  { db, tables: { stockMovements: t } }: Engine,
  { since, goods }: { since: string; goods: readonly string[] },
): Promise<string | undefined> {
  if (goods.length === 0) return undefined;
  const [row] = await db
    .select({ goods: t.goods })
    .from(t)
    .where(and(inArray(t.goods, [...goods]), gt(t.id, since), eq(t.kind, 'counted')))
    .limit(1);
  return row?.goods;
}

type Deciding = { stocktaking: string; reason: string; actor: Actor; key: string; scope: string };

/** By another than who counted; whoever manages the shop may confirm their own count, and says why it differs. */
export function confirmStocktaking(deps: ProductDeps, input: Deciding): Promise<Posted | Problem> {
  return untilFresh(() => decideOnce(deps, { ...input, state: 'confirmed' }));
}

/** It was counted wrongly: nothing moves. */
export function dropStocktaking(deps: ProductDeps, input: Deciding): Promise<Posted | Problem> {
  return untilFresh(() => decideOnce(deps, { ...input, state: 'dropped' }));
}

async function decideOnce(
  deps: ProductDeps,
  { stocktaking: id, reason, actor, key, scope, state }: Deciding & { state: 'confirmed' | 'dropped' },
): Promise<Posted | Problem> {
  const { engine, places, clock, ids } = deps;
  const found = await findStocktaking(engine, id);
  const book = found && (await places.bookOf(found.place));
  if (!found || book === undefined) return problem('not-found');
  const ask = { book, scope, key, request: ['decide-stocktaking', id, state, reason] };
  const before = await findPosted(deps, ask);
  if (before) return basketRefusal(engine, before);
  if (found.state !== 'counted') return problem('stocktaking-decided');
  const { place, version } = found;
  const wrong = await keeperProblem(deps, { place, actor, who: ['clerk', 'merchant_manager'] });
  if (wrong) return wrong;
  const by = actorText(actor);
  if (state === 'confirmed' && by === found.countedBy) {
    if (!(await mayAt(actor, ['merchant_manager'], place, places))) return problem('second-person-needed');
    if (reason.trim() === '') return reasonNeeded;
  }
  const moves = (state === 'confirmed' ? await countsOf(engine, id) : [])
    .filter(({ counted, expected }) => counted !== expected)
    .map(({ goods, counted, expected }) => ({
      ...{ place, goods, kind: 'counted' as const, free: counted - expected, kept: 0, reason },
    }));
  const counted = moves.map(({ goods }) => goods);
  // The counters first: whatever another count puts right after that is noticed by them.
  const recounts = await tallyTotals(engine, { book, keys: counted.map(recountKey) });
  const again = await recountedSince(engine, { since: id, goods: counted });
  if (again !== undefined) {
    const name = (await findGoods(engine, again))?.name ?? '';
    return problem('counted-again', { detail: { zh: name, en: name } });
  }
  const once = counted.map((goods) => {
    const key = recountKey(goods);
    return { key, add: 1, was: recounts.get(key) ?? 0 };
  });
  const unit = ids();
  const moved = moveStock(moves, { ids, unit, about: id, by, now: clock() });
  const posted = await post(deps, ask, {
    id: unit,
    actor,
    place,
    commands: [],
    // A count that found no difference is a step of the ledger, too.
    tallies: [{ key: `stocktaking:${id}`, add: 1, max: 1 }, ...once, ...moved.tallies],
    rows: [
      {
        update: 'stocktakings',
        id,
        version,
        set: {
          ...{ state, reason, decided_by: by, decided_at: { planned: 'bookedAt' as const } },
          transaction: { planned: 'transaction' as const },
        },
      },
      ...moved.rows,
    ],
  });
  return basketRefusal(engine, posted);
}

const reasonNeeded = problem('invalid-input', {
  fields: [{ field: 'reason', zh: '请写明差异的原因', en: 'Say why it differs' }],
});
