/**
 * One human who was registered twice is one person since the merge, under the id of the row that stays. Rows that name
 * the other id as the doer of something (`person:<id>`) keep it for ever; who asks by whom it was done asks here.
 */
import { eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { findPerson } from './people.ts';

/** All ids of the human with this id, the one that stays first. Of whoever was never merged, the id alone. */
export async function idsOfHuman(engine: Engine, id: string): Promise<[string, ...string[]]> {
  const { people: t } = engine.tables;
  const stays = (await findPerson(engine, id))?.mergedInto ?? id;
  const merged = await engine.reader.select({ id: t.id }).from(t).where(eq(t.mergedInto, stays));
  return [stays, ...merged.map((row) => row.id)];
}
