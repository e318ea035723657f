/** What was written off about breaks and taken back, and whether it can be taken back now, as it is shown. */
import { asc, inArray } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { formatInstant } from '../../platform/index.ts';
import { formatYuan } from '../../platform/money/index.ts';
import { Lists } from '../reconcile/lists.ts';
import { REVERSAL } from '../reconcile/resolutions.ts';
import type { BreakRow } from '../resolve-break.ts';
import { namesOfActors } from './names-of-actors.ts';
import { isWrittenOff } from './reverse-write-off.ts';
import type { WriteOff } from './write-off.ts';

export async function writeOffViews(engine: Engine, breaks: readonly string[]) {
  const { writeOffs: t } = engine.tables;
  const rows = await engine.reader
    .select()
    .from(t)
    .where(inArray(t.breakId, [...breaks]))
    .orderBy(asc(t.breakId), asc(t.nth));
  const lists = new Lists<string, WriteOff>();
  for (const row of rows) lists.add(row.breakId, row);
  const people = rows.flatMap(({ askedBy, approvedBy }) => [askedBy, approvedBy]);
  const nameOf = await namesOfActors(engine, people);
  return {
    of: (id: string) =>
      lists.get(id).map((row) => ({
        ...{ id: row.id, amount: formatYuan(row.amountFen), comment: row.comment },
        ...{ transaction: String(row.transaction ?? ''), at: formatInstant(row.createdAt) },
        ...{ askedBy: nameOf(row.askedBy), approvedBy: nameOf(row.approvedBy) },
        ...(row.reverses === null ? {} : { reverses: row.reverses }),
      })),
  };
}

/** Left out where there is nothing to take back. */
export function reversalView(found: BreakRow, reader: string) {
  if (!isWrittenOff(found)) return {};
  const { asked } = found;
  if (asked?.resolution !== REVERSAL || asked.declined)
    return { reversal: { asked: false, mine: false, comment: '' } };
  const { by, comment, at } = asked;
  return { reversal: { asked: true, mine: by === reader, comment, ...askedAt(at) } };
}

/** Which request it is, for who declines it; the first ones did not keep it. */
export function askedAt(at: number | undefined) {
  return at === undefined ? {} : { at: formatInstant(at) };
}
