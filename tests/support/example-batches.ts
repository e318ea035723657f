/** What the documentation's examples name of the exchange: batches with one offset in the firm's hands, a break, changes of settings. */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { ofWebhooks } from './access-webhooks.ts';
import { attachmentOn } from './attachments.ts';
import { billThings } from './example-bills.ts';
import { pairThings } from './example-pairs.ts';
import { firmChangeThings } from './firm-changes.ts';
import type { TestApp } from './whole-app.ts';

export function batchThings(
  app: TestApp,
  of: { community: string; estate: string; colleague: string; worker: string },
) {
  const { community, estate, colleague, worker } = of;
  const { db, tables } = app.engine;
  const batch = async (askedBack: { actor: string; at: number; reason: string } | null) => {
    const own = await app.place('estate', community);
    const made = { version: 1, estate: own, createdAt: app.clock.now };
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
  /** The worker asked for it, and may take it back. */
  const askedBreak = async (by = worker) => {
    const at = await app.place('estate', community);
    const id = uuid();
    const said = { zh: '清单第 3 行：我方没有', en: 'row 3 is none of ours', kind: 'missing-here' };
    const asked = { resolution: 'write-off' as const, comment: '物业承担', by: `person:${by}`, at: 1 };
    const row = { id, version: 1, estate: at, import: uuid(), ...said, differenceFen: 1_800, asked };
    const { breaks } = tables;
    const open = { proposal: 'firm-corrects', state: 'open', createdAt: app.clock.now } as const;
    await db.insert(breaks).values({ ...row, ...open });
    return id;
  };
  const writtenOffBreak = async () => {
    const id = await askedBreak();
    const { breaks, writeOffs } = tables;
    const done = { state: 'resolved', resolution: 'write-off', resolvedAt: 1 } as const;
    await db.update(breaks).set(done).where(eq(breaks.id, id));
    const [its] = await db.select().from(breaks).where(eq(breaks.id, id));
    const of = { breakId: id, estate: its!.estate, firm: uuid(), item: '物业服务费', amountFen: 1_800 };
    const by = { askedBy: `person:${worker}`, approvedBy: `person:${colleague}`, comment: '物业承担' };
    const kept = { hash: '0'.repeat(64), createdAt: app.clock.now };
    await db.insert(writeOffs).values({ id: uuid(), version: 1, ...of, ...by, ...kept });
    return id;
  };
  /** The piece of evidence hangs on the break that was asked for just before. */
  let evidenced = '';
  return {
    ...billThings(app, { estate, worker }),
    askedBreak: () => askedBreak(),
    colleaguesBreak: () => askedBreak(colleague),
    evidencedBreak: async () => (evidenced = await askedBreak()),
    attachment: () => attachmentOn(app, { place: estate, thingId: evidenced }),
    writtenOffBreak,
    ...pairThings(app, { community }),
    ...firmChangeThings(app, { estate, colleague }),
    webhook: async () => ofWebhooks.webhook(app, await app.place('merchant', community)),
    webhookMessage: async () => ofWebhooks.webhookMessage(app, await app.place('merchant', community)),
    openBatch: () => batch(null),
    batchAskedBack: () => batch({ actor: colleague, at: app.clock.now, reason: '收费系统不认房号' }),
  };
}
