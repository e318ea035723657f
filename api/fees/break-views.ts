/** A break as it is shown: what we have on one side, what the firm's list says on the other. */
import { asc, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { getHouses, houseView } from '../places/index.ts';
import { formatInstant } from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { monthsOfOffset } from './offsets.ts';
import { breakView } from './fees.views.ts';
import { offersFor } from './reconcile/resolutions.ts';
import type { BreakRow } from './resolve-break.ts';

/** `reader`: who looks, as `actorText` has it. */
export async function breakViews(engine: Engine, breaks: readonly BreakRow[], reader: string) {
  const ours = await oursOf(engine, idsOf(breaks.map((row) => row.offset)));
  const theirs = await theirsOf(engine, idsOf(breaks.map((row) => row.postedRow)));
  const latest = await latestLists(
    engine,
    breaks.map(({ id }) => id),
  );
  const listOf = await listsOf(
    engine,
    idsOf([...latest.values(), ...breaks.flatMap((row) => [row.import, row.settledImport])]),
  );
  return breaks.map((row) => {
    const left = ours.get(row.offset ?? '');
    const right = theirs.get(row.postedRow ?? '');
    const { kind, proposal, asked } = row;
    const states = { offsetState: left?.state ?? null, rowState: right?.state ?? null };
    return {
      ...breakView(row),
      ...(row.state === 'open' ? { offers: offersFor({ kind, proposal, ...states }) } : {}),
      ...(asked === null ? {} : { asked: askedView(asked, reader) }),
      firstSeen: listOf(row.import),
      lastSeen: listOf(latest.get(row.id) ?? row.import),
      ...(row.settledImport === null ? {} : { settledBy: listOf(row.settledImport) }),
      ...(left && { ours: left }),
      ...(right && { theirs: right }),
    };
  });
}

function askedView({ resolution, comment, by }: NonNullable<BreakRow['asked']>, reader: string) {
  return { resolution, comment, mine: by === reader };
}

/** The latest list that had a break again; ids of imports ascend in time. */
async function latestLists({ reader, tables }: Engine, ids: string[]): Promise<Map<string, string>> {
  const { breaksSeenAgain: t } = tables;
  const rows = await reader.select().from(t).where(inArray(t.breakId, ids)).orderBy(asc(t.import));
  return new Map(rows.map((row) => [row.breakId, row.import]));
}

async function listsOf({ reader, tables: { imports: t } }: Engine, ids: string[]) {
  const rows = await reader.select().from(t).where(inArray(t.id, ids));
  const known = new Map(rows.map((row) => [row.id, row]));
  return (id: string) => {
    const { fileName = '', createdAt = 0 } = known.get(id) ?? {};
    return { import: id, fileName, at: formatInstant(createdAt) };
  };
}

function idsOf(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}

async function oursOf(engine: Engine, ids: string[]) {
  const { offsets: t } = engine.tables;
  const rows = await engine.reader.select().from(t).where(inArray(t.id, ids));
  const houses = await getHouses(
    engine,
    rows.map((row) => row.house),
  );
  return new Map(
    rows.map(({ id, number, house, item, valueFen, state, ...months }) => {
      const period = monthsOfOffset(months);
      const at = houses.get(house);
      const code = at ? houseView(at).code : '';
      return [id, { number, house: code, item, period, value: formatYuan(valueFen), state }];
    }),
  );
}

async function theirsOf({ reader, tables: { postedRows: t } }: Engine, ids: string[]) {
  const rows = await reader.select().from(t).where(inArray(t.id, ids));
  return new Map(
    rows.map(({ id, rowNumber, offsetNumber, houseText, item, period, amountFen, state, remark }) => {
      const value = formatYuan(amountFen);
      return [id, { rowNumber, number: offsetNumber, house: houseText, item, period, value, state, remark }];
    }),
  );
}
