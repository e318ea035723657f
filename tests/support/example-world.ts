/**
 * The demo estate, ready for every example of the documentation: for each thing that the examples name
 * (api/platform/example.ts) it finds or makes the real one, just before an example is sent.
 */
import { and, asc, desc, eq, isNotNull } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { DEMO_PASSWORD } from '../../api/demo/crew.ts';
import { seedDemo, type DemoSize } from '../../api/demo/seed.ts';
import type { Engine } from '../../api/db/index.ts';
import { cancelOffset, closeMonth, confirmOffset, importPostedList } from '../../api/fees/index.ts';
import { mintSetUpLink } from '../../api/identity/index.ts';
import { post, startVerification } from '../../api/ledger/index.ts';
import { findVerification } from '../../api/ledger/verify/verifications.ts';
import { roles, type NamedInExamples } from '../../api/platform/index.ts';
import { requestBudget } from '../../api/programme/index.ts';
import { recordService } from '../../api/volunteering/index.ts';
import { counterOf } from './demo-counter.ts';
import { actorNamed, FAR_END, must } from './demo-programme.ts';
import { nobody, openApp, PASSWORD, signIn, type TestApp, type Visitor } from './whole-app.ts';

const SMALL: DemoSize = { houses: 24, people: 56, shops: 4 };
const NOW = Date.parse('2026-06-20T12:00+08:00');
const BOOK = 1;

export interface ExampleWorld {
  readonly app: TestApp;
  /** The real thing that a name of the examples stands for, fresh enough to be used once. */
  real(name: NamedInExamples): Promise<string>;
  /** Somebody of the kind that a route lets in. */
  readonly visitors: {
    /** Holds every role of those who work here, everywhere. */
    readonly worker: Visitor;
    readonly member: Visitor;
    readonly machine: Visitor;
    readonly nobody: Visitor;
    /** Signed in with the name and password that the examples show. */
    readonly newcomer: Visitor;
  };
  /** Ends what it started; the database stays open. */
  close(): Promise<void>;
}

export async function openExampleWorld(engine: Engine): Promise<ExampleWorld> {
  const off = { perSecond: 0, burst: 0 };
  const config = { limits: { key: off, person: off, address: off } };
  const seeding = await openApp(engine);
  const setClock = (at: number) => void (seeding.clock.now = at);
  const size = { seed: 'examples', now: NOW, size: SMALL };
  const made = await seedDemo(seeding.server.deps, { ...size, setClock, report: () => undefined });

  const files = [...made.files.keys()];
  const readFile = (name: string) => Promise.resolve(made.files.get(name)!);
  const demo = { people: made.people, password: DEMO_PASSWORD, files, readFile };
  const app = await openApp(engine, { config, demo });
  app.clock.now = NOW;

  const { deps } = app.server;
  const { db, tables } = engine;
  const { places, funds, houses, residencies, offsets, bills, imports, breaks, services } = tables;
  const idOf = async (rows: Promise<{ id: string }[]>): Promise<string> => {
    const [row] = await rows;
    if (row === undefined) throw new Error('the demo estate has none');
    return row.id;
  };
  const demoPerson = (who: string) => made.people.find((person) => person.who === who)!;
  const { person: member, username } = demoPerson('volunteer');
  const placeOf = (kind: 'street' | 'community' | 'merchant') =>
    idOf(
      db.select({ id: places.id }).from(places).where(eq(places.kind, kind)).orderBy(asc(places.id)).limit(1),
    );
  const [street, community, merchant] = [
    await placeOf('street'),
    await placeOf('community'),
    await placeOf('merchant'),
  ];
  const { estate } = made;
  const everywhere = roles.filter((role) => role !== 'member').map((role) => ({ role, place: '' }));
  const worker = await app.person(...everywhere);
  const till = counterOf(app, merchant, worker);
  const colleague = actorNamed();
  const asMember = { actor: actorNamed(member), scope: `person:${member}` };
  // What the worked month left her is gone with the first offset, and the shops' examples want some too.
  const [shopFund] = await db.select().from(funds).where(eq(funds.place, merchant)).limit(1);
  const { id: paying, unit, rateMicro, budgetReturns } = shopFund!;
  const series = { expiresAt: FAR_END, rateMicro, budgetReturns };
  const more = { do: 'credit' as const, member, fund: paying, unit, amount: 3_000, series };
  const ask = { book: BOOK, scope: 'test', key: uuid(), request: 'more' };
  must(await post(deps, ask, { actor: 'test', place: merchant, commands: [more] }));
  const newcomer = await app.person({ role: 'member', place: estate });

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
    const fileName = files.find((name) => name.startsWith('入账清单'))!;
    const file = { source: made.files.get(fileName)!, fileName };
    const actor = `person:${demoPerson('accountant').person}` as const;
    const report = must(await importPostedList(deps, { estate, file, dryRun: false, actor }));
    return report.import!;
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
    const json = { name: '何晓燕', role: 'clerk' };
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
  let days = 0;

  const find: Readonly<Record<NamedInExamples, () => Promise<string>>> = {
    street: () => Promise.resolve(street),
    community: () => Promise.resolve(community),
    estate: () => Promise.resolve(estate),
    merchant: () => Promise.resolve(merchant),
    person: () => Promise.resolve(member),
    neighbour: () => app.resident({ role: 'member', place: estate }),
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
      const month = `2025-${String(12 - (days++ % 3)).padStart(2, '0')}`;
      const at = { place: community, month, actor: colleague, key: uuid(), scope: `place:${community}` };
      return must(await closeMonth(deps, at)).closure;
    },
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
    async service() {
      const startsAt = Date.parse('2026-06-01T09:00+08:00') + (days++ % 10) * 24 * 3_600_000;
      const endsAt = startsAt + 2 * 3_600_000;
      const attended = { startsAt, endsAt, attendedFrom: startsAt, attendedTo: endsAt };
      const input = { ...attended, place: community, member, type: '人居环境', trust: 'roll-call' as const };
      const by = { actor: colleague, key: uuid(), scope: `place:${community}` };
      return must(await recordService(deps, { input, ...by })).service;
    },
    purchase: async () => (await till.bought(member, '58.50')).id,
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
    username: () => Promise.resolve(newcomer.username),
    password: () => Promise.resolve(PASSWORD),
  };

  return {
    app,
    async close() {
      for (const opened of [app, seeding]) await opened.stop();
    },
    async real(name) {
      if (name !== 'setUpLink') await administered();
      return find[name]();
    },
    visitors: {
      worker,
      member: { headers: { cookie: await signIn(app.request, username, DEMO_PASSWORD) } },
      machine: await app.key({ scopes: ['ledger:write'], place: '' }),
      nobody,
      newcomer,
    },
  };
}
