/**
 * For the generated access test: one thing of each kind, at a given place. A new path parameter gets one line here; the
 * test fails with its name until it does.
 */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { startVerification } from '../../api/ledger/index.ts';
import { isProblem } from '../../api/platform/index.ts';
import { demoPurchaseRule, publishRule } from '../../api/programme/index.ts';
import { attachmentOn, thingOf } from './attachments.ts';
import { budgetAt } from './access-entries.ts';
import { ofSettlements } from './access-settlements.ts';
import { fundAt, ofFunds } from './access-funds.ts';
import { ofShelves } from './access-shelves.ts';
import { homes } from './access-homes.ts';
import { waitingMerge } from './example-merges.ts';
import { ofWebhooks } from './access-webhooks.ts';
import { firmChange } from './firm-changes.ts';
import type { TestApp } from './whole-app.ts';

/** Ids of the right shape that nothing has, where a random UUID is not of that shape. */
export const absent: Readonly<Record<string, string>> = { book: '99', transaction: '1' };

/** `made`: what stands before it in the path. */
export type Fixture = (
  app: TestApp,
  place: string,
  made?: Readonly<Record<string, string>>,
) => Promise<string>;

/** What rows about somebody's doings at a place have in common. */
function owned(place: string, createdAt: number) {
  return { id: uuid(), version: 1, place, member: uuid(), createdAt };
}

/** A version to come of the rule of purchases. */
async function versionAt(app: TestApp, place: string): Promise<string> {
  const body = { ...demoPurchaseRule };
  const validFrom = app.clock.now + Math.floor(Math.random() * 1e9) + 1;
  const rule = { place, kind: body.kind, body, validFrom, reason: '试点方案', actor: 'person:test' };
  const made = await publishRule(app.server.deps, rule);
  if (isProblem(made)) throw new Error(made.code);
  return made.id;
}

/** A live code that a till of the place has looked up; '' for none. */
export async function codeOfMember(app: TestApp, place: string, member: string): Promise<string> {
  const now = app.clock.now;
  const row = { id: uuid(), version: 1, member, tokenHash: uuid(), digitsHash: uuid(), createdAt: now };
  const book = (await app.server.deps.places.bookOf(place)) ?? 1;
  const resolved = place === '' ? {} : { resolvedAt: now, resolvedPlace: place };
  const { codes } = app.engine.tables;
  await app.engine.db
    .insert(codes)
    .values({ ...row, ...resolved, book, endsAt: now + (place === '' ? 0 : 60_000) });
  return row.id;
}

