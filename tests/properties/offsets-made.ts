/** Offsets as the rows have them, with what each member gave. */
import { inArray } from 'drizzle-orm';
import type { Engine } from '../../api/db/index.ts';
import { partsOfOffset } from '../../api/fees/offset-parts.ts';

export type State = 'held' | 'exported' | 'posted' | 'cancelled' | 'returned';
export type Made = {
  id: string;
  home: number;
  number: string;
  valueFen: number;
  state: State;
  parts: Part[];
  reversed: boolean;
};
type Part = { member: string; points: Readonly<Record<string, number>>; settled: number | null };

export async function offsetsOf(
  engine: Engine,
  houses: readonly string[],
  reversed: ReadonlySet<string>,
): Promise<Made[]> {
  const { offsets: t } = engine.tables;
  const rows = await engine.db
    .select()
    .from(t)
    .where(inArray(t.house, [...houses]))
    .orderBy(t.id);
  return Promise.all(
    rows.map(async ({ id, house, number, valueFen, state, member, points, settledTransaction }) => {
      const kept = await partsOfOffset(engine, id);
      const parts = kept.map((part) => ({
        ...{ member: part.member, points: part.points, settled: part.settledTransaction },
      }));
      const alone = [{ member, points, settled: settledTransaction }];
      return {
        ...{ id, home: houses.indexOf(house), number, valueFen, state, reversed: reversed.has(id) },
        parts: parts.length > 0 ? parts : alone,
      };
    }),
  );
}
