/** The outbox: what a place's webhooks are told is written in the database transaction of what happened. */
import { inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { RowChange } from '../ledger/index.ts';
import { together, type Deps } from '../platform/index.ts';
import type { EventType } from './event-types.ts';

type Told = { place: string; event: EventType; thing: string };

/** Asked for with every sale, and so for many tills in one query. */
const webhooksAt = together(async ({ reader, tables: { webhooks: t } }: Engine, places) => {
  const rows = await reader
    .select({ id: t.id, place: t.place, events: t.events, state: t.state })
    .from(t)
    .where(inArray(t.place, [...places]));
  const there = new Map<string, typeof rows>();
  for (const row of rows) there.set(row.place, [...(there.get(row.place) ?? []), row]);
  return there;
});

/** The rows of a unit that tell of it; none where nobody at the place wants to know. */
export async function tellWebhooks(
  { engine, ids }: Pick<Deps, 'engine' | 'ids'>,
  { place, event, thing }: Told,
): Promise<RowChange[]> {
  const there = (await webhooksAt(engine, place)) ?? [];
  return there
    .filter(({ state, events }) => state === 'on' && events.includes(event))
    .map(({ id: webhook }) => ({
      insert: 'webhook_messages',
      values: {
        ...{ id: ids(), webhook, event, thing, state: 'due', tries: 0, attempts: '[]' },
        due_at: { planned: 'bookedAt' },
        created_at: { planned: 'bookedAt' },
      },
    }));
}
