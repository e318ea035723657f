/**
 * The demo estate, ready for every example of the documentation: for each thing that the examples name
 * (api/platform/example.ts) it finds or makes the real one, just before an example is sent.
 */
import { asc, eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { DEMO_PASSWORD } from '../../api/demo/crew.ts';
import { seedDemo, type DemoSize } from '../../api/demo/seed.ts';
import type { Engine } from '../../api/db/index.ts';
import { post } from '../../api/ledger/index.ts';
import { roles, type NamedInExamples } from '../../api/platform/index.ts';
import { FAR_END, must } from './demo-programme.ts';
import { findersOf, idOf } from './example-things.ts';
import { nobody, openApp, signIn, type TestApp, type Visitor } from './whole-app.ts';

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
    /** Signs in by the code of a phone, and has no password yet. */
    readonly phoneOnly: Visitor;
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
  const { places, funds } = tables;
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
  // What the worked month left her is gone with the first offset, and the shops' examples want some too.
  const [shopFund] = await db.select().from(funds).where(eq(funds.place, merchant)).limit(1);
  const { id: paying, unit, rateMicro, budgetReturns } = shopFund!;
  const series = { expiresAt: FAR_END, rateMicro, budgetReturns };
  const more = { do: 'credit' as const, member, fund: paying, unit, amount: 3_000, series };
  const ask = { book: BOOK, scope: 'test', key: uuid(), request: 'more' };
  must(await post(deps, ask, { actor: 'test', place: merchant, commands: [more] }));
  const newcomer = await app.person({ role: 'member', place: estate });

  const phoneOnly = await whoHasNoPassword(app, estate);

  const { administered, find } = findersOf({
    app,
    made,
    street,
    community,
    merchant,
    member,
    worker,
    newcomer,
    phoneOnly,
  });

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
      machine: await app.key({ scopes: ['ledger:write', 'shop:write'], place: '' }),
      nobody,
      newcomer,
      phoneOnly,
    },
  };
}

async function whoHasNoPassword(app: TestApp, estate: string) {
  const { people, users } = app.engine.tables;
  const phone = '13627182820';
  const id = await app.resident({ role: 'member', place: estate });
  await app.engine.db.update(people).set({ phone }).where(eq(people.id, id));
  const at = new Date(app.clock.now);
  const made = { emailVerified: false, createdAt: at, updatedAt: at };
  await app.engine.db.insert(users).values({ id, name: id, email: `${id}@linli.invalid`, ...made });
  const { api } = app.server.deps.identity.auth;
  const answer = await api.signInPerson({ body: { person: id }, asResponse: true });
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
  return { phone, headers: { cookie: cookie.join('; ') } };
}
