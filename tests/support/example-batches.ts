/** Batches that the examples of the documentation name: each with one offset that is in the firm's hands. */
import { v7 as uuid } from 'uuid';
import type { TestApp } from './whole-app.ts';

export function batchThings(
  app: TestApp,
  { community, colleague }: { community: string; colleague: string },
) {
  const { db, tables } = app.engine;
  const batch = async (askedBack: { actor: string; at: number; reason: string } | null) => {
    const estate = await app.place('estate', community);
    const made = { version: 1, estate, createdAt: app.clock.now };
    const id = uuid();
    const sums = { count: 1, valueFen: 3_549, rowsHash: '0'.repeat(64) };
    const row = { id, ...made, number: 'DC-2606-01', madeBy: colleague, ...sums, askedBack };
    await db.insert(tables.exportBatches).values(row);
    const of = { bill: uuid(), billIssue: 1, house: uuid(), item: '物业服务费', period: '2026-06' };
    const its = { member: uuid(), valueFen: 3_549, points: { CON: 3_549 }, steps: [], ruleVersion: '' };
    const offset = { id: uuid(), ...made, number: 'DK-2606-0001', ...of, ...its, hold: uuid() };
    await db.insert(tables.offsets).values({ ...offset, state: 'exported', exportBatch: id });
    return id;
  };
  return {
    openBatch: () => batch(null),
    batchAskedBack: () => batch({ actor: colleague, at: app.clock.now, reason: '收费系统不认房号' }),
  };
}
