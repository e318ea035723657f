/** Offsets that were posted, by month, estate, fee item and fund: sums of the rows that were counted. */
import { and, between, inArray, sum } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { addMonths, fundsById, type Month } from '../../programme/index.ts';

/** `valueFen`: by how much bills fell; `micro`: what funds bear of it, in micro-yuan. */
export type Sums = { count: number; valueFen: number; micro: number };
export type OffsetReport = {
  from: Month;
  to: Month;
  total: Sums;
  /** Every month of the range, also those without any. */
  months: (Sums & { month: Month })[];
  estates: (Sums & { estate: string; name: string })[];
  items: Omit<Sums & { item: string }, 'micro'>[];
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

export async function offsetReport(
  engine: Engine,
  { estates, months }: { estates: readonly { id: string; name: string }[]; months: readonly Month[] },
): Promise<OffsetReport> {
  const { reader, tables } = engine;
  const { offsetSums: s, offsetFundSums: f } = tables;
  const [from = '', to = ''] = [months[0], months.at(-1)];
  const ids = estates.map(({ id }) => id);
  if (ids.length === 0) return { from, to, total: NOTHING, months: [], estates: [], items: [], funds: [] };
  const own = and(inArray(s.estate, ids), between(s.month, from, to));
  const ownFunds = and(inArray(f.estate, ids), between(f.month, from, to));
  const value = { count: sum(s.count).mapWith(Number), valueFen: sum(s.valueFen).mapWith(Number) };
  const micro = sum(f.micro).mapWith(Number);
  const byMonth = await reader
    .select({ key: s.month, ...value })
    .from(s)
    .where(own)
    .groupBy(s.month);
  const byEstate = await reader
    .select({ key: s.estate, ...value })
    .from(s)
    .where(own)
    .groupBy(s.estate);
  const byItem = await reader
    .select({ key: s.item, ...value })
    .from(s)
    .where(own)
    .groupBy(s.item);
  const borneByMonth = await reader.select({ key: f.month, micro }).from(f).where(ownFunds).groupBy(f.month);
  const borneByEstate = await reader
    .select({ key: f.estate, micro })
    .from(f)
    .where(ownFunds)
    .groupBy(f.estate);
  const byFund = await reader
    .select({
      fund: f.fund,
      count: sum(f.count).mapWith(Number),
      points: sum(f.points).mapWith(Number),
      micro,
    })
    .from(f)
    .where(ownFunds)
    .groupBy(f.fund);
  const rows = byMonth.map(({ count, valueFen }) => ({ count, valueFen, micro: 0 }));
  const total = [...rows, ...borneByMonth.map((row) => ({ ...NOTHING, micro: row.micro }))].reduce(
    add,
    NOTHING,
  );
  return {
    ...{ from, to, total },
    months: months.map((month) => ({ month, ...sumsAt(month, byMonth, borneByMonth) })),
    estates: estates
      .map(({ id, name }) => ({ estate: id, name, ...sumsAt(id, byEstate, borneByEstate) }))
      .filter(({ count }) => count > 0)
      .toSorted((a, b) => b.valueFen - a.valueFen || (a.estate < b.estate ? -1 : 1)),
    items: byItem
      .map(({ key: item, ...rest }) => ({ item, ...rest }))
      .toSorted((a, b) => b.valueFen - a.valueFen),
    funds: await named(engine, byFund),
  };
}

const NOTHING: Sums = { count: 0, valueFen: 0, micro: 0 };

function add(a: Sums, b: Sums): Sums {
  return { count: a.count + b.count, valueFen: a.valueFen + b.valueFen, micro: a.micro + b.micro };
}

function sumsAt(
  key: string,
  values: readonly { key: string; count: number; valueFen: number }[],
  borne: readonly { key: string; micro: number }[],
): Sums {
  const { count, valueFen } = values.find((row) => row.key === key) ?? NOTHING;
  return { count, valueFen, micro: borne.find((row) => row.key === key)?.micro ?? 0 };
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
