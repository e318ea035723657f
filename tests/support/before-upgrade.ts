/** What released versions of before left in the books, made as they made it. */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { hashRequest, post } from '../../api/ledger/index.ts';
import { ok, type FeesWorld } from './fees-world.ts';

type Handed = { number: string; valueFen: number };

/** Up to migration 0012: numbers and values, to which no transaction committed. */
export function hashAsBefore(offsets: readonly Handed[]): string {
  return hashRequest(offsets.map(({ number, valueFen }) => [number, valueFen]));
}

/** One offset in a batch of then; the batch's id. */
export async function handOverAsBefore({ app, deps, estate }: FeesWorld, offset: string): Promise<string> {
  const { offsets: t } = app.engine.tables;
  const [row] = await app.engine.db.select().from(t).where(eq(t.id, offset));
  const { version, number, valueFen } = row!;
  const [id, prefix] = [uuid(), 'DC-2606-'];
  const ask = { book: 1, scope: 'test', key: uuid(), request: 'export before' };
  const values = {
    ...{ id, estate: estate.id, number: { planned: 'number' as const }, count: 1, value_fen: valueFen },
    ...{ rows_hash: hashAsBefore([{ number, valueFen }]), made_by: 'test', created_at: app.clock.now },
  };
  ok(
    await post(deps, ask, {
      ...{ id, actor: 'test', place: estate.id, commands: [] },
      number: { prefix, pad: 2, series: `export:${estate.id}:${prefix}` },
      rows: [
        { update: 'offsets', id: offset, version, set: { state: 'exported', export_batch: id } },
        { insert: 'export_batches', values },
      ],
    }),
  );
  return id;
}
