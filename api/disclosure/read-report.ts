/** 月报: a place's month for those who answer for it, with the year up to it and each estate by itself. */
import type { Engine } from '../db/index.ts';
import type { Place, ProductDeps } from '../places/index.ts';
import type { Problem } from '../platform/index.ts';
import { addMonths, type Month } from '../programme/index.ts';
import { wholeBook } from './counted-members.ts';
import { monthOfBook, type MonthOfBook } from './month-of-book.ts';
import {
  byUnit,
  countsByMonth,
  countsOf,
  figuresOf,
  kindsOf,
  unitsByMonth,
  type Figures,
  type KindCounts,
  type PlaceCounts,
  type UnitFigures,
} from './read-figures.ts';

type Sums = PlaceCounts & { units: UnitFigures[] };
export type MonthReport = MonthOfBook &
  Sums & {
    place: Place;
    /** Of whom no home in an estate is known; only of the place above all others of the book. */
    elsewhere: UnitFigures[];
    kinds: KindCounts[];
    /** The months of a year up to this one, without those before the book. */
    year: (Sums & { month: Month })[];
  };
export type EstateOfReport = Sums & { estate: Place };

const MONTHS = 12;

export async function monthReport(
  deps: Pick<ProductDeps, 'engine' | 'clock'>,
  { place, month }: { place: Place; month: Month },
): Promise<MonthReport | Problem> {
  const { engine } = deps;
  const stand = await monthOfBook(deps, { book: place.book, month });
  if ('code' in stand) return stand;
  const begun = addMonths(month, 1 - MONTHS);
  const span = { place: place.id, from: begun < stand.first ? stand.first : begun, to: month };
  const [units, counts, kinds] = await Promise.all([
    unitsByMonth(engine, span),
    countsByMonth(engine, span),
    kindsOf(engine, { place: place.id, month }),
  ]);
  const year: MonthReport['year'] = [];
  for (let of = span.from; of <= month; of = addMonths(of, 1)) {
    const counted = counts.get(of) ?? nobody;
    year.push({ month: of, ...counted, units: units.get(of) ?? [] });
  }
  const own = year.at(-1) ?? { ...nobody, units: [] };
  const elsewhere = place.parent === '' ? await restOfBook(engine, { place, month, units: own.units }) : [];
  return {
    ...{ ...stand, place, elsewhere, kinds, year },
    ...{ earned: own.earned, served: own.served, units: own.units },
  };
}

const nobody: PlaceCounts = {
  earned: 0,
  served: { people: 0, services: 0, minutes: 0, points: 0, voidedServices: 0, voidedMinutes: 0 },
};

async function restOfBook(
  engine: Engine,
  { place, month, units }: { place: Place; month: Month; units: readonly UnitFigures[] },
): Promise<UnitFigures[]> {
  const all = byUnit(await figuresOf(engine, { place: wholeBook(place.book), month }));
  return all.flatMap((whole) => {
    const own = units.find(({ unit }) => unit === whole.unit);
    const rest = { ...whole };
    for (const [name, value] of Object.entries(own ?? {}))
      if (typeof value === 'number') rest[name as keyof Figures] -= value;
    const isNothing = Object.values(rest).every((value) => value === 0 || typeof value === 'string');
    return isNothing ? [] : rest;
  });
}

export async function estatesOfReport(
  engine: Engine,
  { estates, month }: { estates: readonly Place[]; month: Month },
): Promise<EstateOfReport[]> {
  return Promise.all(
    estates.map(async (estate) => {
      const of = { place: estate.id, month };
      const [funds, counts] = await Promise.all([figuresOf(engine, of), countsOf(engine, of)]);
      return { estate, ...counts, units: byUnit(funds) };
    }),
  );
}
