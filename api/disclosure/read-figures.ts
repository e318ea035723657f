/** Reads of what was counted: a month of a place, and its months up to one. Each is a stretch of a primary key. */
import { and, asc, desc, eq, gte, inArray, lt, lte } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Month } from '../programme/index.ts';
import { changeOf } from './rules/movements.ts';
import { EARNED, SERVED } from './rules/month-sums.ts';

type Reads = Pick<Engine, 'reader' | 'tables'>;

export type Figures = {
  opening: number;
  issued: number;
  takenBack: number;
  redeemed: number;
  refunded: number;
  expired: number;
  moved: number;
  closing: number;
  takenBackOfEarlier: number;
  refundedOfEarlier: number;
  takenBackLater: number;
  refundedLater: number;
};
export type FundFigures = Figures & { fund: string; unit: string };
export type UnitFigures = Figures & { unit: string };

export const NO_FIGURES: Figures = {
  opening: 0,
  issued: 0,
  takenBack: 0,
  redeemed: 0,
  refunded: 0,
  expired: 0,
  moved: 0,
  closing: 0,
  takenBackOfEarlier: 0,
  refundedOfEarlier: 0,
  takenBackLater: 0,
  refundedLater: 0,
};

/** By fund; a fund of which nobody had or got anything is left out. */
export async function figuresOf(
  { reader, tables: { monthFigures: t } }: Reads,
  { place, month }: { place: string; month: Month },
): Promise<FundFigures[]> {
  const rows = await reader
    .select()
    .from(t)
    .where(and(eq(t.place, place), eq(t.month, month)))
    .orderBy(asc(t.fund));
  return rows.map(({ book: _book, place: _place, month: _month, ...row }) => withClosing(row));
}

/** The months `from` to `to`, both included: by month, then by unit. */
export async function unitsByMonth(
  { reader, tables: { monthFigures: t } }: Reads,
  { place, from, to }: { place: string; from: Month; to: Month },
): Promise<Map<Month, UnitFigures[]>> {
  const rows = await reader
    .select()
    .from(t)
    .where(and(eq(t.place, place), gte(t.month, from), lte(t.month, to)))
    .orderBy(asc(t.month), asc(t.fund));
  const months = new Map<Month, FundFigures[]>();
  for (const { month, book: _book, place: _place, ...row } of rows)
    months.set(month, [...(months.get(month) ?? []), withClosing(row)]);
  return new Map([...months].map(([month, funds]) => [month, byUnit(funds)]));
}

function withClosing<Row extends Omit<Figures, 'closing'>>(row: Row): Row & { closing: number } {
  return { ...row, closing: row.opening + changeOf(row) + row.moved };
}

/** Several funds of one unit as one. */
export function byUnit(funds: readonly FundFigures[]): UnitFigures[] {
  const units = new Map<string, UnitFigures>();
  for (const { fund: _, unit, ...figures } of funds) {
    const sum = units.get(unit) ?? { ...NO_FIGURES, unit };
    for (const name of Object.keys(NO_FIGURES) as (keyof Figures)[]) sum[name] += figures[name];
    units.set(unit, sum);
  }
  // Volunteer points before consumer points, as everywhere.
  return [...units.values()].sort((a, b) => b.unit.localeCompare(a.unit));
}

export type Counts = {
  people: number;
  /** What was settled in the month, less what was voided in it. */
  services: number;
  minutes: number;
  points: number;
  voidedServices: number;
  voidedMinutes: number;
};
export type KindCounts = Counts & { type: string };
export type PlaceCounts = { earned: number; served: Counts };

const NO_COUNTS: Counts = {
  people: 0,
  services: 0,
  minutes: 0,
  points: 0,
  voidedServices: 0,
  voidedMinutes: 0,
};

type CountRow = Counts & { kind: string; voidedPoints: number };

function netOf(row: CountRow): Counts {
  const { people, voidedServices, voidedMinutes } = row;
  return {
    people,
    services: row.services - voidedServices,
    minutes: row.minutes - voidedMinutes,
    points: row.points - row.voidedPoints,
    voidedServices,
    voidedMinutes,
  };
}

/** People who earned anything, and services. */
export async function countsByMonth(
  { reader, tables: { monthCounts: t } }: Reads,
  { place, from, to }: { place: string; from: Month; to: Month },
): Promise<Map<Month, PlaceCounts>> {
  const rows = await reader
    .select()
    .from(t)
    .where(and(eq(t.place, place), gte(t.month, from), lte(t.month, to), inArray(t.kind, [EARNED, SERVED])))
    .orderBy(asc(t.month), asc(t.kind));
  const months = new Map<Month, PlaceCounts>();
  for (const row of rows) {
    const counts = months.get(row.month) ?? { earned: 0, served: NO_COUNTS };
    if (row.kind === EARNED) months.set(row.month, { ...counts, earned: row.people });
    if (row.kind === SERVED) months.set(row.month, { ...counts, served: netOf(row) });
  }
  return months;
}

export async function countsOf(
  engine: Reads,
  { place, month }: { place: string; month: Month },
): Promise<PlaceCounts> {
  const months = await countsByMonth(engine, { place, from: month, to: month });
  return months.get(month) ?? { earned: 0, served: NO_COUNTS };
}

/** More kinds of service than any list on one page has. */
const MOST_KINDS = 60;

export async function kindsOf(
  { reader, tables: { monthCounts: t } }: Reads,
  { place, month }: { place: string; month: Month },
): Promise<KindCounts[]> {
  const prefix = `${SERVED}:`;
  const rows = await reader
    .select()
    .from(t)
    .where(and(eq(t.place, place), eq(t.month, month), gte(t.kind, prefix), lt(t.kind, `${SERVED};`)))
    .orderBy(asc(t.kind))
    .limit(MOST_KINDS);
  return rows.map((row) => ({ ...netOf(row), type: row.kind.slice(prefix.length) }));
}

export type AwardLine = {
  transaction: number;
  unit: string;
  points: number;
  member: string;
  type: string;
  startsAt: number;
  voided: boolean;
};

/** Awards for services of a month, those booked last first, before the transaction `before`. */
export async function awardsOf(
  { reader, tables: { monthAwards: t, services } }: Reads,
  input: { estate: string; month: Month; before?: number; limit: number },
): Promise<AwardLine[]> {
  const { before } = input;
  const rows = await reader
    .select({
      transaction: t.transaction,
      unit: t.unit,
      points: t.points,
      member: services.member,
      type: services.type,
      startsAt: services.startsAt,
      state: services.state,
    })
    .from(t)
    .innerJoin(services, eq(services.id, t.service))
    .where(
      and(
        eq(t.estate, input.estate),
        eq(t.month, input.month),
        before === undefined ? undefined : lt(t.transaction, before),
      ),
    )
    .orderBy(desc(t.transaction))
    .limit(input.limit);
  return rows.map(({ state, ...row }) => ({ ...row, voided: state === 'voided' }));
}
