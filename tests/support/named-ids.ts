/**
 * For the generated test of ids named in a body or query: who may name them, and a body that is right but for the one
 * id which the test puts in. A new route whose body names an id gets one entry here; the test fails with its name
 * until it does.
 */
import { inArray } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { codeOfMember, fixtures, type Fixture } from './access-fixtures.ts';
import { freshRowAt, lastTiedAt } from './access-funds.ts';
import { goodsAt, orderAt } from './access-shelves.ts';
import { nobody, type TestApp, type Visitor } from './whole-app.ts';

/** What is at a place of the asker's own book, and who may ask. */
export interface Naming {
  readonly by: Visitor;
  readonly body: Readonly<Record<string, unknown>>;
  /** Fields of which one is named, and the other that then is not. */
  readonly either?: Readonly<Record<string, string>>;
  /** What the path names beside the place. */
  readonly params?: Readonly<Record<string, string>>;
}

/** One of a kind at a place, by the name of the field that names it. */
export const named: Readonly<Record<string, Fixture>> = {
  member: (app, place) => neighbour(app, place),
  person: (app, place) => neighbour(app, place),
  duplicate: (app, place) => neighbour(app, place),
  helper: (app, place) => neighbour(app, place),
  place: (_app, place) => Promise.resolve(place),
  fund: fixtures['fund']!,
  house: fixtures['house']!,
  redeemer: (_app, place) => Promise.resolve(place),
  firm: (app, place) => placeWithin(app, place, 'firm'),
  via: (app, place) => placeWithin(app, place, 'clearing'),
  breaks: fixtures['break']!,
  theirs: (app, place) => freshRowAt(app, place, 'theirs'),
  ours: (app, place) => freshRowAt(app, place, 'ours'),
  colleague: async (app, place) => (await app.person({ role: 'accountant', place })).id,
  goods: async (app, place) => (await goodsAt(app, place)).goods,
  to: async (app, place) => (await goodsAt(app, place)).goods,
  code: async (app, place) => codeOfMember(app, place, await neighbour(app, place)),
};

/** Fields that name an id which is never looked up, and why a stranger's cannot be told from nobody's. */
export const notLookedUp: Readonly<Record<string, string>> = {
  owner: 'an account is opened for whatever owner is named',
  row: 'of the list in which the break in the path was found, and no others',
  price: 'it is held against the one in force of the goods that is named beside it',
  line: 'of the lines of the order in the path, and no others',
  upTo: 'of one’s own notices those up to there are marked, and nobody else’s',
};

/** Somebody who lives at an estate; at a merchant's or anywhere else, somebody who holds a role there. */
async function neighbour(app: TestApp, place: string): Promise<string> {
  const person = await app.resident();
  const house = await fixtures['house']!(app, place);
  const row = { id: uuid(), version: 1, house, person, relation: 'owner' as const, until: null };
  const { residencies } = app.engine.tables;
  await app.engine.db.insert(residencies).values({ ...row, since: '2026-01-01', createdAt: app.clock.now });
  lastOf.set(place, { person, house });
  return person;
}

/** The last one of a place, and where they live: whoever names them there lives in the same house, or has their phone. */
const lastOf = new Map<string, { person: string; house: string }>();

async function housemate(app: TestApp, place: string): Promise<Visitor> {
  const person = await app.person({ role: 'member', place });
  const house = lastOf.get(place)?.house ?? (await fixtures['house']!(app, place));
  const row = { id: uuid(), version: 1, house, person: person.id, relation: 'family' as const, until: null };
  const { residencies } = app.engine.tables;
  await app.engine.db.insert(residencies).values({ ...row, since: '2026-01-01', createdAt: app.clock.now });
  return person;
}

async function placeWithin(
  app: TestApp,
  parent: string,
  kind: 'clearing' | 'merchant' | 'firm',
): Promise<string> {
  const id = uuid();
  const book = (await app.server.deps.places.bookOf(parent)) ?? 0;
  const row = { id, version: 1, book, parent, kind, name: `${kind} ${id}`, createdAt: app.clock.now };
  await app.engine.db.insert(app.engine.tables.places).values(row);
  return id;
}

const AT_NINE = '2026-06-14T01:00:00Z';
const AT_TEN = '2026-06-14T02:00:00Z';

