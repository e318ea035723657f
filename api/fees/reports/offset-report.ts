/** Offsets that were posted, by month, estate, fee item and fund: sums of the rows that were counted. */
import { and, between, eq, inArray, lt, sum } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { addMonths, fundsById, type Month } from '../../programme/index.ts';
import { borneInFen } from './offset-sums.ts';

/** `valueFen`: by how much bills fell; `borneFen`: what funds bear of it, as the months' statements have it. */
export type Sums = { count: number; valueFen: number; borneFen: number };
export type OffsetReport = {
  from: Month;
  to: Month;
  total: Sums;
  /** Every month of the range, also those without any. */
  months: (Sums & { month: Month })[];
  estates: (Sums & { estate: string; name: string })[];
  items: Omit<Sums & { item: string }, 'borneFen'>[];
  /** `micro`: in micro-yuan, of which no statement says whole fen by fund. */
  funds: { fund: string; name: string; unit: string; count: number; points: number; micro: number }[];
};

export const MOST_MONTHS = 36;

/** The months `from` to `to`, both included; undefined for none, or too many. */
export function monthsBetween(from: Month, to: Month): Month[] | undefined {
  const months: Month[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) {
    if (months.length === MOST_MONTHS) return undefined;
    months.push(month);
  }
  return months.length === 0 ? undefined : months;
}

/** `redeemer`: only what this firm took. */
type Asked = { estates: readonly { id: string; name: string }[]; redeemer?: string | undefined };

/** The estates in which a firm took points in these months, whoever serves them by now. */
export async function estatesOfFirm(
  { reader, tables: { offsetSums: s } }: Pick<Engine, 'reader' | 'tables'>,
  { firm, months }: { firm: string; months: readonly Month[] },
): Promise<string[]> {
  const rows = await reader
    .selectDistinct({ estate: s.estate })
    .from(s)
    .where(and(eq(s.redeemer, firm), between(s.month, months[0] ?? '', months.at(-1) ?? '')));
  return rows.map(({ estate }) => estate);
}

export async function offsetReport(
  engine: Engine,
  { estates, months, redeemer }: Asked & { months: readonly Month[] },
): Promise<OffsetReport> {
  const { reader, tables } = engine;
  const { offsetSums: s, offsetFundSums: f } = tables;
  const [from = '', to = ''] = [months[0], months.at(-1)];
  const ids = estates.map(({ id }) => id);
  if (ids.length === 0) return { from, to, total: NOTHING, months: [], estates: [], items: [], funds: [] };
  const [ofFirm, ofFirmFunds] =
    redeemer === undefined ? [] : [eq(s.redeemer, redeemer), eq(f.redeemer, redeemer)];
  const own = and(inArray(s.estate, ids), between(s.month, from, to), ofFirm);
  const ofEstates = and(inArray(f.estate, ids), ofFirmFunds);
  const ownFunds = and(ofEstates, between(f.month, from, to));
  // A few rows a month and an estate: read once, and summed up here.
  const counted = await reader
    .select({ estate: s.estate, month: s.month, item: s.item, count: s.count, valueFen: s.valueFen })
    .from(s)
    .where(own);
  const micro = sum(f.micro).mapWith(Number);
  const borne = await reader
    .select({ estate: f.estate, redeemer: f.redeemer, month: f.month, micro })
    .from(f)
    .where(ownFunds)
    .groupBy(f.estate, f.redeemer, f.month);
  const before = await reader
    .select({ estate: f.estate, redeemer: f.redeemer, micro })
    .from(f)
    .where(and(ofEstates, lt(f.month, from)))
    .groupBy(f.estate, f.redeemer);
  const byFund = await reader
    .select({
      ...{ fund: f.fund, count: sum(f.count).mapWith(Number), points: sum(f.points).mapWith(Number) },
      micro,
    })
    .from(f)
    .where(ownFunds)
    .groupBy(f.fund);
  const all: Part[] = [
    ...counted.map((row) => ({ ...row, borneFen: 0 })),
    ...borneInFen(borne, before).map((row) => ({ ...row, item: '', count: 0, valueFen: 0 })),
  ];
  const [byMonth, byEstate] = [sumsBy(all, ({ month }) => month), sumsBy(all, ({ estate }) => estate)];
  const byItem = sumsBy(all, ({ item }) => item);
  return {
    ...{ from, to, total: all.reduce(add, NOTHING) },
    months: months.map((month) => ({ month, ...(byMonth.get(month) ?? NOTHING) })),
    estates: estates
      .map(({ id, name }) => ({ estate: id, name, ...(byEstate.get(id) ?? NOTHING) }))
      .filter(hasAny)
      .toSorted((a, b) => b.valueFen - a.valueFen || (a.estate < b.estate ? -1 : 1)),
    items: [...byItem]
      .map(([item, { count, valueFen }]) => ({ item, count, valueFen }))
      .filter(hasAny)
      .toSorted((a, b) => b.valueFen - a.valueFen),
    funds: await named(engine, byFund),
  };
}

/** Also where as many were taken back as were posted, or more. */
function hasAny({ count, valueFen }: Pick<Sums, 'count' | 'valueFen'>): boolean {
  return count !== 0 || valueFen !== 0;
}

type Part = Sums & { estate: string; month: Month; item: string };

const NOTHING: Sums = { count: 0, valueFen: 0, borneFen: 0 };

function add(a: Sums, b: Sums): Sums {
  const borneFen = a.borneFen + b.borneFen;
  return { count: a.count + b.count, valueFen: a.valueFen + b.valueFen, borneFen };
}

function sumsBy(parts: readonly Part[], keyOf: (part: Part) => string): Map<string, Sums> {
  const sums = new Map<string, Sums>();
  for (const part of parts) sums.set(keyOf(part), add(sums.get(keyOf(part)) ?? NOTHING, part));
  return sums;
}

type FundRow = Omit<OffsetReport['funds'][number], 'name' | 'unit'>;

async function named(engine: Engine, rows: readonly FundRow[]): Promise<OffsetReport['funds']> {
  const funds = new Map<string, { name: string; unit: string }>();
  for (let at = 0; at < rows.length; at += FUNDS_AT_ONCE) {
    const some = rows.slice(at, at + FUNDS_AT_ONCE).map(({ fund }) => fund);
    for (const [id, fund] of await fundsById(engine, some)) funds.set(id, fund);
  }
  return rows
    .map((row) => {
      const { name = '', unit = '' } = funds.get(row.fund) ?? {};
      return { ...row, name, unit };
    })
    .toSorted((a, b) => b.micro - a.micro || (a.fund < b.fund ? -1 : 1));
}

const FUNDS_AT_ONCE = 500;