export const fixtures: Readonly<Record<string, Fixture>> = {
  place: (_app, place) => Promise.resolve(place),

  month: () => Promise.resolve('2026-06'),

  person: (app, place) => app.resident({ role: 'member', place }),

  ...homes,

  merge: (app, place) => waitingMerge(app, place),

  other: (app, place) => app.resident({ role: 'member', place }),

  grant: async (app, place) => {
    const id = uuid();
    const row = { id, person: uuid(), role: 'member', place, validFrom: 0, validTo: null, grantedBy: 'test' };
    await app.engine.db.insert(app.engine.tables.roles).values(row);
    return id;
  },

  invitation: async (app, place) => {
    const at = { createdAt: app.clock.now, endsAt: app.clock.now + 60_000, usedAt: null, cancelledAt: null };
    const row = {
      id: uuid(),
      version: 1,
      person: uuid(),
      place,
      tokenHash: uuid(),
      createdBy: 'test',
      ...at,
    };
    await app.engine.db.insert(app.engine.tables.invitations).values(row);
    return row.id;
  },

  book: async (app, place) => String(await app.server.deps.places.bookOf(place)),

  owner: () => Promise.resolve(uuid()),

  verification: async (app, place) => {
    const book = (await app.server.deps.places.bookOf(place)) ?? 0;
    const begun = await startVerification(app.server.deps, { book, by: 'person:test' });
    if (isProblem(begun)) throw new Error(begun.code);
    return begun.id;
  },

  transaction: async (app, place, made) => String(await budgetAt(app, place, made?.['resident'])),

  service: async (app, place) => {
    const at = app.clock.now;
    const row = {
      ...owned(place, at),
      type: 'environment',
      startsAt: at,
      endsAt: at,
      attendedFrom: at,
      attendedTo: at,
      trust: 'scan' as const,
      state: 'no-points' as const,
      points: 0,
      steps: [],
      ruleVersion: uuid(),
      recordedBy: 'person:test',
    };
    await app.engine.db.insert(app.engine.tables.services).values(row);
    return row.id;
  },

  purchase: async (app, place) => {
    const row = {
      ...owned(place, app.clock.now),
      receipt: uuid(),
      amountFen: 100,
      paidWithPointsFen: 0,
      unit: 'CON',
      points: 1,
      steps: [],
      ruleVersion: uuid(),
      clerk: 'person:test',
      state: 'taken-back' as const,
    };
    await app.engine.db.insert(app.engine.tables.purchases).values(row);
    return row.id;
  },

  redemption: async (app, place) => {
    const row = {
      ...owned(place, app.clock.now),
      points: 1,
      unit: 'CON',
      goods: '鸡蛋',
      code: uuid(),
      clerk: 'person:test',
      state: 'undone' as const,
    };
    await app.engine.db.insert(app.engine.tables.redemptions).values(row);
    return row.id;
  },

  inquiry: async (app, place) => {
    const of = { ...owned(place, app.clock.now), transaction: await budgetAt(app, place) };
    const told = { desk: 'staff' as const, state: 'open' as const, waits: true, reopened: false };
    const row = { ...of, ...told, maker: 'person:test', madeAt: app.clock.now };
    await app.engine.db.insert(app.engine.tables.inquiries).values(row);
    return row.id;
  },

  delivery: async (app, place) => {
    const { member: person, ...of } = owned(place, app.clock.now);
    const how = { channel: 'desk' as const, state: 'waiting' as const, tries: 0 };
    await app.engine.db
      .insert(app.engine.tables.deliveries)
      .values({ ...of, ...how, person, notice: uuid() });
    return of.id;
  },

  signInCode: async (app, place) => {
    const person = await app.resident({ role: 'member', place });
    const [id, createdAt] = [uuid(), app.clock.now];
    const row = { id, phoneKey: uuid(), person, place, createdAt, endsAt: createdAt + 60_000 };
    await app.engine.db.insert(app.engine.tables.signInCodes).values(row);
    return id;
  },

  code: (app) => codeOfMember(app, '', uuid()),

  community: (_app, place) => Promise.resolve(place),

  estate: (_app, place) => Promise.resolve(place),

  import: async (app, place) => {
    const { member, ...known } = owned(place, app.clock.now);
    const totals = { oursFen: 0, theirsFen: 0, matchedFen: 0, differenceFen: 0 };
    const counts = { rowsAccepted: 0, rowsRejected: 0, summary: { counts: {}, ...totals } };
    const row = {
      ...known,
      ...counts,
      kind: 'posted-list' as const,
      fileName: 'x.csv',
      fileHash: uuid(),
      importedBy: member,
    };
    await app.engine.db.insert(app.engine.tables.imports).values(row);
    return row.id;
  },

  bill: async (app, place) => {
    const { id, version, createdAt } = owned(place, app.clock.now);
    const of = { estate: place, house: uuid(), item: '物业服务费', period: '2026-06', issue: 1, number: '' };
    const sums = { amountFen: 11_832, paidFen: 0, pastDueFen: null, state: 'open' as const, import: uuid() };
    await app.engine.db.insert(app.engine.tables.bills).values({ id, version, createdAt, ...of, ...sums });
    return id;
  },

  offset: async (app, place) => {
    const { id, version, member, createdAt } = owned(place, app.clock.now);
    const of = {
      estate: place,
      bill: uuid(),
      billIssue: 1,
      house: uuid(),
      item: '物业服务费',
      period: '2026-06',
    };
    const sums = { valueFen: 3_549, points: { CON: 3_549 }, steps: [], state: 'posted' as const };
    const row = { id, version, member, createdAt, ...of, ...sums, number: uuid(), hold: id, ruleVersion: '' };
    await app.engine.db.insert(app.engine.tables.offsets).values(row);
    return id;
  },

  batch: async (app, place) => {
    const { id, version, member: madeBy, createdAt } = owned(place, app.clock.now);
    const sums = { count: 0, valueFen: 0, rowsHash: '' };
    const row = { id, version, estate: place, number: uuid(), madeBy, createdAt, ...sums };
    await app.engine.db.insert(app.engine.tables.exportBatches).values(row);
    return id;
  },

  change: (app, place) => firmChange(app, { estate: place, colleague: `person:${uuid()}` }),

  break: async (app, place) => {
    const { id, version, createdAt } = owned(place, app.clock.now);
    const said = { zh: '差异', en: 'a break', kind: 'missing-here', proposal: 'firm-corrects' as const };
    const row = { id, version, estate: place, import: uuid(), createdAt, ...said, differenceFen: 0 };
    await app.engine.db.insert(app.engine.tables.breaks).values({ ...row, state: 'open' });
    return id;
  },

  attachment: (app, place, made) => attachmentOn(app, { place, ...thingOf(made) }),

  ...ofFunds,
  ...ofSettlements,

  ...ofShelves,
  ...ofWebhooks,

  unit: async (app, place) => {
    const { id, version, createdAt } = owned(place, app.clock.now);
    const book = (await app.server.deps.places.bookOf(place)) ?? 0;
    const said = { nameZh: '低碳积分', nameEn: 'green points', basis: '会议纪要', madeBy: 'person:test' };
    const row = { id, version, book, place, code: `G${id.slice(-6).toUpperCase()}`, createdAt, ...said };
    const expiry = { bucket: 'quarter' as const, later: 2, graceMonths: 1 };
    await app.engine.db.insert(app.engine.tables.units).values({ ...row, expiry });
    return id;
  },

  ruleVersion: (app, place) => versionAt(app, place),

  earlier: (app, place) => versionAt(app, place),

  budget: async (app, place) => {
    const { id, version, createdAt } = owned(place, app.clock.now);
    const row = { id, version, createdAt, amount: 100, basis: '会议纪要', requestedBy: 'person:nobody' };
    await app.engine.db.insert(app.engine.tables.budgets).values({ ...row, fund: await fundAt(app, place) });
    return id;
  },

  closure: async (app, place) => {
    const { id, version, member: closedBy, createdAt } = owned(place, app.clock.now);
    const row = { id, version, place, month: '2026-05', state: 'closed' as const, closedBy, createdAt };
    await app.engine.db.insert(app.engine.tables.closures).values(row);
    return id;
  },

  request: async (app, place) => {
    const { id, version, createdAt } = owned(place, app.clock.now);
    const of = { place, month: '2026-05', state: 'waiting' as const, askedBy: 'person:nobody', createdAt };
    const { closureRequests: t } = app.engine.tables;
    // One waits at a place at a time.
    await app.engine.db.update(t).set({ state: 'withdrawn' }).where(eq(t.place, place));
    await app.engine.db.insert(t).values({ id, version, ...of });
    return id;
  },

  key: async (app, place) => (await app.key({ scopes: ['ledger:read'], place })).id,
};