export const namings: Readonly<Record<string, (app: TestApp, place: string) => Promise<Naming>>> = {
  'post /places/{place}/invitations': async (app, place) => ({
    by: await app.person({ role: 'operator', place }),
    body: { role: 'staff' },
  }),
  'post /people/{person}/merges': async (app, place) => ({
    by: await app.person({ role: 'staff', place }),
    params: { person: await neighbour(app, place) },
    body: { duplicate: await neighbour(app, place), reason: '本人核对', seen: 'x'.repeat(43) },
  }),

  'post /places/{place}/roles': async (app, place) => ({
    by: await app.person({ role: 'staff', place }),
    body: { person: await named['person']!(app, place), role: 'leader' },
  }),

  'post /people/{person}/residencies': async (app, place) => ({
    by: await app.person({ role: 'staff', place }),
    body: { house: await named['house']!(app, place), relation: 'tenant', since: '2026-06-01' },
    params: { person: await neighbour(app, place) },
  }),

  'post /system-keys': async (app, place) => ({
    by: await app.person({ role: 'operator', place }),
    body: { name: 'till', scopes: ['ledger:read'], book: 1, place },
  }),

  'post /places/{place}/services': async (app, place) => ({
    by: await app.person({ role: 'leader', place }),
    body: {
      member: await named['member']!(app, place),
      type: '人居环境',
      startsAt: AT_NINE,
      endsAt: AT_TEN,
      attendedFrom: AT_NINE,
      attendedTo: AT_TEN,
      trust: 'scan',
    },
  }),

  'post /merchants/{place}/purchases': async (app, place) => ({
    by: await app.key({ scopes: ['shop:write'], place }),
    body: { receipt: 'A-1', amount: '10' },
  }),

  'post /merchants/{place}/purchase-quotes': async (app, place) => ({
    by: await app.key({ scopes: ['shop:write'], place }),
    body: { amount: '10' },
  }),

  'post /merchants/{place}/redemptions': async (app, place) => ({
    by: await app.key({ scopes: ['shop:spend'], place }),
    body: { points: '1', unit: 'CON', goods: '鸡蛋' },
  }),

  'post /merchants/{place}/goods-sales': async (app, place) => {
    const key = await app.key({ scopes: ['shop:spend'], place });
    const { goods, price } = await goodsAt(app, place);
    const member = await neighbour(app, place);
    return { by: key, either: { code: 'member' }, body: { member, lines: [{ goods, price, quantity: 1 }] } };
  },

  'post /me/orders': async (app, place) => {
    const { goods, price } = await goodsAt(app, place);
    const by = await app.person({ role: 'member', place });
    return { by, body: { place, lines: [{ goods, price, quantity: 1 }] } };
  },

  'post /orders/{order}/pick-ups': async (app, place) => {
    const { order, line } = await orderAt(app, place);
    const lines = [{ line, quantity: 1 }];
    const by = await app.person({ role: 'merchant_manager', place });
    const withoutCode = { reason: '手机没电' };
    return { by, params: { order }, body: { lines, rest: 'keep', byProxy: false, withoutCode } };
  },

  'post /orders/{order}/substitutes': async (app, place) => {
    const [{ order, line }, { goods, price }] = [await orderAt(app, place), await goodsAt(app, place)];
    const by = await app.person({ role: 'clerk', place });
    return { by, params: { order }, body: { line, goods, price, quantity: 1 } };
  },

  'post /goods/{goods}/outlet-moves': async (app, place) => ({
    by: await app.person({ role: 'clerk', place }),
    params: { goods: (await goodsAt(app, place)).goods },
    body: { quantity: 1 },
  }),

  'post /merchants/{place}/stocktakings': async (app, place) => ({
    by: await app.person({ role: 'clerk', place }),
    body: { counts: [{ goods: (await goodsAt(app, place)).goods, counted: 1 }] },
  }),

  'post /api/auth/sign-in/phone/choice': async (app, place) => {
    const phone = '13911110071';
    const { db, tables } = app.engine;
    const { secrets } = app.server.deps.identity;
    const people = [lastOf.get(place)?.person ?? uuid(), uuid()];
    await db.update(tables.people).set({ phone }).where(inArray(tables.people.id, people));
    const shown = { id: uuid(), phoneKey: secrets.phoneKey(phone), people, place: '', usedAt: app.clock.now };
    const times = { createdAt: app.clock.now, endsAt: app.clock.now + 60_000 };
    await db.insert(tables.signInCodes).values({ ...shown, ...times });
    return { by: nobody, body: { ticket: `${shown.id}.${secrets.ticketOf(shown.id)}` } };
  },

  'post /me/helpers': async (app, place) => ({ by: await housemate(app, place), body: { may: 'view' } }),

  'post /estates/{estate}/residents/{resident}/helpers': async (app, place) => ({
    by: await app.person({ role: 'staff', place }),
    params: { resident: await neighbour(app, place) },
    body: { may: 'view', paper: '代-2026-017' },
  }),

  'post /me/read-notices': async (app) => ({ by: await app.person(), body: { upTo: uuid() } }),
  'post /places/{place}/children': async (app, place) => ({
    by: await app.person({ role: 'operator', place }),
    body: { kind: 'estate', name: '二期' },
  }),

  'post /estates/{estate}/firms': async (app, place) => ({
    by: await app.person({ role: 'staff', place }),
    body: { since: '2026-06-20', reason: '业主大会决议', version: 0 },
  }),

  'post /estates/{estate}/breaks/accept': async (app, place) => ({
    by: await app.person({ role: 'accountant', place }),
    body: { breaks: [uuid()], comment: '已核对' },
  }),

  'post /breaks/{break}/owner': async (app, place) => ({
    by: await app.person({ role: 'accountant', place }),
    params: { break: await fixtures['break']!(app, place) },
    body: {},
  }),

  'post /breaks/{break}/resolution': async (app, place) => ({
    by: await app.person({ role: 'accountant', place }),
    params: { break: await fixtures['break']!(app, place) },
    body: { resolution: 'accept', comment: '已核对' },
  }),

  'post /funder-statements/{funderStatement}/pairings': async (app, place) => {
    const { statement, theirs, ours } = await lastTiedAt(app, place);
    return {
      by: await app.person({ role: 'staff', place }),
      params: { funderStatement: statement },
      body: { theirs: theirs[1]!, ours: [ours[1]!] },
    };
  },

  'post /places/{place}/agreements': async (app, place) => ({
    by: await app.person({ role: 'staff', place }),
    body: {
      redeemer: await placeWithin(app, place, 'merchant'),
      via: await placeWithin(app, place, 'clearing'),
      ...{ fund: '*', mode: 'clearing', factor: '1', from: '2026-06-20', basis: '协议第 3 号' },
    },
  }),

  'post /ledger/transactions': async (app, place) => {
    const fund = await named['fund']!(app, place);
    const entry = { unit: 'VOL', fund };
    const entries = [
      { ...entry, owner: fund, role: 'owed', amount: '5' },
      { ...entry, owner: uuid(), role: 'debt', amount: '-5' },
    ];
    return {
      by: await app.key({ scopes: ['ledger:write'], place }),
      body: { place, kind: 'trial', entries },
    };
  },
};
