/** The real thing of the demo estate for each thing that the examples of the documentation name. */
import { and, asc, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import type { Made } from '../../api/demo/seed.ts';
import {
  askToClose,
  cancelOffset,
  closeMonth,
  confirmOffset,
  importPostedList,
} from '../../api/fees/index.ts';
import { mintSetUpLink } from '../../api/identity/index.ts';
import { askAbout } from '../../api/inquiries/index.ts';
import { answerInquiry } from '../../api/inquiries/answer-inquiry.ts';
import { startVerification, transactionsById } from '../../api/ledger/index.ts';
import { findVerification } from '../../api/ledger/verify/verifications.ts';
import { addPlace } from '../../api/places/index.ts';
import type { NamedInExamples } from '../../api/platform/index.ts';
import {
  addAgreement,
  addDays,
  demoServiceRule,
  memberMovements,
  requestBudget,
} from '../../api/programme/index.ts';
import { publishVersion } from '../../api/rulebook/index.ts';
import { recordService } from '../../api/volunteering/index.ts';
import { fixtures } from './access-fixtures.ts';
import { batchThings } from './example-batches.ts';
import { settlementThings } from './example-settlements.ts';
import { mergeThings } from './example-merges.ts';
import { counterOf } from './demo-counter.ts';
import { consentsOf } from './example-consents.ts';
import { actorNamed, must } from './demo-programme.ts';
import { phonesOf } from './example-phones.ts';
import { shelfThings } from './example-shelves.ts';
import { PASSWORD, type TestApp, type TestPerson, type Visitor } from './whole-app.ts';

const BOOK = 1;

export interface ExampleEstate {
  readonly app: TestApp;
  readonly made: Made;
  readonly street: string;
  readonly community: string;
  readonly merchant: string;
  readonly member: string;
  readonly worker: TestPerson;
  readonly newcomer: TestPerson;
  /** Signs in by the code of a phone alone. */
  readonly phoneOnly: Visitor & { readonly phone: string };
}

/** The id of the first row; none is a fault of the world. */
export async function idOf(rows: Promise<{ id: string }[]>): Promise<string> {
  const [row] = await rows;
  if (row === undefined) throw new Error('the demo estate has none');
  return row.id;
}

/** For each name, finds or makes the real thing, fresh enough to be used once; `administered` goes before all but one. */
export function findersOf(world: ExampleEstate): {
  administered: () => Promise<void>;
  find: Readonly<Record<NamedInExamples, () => Promise<string>>>;
} {
  const { app, made, street, community, merchant, member, worker, newcomer } = world;
  const { deps } = app.server;
  const { db, tables } = app.engine;
  const { funds, houses, residencies, offsets, bills, imports, breaks, services } = tables;
  const { ruleVersions: versions } = tables;
  const { estate } = made;
  const till = counterOf(app, merchant, worker);
  const colleague = actorNamed();
  const asMember = { actor: actorNamed(member), scope: `person:${member}` };
  const memberBill = and(
    eq(bills.item, '物业服务费'),
    eq(bills.state, 'open'),
    eq(residencies.person, member),
  );
  const billToOffset = () =>
    idOf(
      db
        .select({ id: bills.id })
        .from(bills)
        .innerJoin(residencies, eq(residencies.house, bills.house))
        .where(memberBill)
        .orderBy(desc(bills.period), desc(bills.id))
        .limit(1),
    );
  const heldOffset = async () => {
    const held = and(eq(offsets.member, member), eq(offsets.state, 'held'));
    const [row] = await db.select({ id: offsets.id }).from(offsets).where(held).limit(1);
    return row?.id;
  };
  /** Leaves the bill and the points as they were before. */
  const withdrawn = async () => {
    const offset = await heldOffset();
    if (offset !== undefined) must(await cancelOffset(deps, { offset, key: uuid(), ...asMember }));
  };
  const postedList = async () => {
    const fileName = [...made.files.keys()].find((name) => name.startsWith('入账清单'))!;
    const file = { source: made.files.get(fileName)!, fileName };
    const actor = `person:${made.people.find(({ who }) => who === 'accountant')!.person}` as const;
    return must(await importPostedList(deps, { estate, file, dryRun: false, actor })).import!;
  };
  const fund = () => idOf(db.select({ id: funds.id }).from(funds).where(eq(funds.place, community)).limit(1));
  const isAdministrator = and(eq(tables.roles.role, 'operator'), eq(tables.roles.place, ''));
  /** Where somebody administers there is nothing to set up, so the worker is none for that one example. */
  const administered = async () => {
    const own = and(isAdministrator, eq(tables.roles.person, worker.id));
    if ((await db.select().from(tables.roles).where(own)).length > 0) return;
    const role = { id: uuid(), person: worker.id, role: 'operator', place: '', validFrom: 0, validTo: null };
    await db.insert(tables.roles).values({ ...role, grantedBy: 'test' });
  };
  const invited = async () => {
    const json = { name: '何晓燕', role: 'clerk', namesake: 'another' };
    const answer = await app.request(`/api/v1/places/${merchant}/invitations`, { json, by: worker });
    return (await answer.json()) as { invitation: string; token: string };
  };
  const askedFor = async () => {
    const asked = {
      fund: await fund(),
      amount: 20_000,
      basis: `金康社区〔2026〕第 ${++days} 号会议纪要`,
      actor: colleague,
    };
    return must(await requestBudget(deps, asked)).id;
  };
  /** About another transaction each time: one question at a time about one. */
  const asked = async () => {
    const all = await memberMovements(app.engine, { book: BOOK, member, limit: 50 });
    // The oldest, which nobody of the examples has made.
    const { transaction: id } = all.filter(({ kind }) => kind !== 'release').at(-++asks)!;
    const [transaction] = await transactionsById(app.engine, [id]);
    const actor = actorNamed(member, { role: 'member', place: estate });
    return must(await askAbout(deps, [], { transaction: transaction!, text: '怎么算的？', actor })).inquiry;
  };
  let [days, asks] = [0, 0];
  const told = async () => {
    const fresh = { version: 1, person: member, createdAt: app.clock.now };
    const facts = { day: '2026-06-30', points: [{ unit: 'CON', amount: 3_189 }] };
    const [notice, delivery] = [uuid(), uuid()];
    const what = { kind: 'expiry-30' as const, event: notice, facts };
    await db.insert(tables.notices).values({ id: notice, ...fresh, ...what });
    const how = { place: estate, channel: 'desk' as const, state: 'waiting' as const, tries: 0 };
    await db.insert(tables.deliveries).values({ id: delivery, notice, ...fresh, ...how });
    return { notice, delivery };
  };

  const find: Readonly<Record<NamedInExamples, () => Promise<string>>> = {
    street: () => Promise.resolve(street),
    community: () => Promise.resolve(community),
    estate: () => Promise.resolve(estate),
    merchant: () => Promise.resolve(merchant),
    person: () => Promise.resolve(member),
    neighbour: () => app.resident({ role: 'member', place: estate }),
    resident: () =>
      idOf(
        db
          .select({ id: residencies.person })
          .from(residencies)
          .innerJoin(houses, eq(residencies.house, houses.id))
          .leftJoin(tables.users, eq(tables.users.id, residencies.person))
          .where(and(eq(houses.estate, estate), isNull(tables.users.id), isNull(residencies.until)))
          .limit(1),
      ),
    house: () =>
      idOf(
        db
          .select({ id: houses.id })
          .from(houses)
          .innerJoin(residencies, eq(residencies.house, houses.id))
          .where(eq(residencies.person, member)),
      ),
    fund,
    bill: async () => {
      await withdrawn();
      return billToOffset();
    },
    async offset() {
      const held = await heldOffset();
      if (held !== undefined) return held;
      const input = { bill: await billToOffset(), member, valueFen: 3_549 };
      return must(await confirmOffset(deps, { input, key: uuid(), ...asMember })).offset;
    },
    batch: () => idOf(db.select({ id: tables.exportBatches.id }).from(tables.exportBatches).limit(1)),
    rosterImport: () =>
      idOf(db.select({ id: imports.id }).from(imports).where(eq(imports.kind, 'roster')).limit(1)),
    postedList,
    async break() {
      await postedList();
      return idOf(
        db
          .select({ id: breaks.id })
          .from(breaks)
          .where(and(eq(breaks.kind, 'amount'), eq(breaks.state, 'open')))
          .limit(1),
      );
    },
    async closure() {
      const { closures: t } = tables;
      const standing = and(eq(t.place, community), eq(t.state, 'closed'));
      const [closed] = await db.select({ id: t.id }).from(t).where(standing).orderBy(desc(t.id)).limit(1);
      if (closed) return closed.id;
      const at = { place: community, month: '2025-12', actor: colleague, key: uuid() };
      return must(await closeMonth(deps, { ...at, scope: `place:${community}` })).closure;
    },
    async closureRequest() {
      const place = await app.place('estate', community);
      return must(await askToClose(deps, { place, month: '2025-12', actor: colleague })).id;
    },
    async residency() {
      const [home] = await db.select().from(houses).where(eq(houses.estate, estate)).limit(1);
      const person = await app.resident({ role: 'member', place: estate });
      const lives = { house: home!.id, person, relation: 'owner' as const, since: '2024-05-01' };
      const row = { id: uuid(), version: 1, createdAt: app.clock.now, ...lives };
      await db.insert(residencies).values(row);
      return row.id;
    },
    ...batchThings(app, { community, estate, colleague: `person:${colleague.person}`, worker: worker.id }),
    ...mergeThings(app, { estate, worker: worker.id }),
    invitation: async () => (await invited()).invitation!,
    link: async () => (await invited()).token!,
    async setUpLink() {
      await db.delete(tables.roles).where(isAdministrator);
      return (await mintSetUpLink(deps, app.clock.now))!;
    },
    async grant() {
      const row = { id: uuid(), person: uuid(), role: 'clerk', place: merchant, validFrom: 0, validTo: null };
      await db.insert(tables.roles).values({ ...row, grantedBy: 'test' });
      return row.id;
    },
    systemKey: async () => (await app.key({ scopes: ['shop:write'], place: merchant })).id,
    budget: askedFor,
    otherFirm: async () =>
      must(await addPlace(deps, { book: BOOK, parent: community, kind: 'firm', name: '安居物业' })).id,
    unit: () => fixtures['unit']!(app, community),
    ...settlementThings(app, merchant),
    async agreement() {
      const terms = { mode: 'stocked' as const };
      const validFrom = Date.parse('2026-06-01T00:00+08:00') + days++;
      return must(await addAgreement(deps, { redeemer: merchant, fund: '*', terms, validFrom })).id;
    },
    ruleVersion: () =>
      idOf(db.select({ id: versions.id }).from(versions).where(eq(versions.kind, 'award')).limit(1)),
    async comingRule() {
      const body = { ...demoServiceRule, pointsPerHour: 12 };
      const from = addDays('2026-07-01', days++);
      const said = { reason: '居民代表会议决定', basis: '第 9 号会议纪要', actor: colleague };
      return must(await publishVersion(deps, { place: community, body, from, ...said })).id;
    },
    async service() {
      const startsAt = Date.parse('2026-06-01T09:00+08:00') + (days++ % 10) * 24 * 3_600_000;
      const endsAt = startsAt + 2 * 3_600_000;
      const attended = { startsAt, endsAt, attendedFrom: startsAt, attendedTo: endsAt };
      const input = { ...attended, place: community, member, type: '人居环境', trust: 'roll-call' as const };
      const by = { actor: colleague, key: uuid(), scope: `place:${community}` };
      return must(await recordService(deps, { input, ...by })).service;
    },
    purchase: async () => (await till.bought(member, '58.50')).id,
    ...shelfThings(app, { merchant, member }),
    redemption: async () => (await till.taken(member, 300, 'CON')).id,
    code: () => till.resolved(member),
    digits: async () => (await till.show(member)).digits,
    async verification() {
      const { id } = must(await startVerification(deps, { book: BOOK, by: 'person:auditor' }));
      while ((await findVerification(deps, { book: BOOK, id }))?.state === 'running')
        await new Promise((done) => setTimeout(done, 20));
      return id;
    },
    async transaction() {
      const mine = and(eq(services.member, member), eq(services.state, 'released'));
      const [row] = await db
        .select({ id: services.settledTransaction })
        .from(services)
        .where(and(mine, isNotNull(services.settledTransaction)))
        .orderBy(asc(services.id))
        .limit(1);
      return String(row!.id);
    },
    latestEntry: async () =>
      String((await memberMovements(app.engine, { book: BOOK, member, limit: 1 }))[0]!.transaction),
    inquiry: asked,
    async answeredInquiry() {
      const inquiry = await asked();
      const by = actorNamed(uuid(), { role: 'staff', place: community });
      must(await answerInquiry(deps, { inquiry, version: 1, text: '一次最多记两个小时。', actor: by }));
      return inquiry;
    },
    notice: async () => (await told()).notice,
    delivery: async () => (await told()).delivery,
    signInCode: () => fixtures['signInCode']!(app, estate),
    ...phonesOf(world),
    ...consentsOf(world),
    ...{ username: () => Promise.resolve(newcomer.username), password: () => Promise.resolve(PASSWORD) },
  };
  return { administered, find };
}
