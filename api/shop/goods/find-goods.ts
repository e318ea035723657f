/** Goods, what they cost now, and what is left of them. */
import { and, asc, desc, eq, gt, inArray, lte, or, sql, type SQL } from 'drizzle-orm';
import { attachmentsOf, type Hanging } from '../../attachments/index.ts';
import { contains, type Engine } from '../../db/index.ts';
import { tallyTotals } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { together, type After, type Instant } from '../../platform/index.ts';
import { freeKey, keptKey } from '../stock/move-stock.ts';

export type Goods = NonNullable<Awaited<ReturnType<typeof findGoods>>>;
export type Price = { id: string; goods: string; points: number; yuanFen: number; validFrom: Instant };
export type Stock = { free: number; kept: number };
/** A goods with the price of the moment and what is there of it; a service has no stock. */
export type Offered = {
  goods: Goods;
  price: Price | undefined;
  stock: Stock | undefined;
  photo: string | undefined;
};

export const findGoods = together(async ({ db, tables: { goods: t } }: Engine, ids) => {
  const rows = await db
    .select()
    .from(t)
    .where(inArray(t.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
});

/** The price in force: of those that began, the latest. A goods has one from its first day on. */
export async function pricesAt(
  { db, tables: { goodsPrices: t } }: Engine,
  goods: readonly string[],
  at: Instant,
): Promise<Map<string, Price>> {
  if (goods.length === 0) return new Map();
  const rows = await db
    .select()
    .from(t)
    .where(and(inArray(t.goods, [...goods]), lte(t.validFrom, at)));
  const found = new Map<string, Price>();
  for (const row of rows) {
    const known = found.get(row.goods);
    const isLater =
      !known || row.validFrom > known.validFrom || (row.validFrom === known.validFrom && row.id > known.id);
    if (isLater) found.set(row.goods, row);
  }
  return found;
}

/** Prices of a goods, the latest first, those to come included. */
export async function pricesOf({ reader, tables: { goodsPrices: t } }: Engine, goods: string) {
  return reader.select().from(t).where(eq(t.goods, goods)).orderBy(desc(t.validFrom), desc(t.id)).limit(50);
}

export async function stockOf(
  engine: Engine,
  { book, goods }: { book: number; goods: readonly string[] },
): Promise<Map<string, Stock>> {
  const keys = goods.flatMap((id) => [freeKey(id), keptKey(id)]);
  const totals = await tallyTotals(engine, { book, keys });
  return new Map(
    goods.map((id) => [id, { free: totals.get(freeKey(id)) ?? 0, kept: totals.get(keptKey(id)) ?? 0 }]),
  );
}

/** How attachments name what they hang on. */
export const GOODS = 'goods';

/** The photo that stands, by goods. */
export async function photosOf(
  engine: Pick<Engine, 'reader' | 'tables'>,
  goods: readonly string[],
): Promise<Map<string, Hanging>> {
  const hanging = await attachmentsOf(engine, { thing: GOODS, ids: goods });
  return new Map(hanging.filter(({ withdrawn }) => withdrawn === null).map((one) => [one.thingId, one]));
}

/** With price, stock and photo. */
export async function offered(
  engine: Engine,
  { book, goods, at }: { book: number; goods: readonly Goods[]; at: Instant },
): Promise<Offered[]> {
  const ids = goods.map(({ id }) => id);
  const [prices, stock, photos] = await Promise.all([
    pricesAt(engine, ids, at),
    stockOf(engine, { book, goods: ids }),
    photosOf(engine, ids),
  ]);
  return goods.map((one) => ({
    goods: one,
    price: prices.get(one.id),
    stock: one.kind === 'service' ? undefined : stock.get(one.id),
    photo: photos.get(one.id)?.id,
  }));
}

export type GoodsQuery = {
  place: string;
  sort: 'newest' | 'name';
  after?: After | undefined;
  limit: number;
  words?: string | undefined;
  state?: 'on' | 'off' | undefined;
  /** Only what runs out: at its threshold or below. */
  low?: { book: number } | undefined;
};

/** One shop's goods. */
export async function listGoods(engine: Engine, query: GoodsQuery): Promise<Goods[]> {
  const { goods: t } = engine.tables;
  const { place, sort, after, limit, words, state, low } = query;
  const where = and(
    eq(t.place, place),
    state && eq(t.state, state),
    words === undefined || words === ''
      ? undefined
      : or(contains(engine, t.name, words), contains(engine, t.category, words)),
    low && runsOut(engine, low.book),
    after && (sort === 'name' ? afterName(t, after) : sql`${t.id} < ${String(after.id)}`),
  );
  return engine.reader
    .select()
    .from(t)
    .where(where)
    .orderBy(...(sort === 'name' ? [asc(t.name), asc(t.id)] : [desc(t.id)]))
    .limit(limit);
}

function afterName(t: Engine['tables']['goods'], { value, id }: After): SQL | undefined {
  return or(gt(t.name, String(value)), and(eq(t.name, String(value)), gt(t.id, String(id))));
}

function runsOut({ tables }: Engine, book: number): SQL | undefined {
  const { goods: t, tallies } = tables;
  const free = sql`coalesce((select ${tallies.total} from ${tallies} where ${tallies.book} = ${book} and ${tallies.key} = 'stock:' || ${t.id}), 0)`;
  return and(eq(t.kind, 'goods'), eq(t.state, 'on'), sql`${t.lowAt} is not null`, sql`${free} <= ${t.lowAt}`);
}

/** What each of these costs now, in their order: what an order names. */
export async function shelfOf(
  { engine, clock }: Pick<ProductDeps, 'engine' | 'clock'>,
  { goods }: { goods: readonly string[] },
): Promise<{ goods: string; price: string; points: number }[]> {
  const prices = await pricesAt(engine, goods, clock());
  return goods.map((id) => {
    const { id: price = '', points = 0 } = prices.get(id) ?? {};
    return { goods: id, price, points };
  });
}
