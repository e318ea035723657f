/** Offsets (抵扣单) as kept. */
import { and, asc, desc, eq, inArray, like, lt, ne } from 'drizzle-orm';
import { beyond, type Engine } from '../db/index.ts';
import type { After } from '../platform/index.ts';
import { houseNamed } from './house-named.ts';

export type Offset = NonNullable<Awaited<ReturnType<typeof findOffset>>>;
export const OFFSET_STATES = ['held', 'exported', 'posted', 'cancelled', 'returned', 'reversed'] as const;
export type OffsetState = Offset['state'];

export async function findOffset({ db, tables: { offsets } }: Engine, id: string) {
  const [row] = await db.select().from(offsets).where(eq(offsets.id, id));
  return row;
}

/** The months of the bill that an offset is on, as one word: `2026-06`, `2026-01~2026-12`. */
export function monthsOfOffset({ period, billMonths }: Pick<Offset, 'period' | 'billMonths'>): string {
  return billMonths ?? period;
}

export const OFFSET_SORTS = ['newest', 'oldest', 'most'] as const;
export type OffsetSort = (typeof OFFSET_SORTS)[number];

/** Where a page of offsets ends, for the next one. */
export function offsetKey(sort: OffsetSort): (offset: Offset) => After {
  return ({ id, valueFen }) => ({ id, value: sort === 'most' ? valueFen : id });
}

export type OffsetFilter = {
  estate: string;
  /** All when left out. */
  state?: OffsetState;
  period?: string;
  /** A part of the number, and the house as people write it. */
  number?: string;
  house?: string;
};
type OffsetPage = OffsetFilter & { sort?: OffsetSort; before?: After; limit: number };

/** Offsets of an estate, after the offset `before` in the order that is asked for. */
export async function offsetsOfEstate(
  engine: Pick<Engine, 'reader' | 'tables'>,
  { state, ...page }: OffsetPage,
): Promise<Offset[]> {
  const { sort = 'newest', limit } = page;
  if (state !== undefined) return inOneState(engine, { ...page, state });
  // Each state by its index, and of them all what the page has room for.
  const each = await Promise.all(OFFSET_STATES.map((one) => inOneState(engine, { ...page, state: one })));
  const sign = sort === 'oldest' ? -1 : 1;
  const byId = (one: Offset, other: Offset) => (one.id < other.id ? 1 : -1) * sign;
  return each
    .flat()
    .sort((one, other) => (sort === 'most' && other.valueFen - one.valueFen) || byId(one, other))
    .slice(0, limit);
}

async function inOneState(
  engine: Pick<Engine, 'reader' | 'tables'>,
  input: OffsetPage & { state: OffsetState },
): Promise<Offset[]> {
  const { offsets: t } = engine.tables;
  const { estate, state, period, number, house, sort = 'newest', before, limit } = input;
  const columns = sort === 'most' ? [t.valueFen, t.id] : [t.id];
  const values = before && (sort === 'most' ? [before.value, before.id] : [before.id]);
  const [way, order] = sort === 'oldest' ? (['up', asc] as const) : (['down', desc] as const);
  return engine.reader
    .select()
    .from(t)
    .where(
      and(
        ...[eq(t.estate, estate), eq(t.state, state)],
        period === undefined ? undefined : eq(t.period, period),
        number === undefined ? undefined : like(t.number, `%${number.toUpperCase()}%`),
        houseNamed(engine, t.house, house),
        values && beyond(columns, values, way),
      ),
    )
    .orderBy(...columns.map((column) => order(column)))
    .limit(limit);
}

/**
 * Offsets that a member made or paid along, everywhere or in one estate; the newest first, before `before`. Two reads,
 * each by its index, of which the page takes the newest.
 */
export async function listOffsets(
  { reader, tables: { offsets: t, offsetParts: p } }: Engine,
  input: { member: string; estate?: string; before?: string; limit: number },
): Promise<Offset[]> {
  const { member, estate, before, limit } = input;
  const at = estate === undefined ? undefined : eq(t.estate, estate);
  const made = await reader
    .select()
    .from(t)
    .where(and(eq(t.member, member), at, before === undefined ? undefined : lt(t.id, before)))
    .orderBy(desc(t.id))
    .limit(limit);
  const paid = await reader
    .select({ offset: t })
    .from(p)
    .innerJoin(t, eq(t.id, p.offsetId))
    .where(
      and(
        ...[eq(p.member, member), ne(t.member, member), at],
        before === undefined ? undefined : lt(p.offsetId, before),
      ),
    )
    .orderBy(desc(p.offsetId))
    .limit(limit);
  return [...made, ...paid.map(({ offset }) => offset)]
    .sort((one, other) => (one.id < other.id ? 1 : -1))
    .slice(0, limit);
}

/** Those that nobody posted in time: the job gave them back when their hold had ended. */
export async function endedUnposted(
  { reader, tables: { transactions: t } }: Engine,
  offsets: readonly Offset[],
): Promise<(offset: Offset) => boolean> {
  const settled = offsets.flatMap((each) =>
    each.state === 'returned' ? (each.settledTransaction ?? []) : [],
  );
  if (settled.length === 0) return () => false;
  const rows = await reader
    .select({ id: t.id })
    .from(t)
    .where(and(inArray(t.id, settled), eq(t.source, 'job')));
  const byJob = new Set(rows.map(({ id }) => id));
  return ({ settledTransaction }) => settledTransaction !== null && byJob.has(settledTransaction);
}
