/**
 * Units (积分种类): what a community calls its kinds of points, and when points of each end.
 *
 * Protects: a unit means one thing for ever. Its code stands in every series; once somebody has points of it, its
 * calendar stays too, since people were told when theirs end. Only a slip in its name can be mended then.
 */
import { and, asc, count, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { actorText, problem, together, type Actor, type Instant, type Problem } from '../platform/index.ts';
import { UNIT_NAMES, unitWords, type Expiry } from './rules/index.ts';

export type UnitRow = NonNullable<Awaited<ReturnType<typeof findUnit>>>;
type Words = { zh: string; en: string };

/** Nobody tells more kinds of points from each other. */
export const MOST_UNITS = 30;
/** Funds that are named; the others are counted. */
const FUNDS_NAMED = 3;
/** Series beyond it are many, whatever their number. */
export const MOST_COUNTED = 1_000;

export async function findUnit({ db, tables: { units: t } }: Engine, id: string) {
  const [row] = await db.select().from(t).where(eq(t.id, id));
  return row;
}

export async function unitsOfBook(
  { reader, tables: { units: t } }: Engine,
  book: number,
): Promise<UnitRow[]> {
  return reader.select().from(t).where(eq(t.book, book)).orderBy(asc(t.id)).limit(MOST_UNITS);
}

/** The units that a book gives or may give: its own, and those that its funds have. */
export async function codesOfBook(engine: Engine, book: number): Promise<string[]> {
  const { funds: t } = engine.tables;
  const given = await engine.reader
    .select({ unit: t.unit })
    .from(t)
    .where(eq(t.book, book))
    .groupBy(t.unit)
    .limit(MOST_UNITS);
  const own = (await unitsOfBook(engine, book)).map(({ code }) => code);
  return [...new Set([...given.map(({ unit }) => unit), ...own])];
}

const rowByCode = together(async ({ reader, tables: { units: t } }: Engine, codes) => {
  const rows = await reader
    .select({ code: t.code, zh: t.nameZh, en: t.nameEn })
    .from(t)
    .where(inArray(t.code, [...codes]));
  return new Map(rows.map(({ code, ...words }) => [code, words]));
});

/** What people call these units; one that has no name keeps its code. */
export async function unitNamesOf(engine: Engine, codes: Iterable<string>): Promise<(code: string) => Words> {
  const found = new Map<string, Words>();
  await Promise.all(
    [...new Set(codes)].map(async (code) => {
      found.set(code, (await rowByCode(engine, code)) ?? unitWords(code));
    }),
  );
  return (code) => found.get(code) ?? unitWords(code);
}

/** Every name that somebody gave, for pages; the names that the program brings are not among them. */
export async function namedUnits({ reader, tables: { units: t } }: Engine) {
  return reader
    .select({ code: t.code, zh: t.nameZh, en: t.nameEn })
    .from(t)
    .where(gt(t.id, ''))
    .orderBy(asc(t.id))
    .limit(MOST_UNITS * 10);
}

export type UnitUse = {
  funds: { count: number; names: string[] };
  /** Series whose points have not ended, up to `MOST_COUNTED` and one more. */
  liveSeries: number;
  /** Whether anybody ever got points of it. */
  hasPoints: boolean;
};

export async function useOfUnit(
  engine: Engine,
  { book, code, now }: { book: number; code: string; now: Instant },
): Promise<UnitUse> {
  const { reader, tables } = engine;
  const { funds: f, assets: a } = tables;
  const ofUnit = and(eq(f.book, book), eq(f.unit, code));
  const series = and(eq(a.book, book), eq(a.kind, 'series'), eq(a.unit, code));
  const live = reader
    .select({ id: a.id })
    .from(a)
    .where(and(series, gt(a.expiresAt, now)))
    .limit(MOST_COUNTED + 1)
    .as('live');
  const [[funds], named, [living], hasPoints] = await Promise.all([
    reader.select({ count: count() }).from(f).where(ofUnit),
    reader.select({ name: f.name }).from(f).where(ofUnit).orderBy(asc(f.id)).limit(FUNDS_NAMED),
    reader.select({ count: sql<number>`count(*)`.mapWith(Number) }).from(live),
    hasPointsOf(engine, { book, code }),
  ]);
  return {
    funds: { count: funds?.count ?? 0, names: named.map(({ name }) => name) },
    liveSeries: living?.count ?? 0,
    hasPoints,
  };
}

async function hasPointsOf(
  { reader, tables: { assets: a } }: Engine,
  { book, code }: { book: number; code: string },
): Promise<boolean> {
  const series = and(eq(a.book, book), eq(a.kind, 'series'), eq(a.unit, code));
  return (await reader.select({ id: a.id }).from(a).where(series).limit(1)).length > 0;
}

type Said = { nameZh: string; nameEn: string; expiry: Expiry };

export async function makeUnit(
  { engine, ids, clock }: Pick<ProductDeps, 'engine' | 'ids' | 'clock'>,
  { actor, ...input }: Said & { book: number; place: string; code: string; basis: string; actor: Actor },
): Promise<{ id: string } | Problem> {
  const { book, code } = input;
  const { units } = engine.tables;
  // What a programme begins with has its name already.
  const known = await codesOfBook(engine, book);
  if (known.includes(code) || Object.hasOwn(UNIT_NAMES, code)) return problem('already-exists');
  if (known.length >= MOST_UNITS) return tooMany();
  const row = { ...input, id: ids(), version: 1, madeBy: actorText(actor), createdAt: clock() };
  const made = await engine.db.insert(units).values(row).onConflictDoNothing().returning({ id: units.id });
  return made.length === 1 ? { id: row.id } : problem('already-exists');
}

const tooMany = () =>
  problem('invalid-input', {
    fields: [{ field: 'code', zh: `最多 ${MOST_UNITS} 种积分`, en: `At most ${MOST_UNITS} kinds` }],
  });

export async function changeUnit(
  { engine, clock }: Pick<ProductDeps, 'engine' | 'clock'>,
  { unit, actor, ...input }: Said & { unit: UnitRow; version: number; reason: string; actor: Actor },
): Promise<Problem | undefined> {
  const { nameZh, nameEn, expiry, version, reason } = input;
  const isOtherCalendar = !isSameExpiry(expiry, unit.expiry);
  if (isOtherCalendar && (await hasPointsOf(engine, unit))) return problem('unit-has-points');
  const { units: t } = engine.tables;
  const change = { changedBy: actorText(actor), changedAt: clock(), changedReason: reason };
  const changed = await engine.db
    .update(t)
    .set({ nameZh, nameEn, expiry, version: version + 1, ...change })
    .where(and(eq(t.id, unit.id), eq(t.version, version)))
    .returning({ id: t.id });
  return changed.length === 1 ? undefined : problem('changed-meanwhile');
}

/** As the two are written, whatever order their words stand in. */
export function isSameExpiry(one: Expiry, other: Expiry): boolean {
  if ('never' in one || 'never' in other) return 'never' in one && 'never' in other;
  return (
    one.bucket === other.bucket &&
    one.later === other.later &&
    (one.graceMonths ?? null) === (other.graceMonths ?? null)
  );
}

/** A rule that gives a unit with a calendar of its own gives its points by that calendar. */
export async function calendarProblem(
  { reader, tables: { units: t } }: Engine,
  { book, unit, expiry }: { book: number; unit: string; expiry: Expiry },
): Promise<Problem | undefined> {
  const [row] = await reader
    .select({ expiry: t.expiry })
    .from(t)
    .where(and(eq(t.code, unit), eq(t.book, book)));
  if (row === undefined || isSameExpiry(row.expiry, expiry)) return undefined;
  const zh = '与这种积分的到期日历不一样，请按积分种类写的来';
  return problem('invalid-input', {
    fields: [{ field: 'expiry', zh, en: 'Not the calendar of this kind of points' }],
  });
}
