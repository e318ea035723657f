/** A break as it is shown: what we have on one side, what the firm's list says on the other. */
import { inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { getHouses, houseView } from '../places/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { breakView } from './fees.views.ts';
import type { BreakRow } from './resolve-break.ts';

export async function breakViews(engine: Engine, breaks: readonly BreakRow[]) {
  const ours = await oursOf(engine, idsOf(breaks.map((row) => row.offset)));
  const theirs = await theirsOf(engine, idsOf(breaks.map((row) => row.postedRow)));
  return breaks.map((row) => {
    const left = ours.get(row.offset ?? '');
    const right = theirs.get(row.postedRow ?? '');
    return { ...breakView(row), ...(left && { ours: left }), ...(right && { theirs: right }) };
  });
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
    rows.map(({ id, number, house, item, period, valueFen, state }) => {
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
