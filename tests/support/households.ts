/** Households of one estate with June's bill each: people who can sign in, with points, and who agreed to pay together. */
import { and, eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { cancelOffset, confirmOffset, quoteForBill, resolveBreak } from '../../api/fees/index.ts';
import { agreeToPool } from '../../api/fees/pool-consents.ts';
import { seenOf } from '../../api/fees/quote-offset.ts';
import { balancesOf } from '../../api/ledger/index.ts';
import { bodyOf, type Facts, type NoticeKind } from '../../api/notices/rules/index.ts';
import { endResidency } from '../../api/places/change-residency.ts';
import { isProblem, type PersonActor, type Problem } from '../../api/platform/index.ts';
import {
  givePoints,
  JUNE_20,
  ok,
  openFeesWorld,
  takeBills,
  takeRoster,
  type FeesWorld,
} from './fees-world.ts';
import { CLERK } from './june-month.ts';
import type { TestApp, TestPerson } from './whole-app.ts';

type Relation = 'owner' | 'family' | 'tenant';
type Points = { vol?: number; con?: number };

export async function openHouseholds(app: TestApp, rooms: readonly string[]) {
  return householdsOf(await openFeesWorld(app), rooms);
}

/** The same of another estate of a world that is open. */
export async function householdsOf(world: FeesWorld, rooms: readonly string[]) {
  const { deps, app } = world;
  const { db, tables } = app.engine;
  // Somebody whose name is on the roster and who never comes: a house is made by a row of it.
  await takeRoster(
    world,
    rooms.map((room) => `3,2,${room},户主${room},,业主,,`),
  );
  await takeBills(world, Object.fromEntries(rooms.map((room) => [room, '118.32'])), 'june.csv');

  async function houseOf(room: string): Promise<string> {
    const { houses: t } = tables;
    const [row] = await db
      .select({ id: t.id })
      .from(t)
      .where(and(eq(t.estate, world.estate.id), eq(t.room, room)));
    return row!.id;
  }

  async function moveIn(person: string, room: string, relation: Relation): Promise<string> {
    const row = { id: uuid(), version: 1, house: await houseOf(room), person, relation, until: null };
    await db.insert(tables.residencies).values({ ...row, since: '2026-01-01', createdAt: app.clock.now });
    return row.id;
  }

  async function billOf(room: string): Promise<string> {
    const { bills: t } = tables;
    const [row] = await db
      .select({ id: t.id })
      .from(t)
      .where(eq(t.house, await houseOf(room)));
    return row!.id;
  }

  /** Somebody of a house who can sign in. */
  async function person(room: string, relation: Relation, points: Points): Promise<TestPerson> {
    const made = await app.person({ role: 'member', place: world.estate.id });
    await moveIn(made.id, room, relation);
    await givePoints(world, made.id, points);
    return made;
  }

  async function agree(member: string, room: string) {
    return ok(await agreeToPool(deps, { house: await houseOf(room), person: member, until: null }));
  }

  const left = rooms.values();
  const nextRoom = (): string => left.next().value ?? '';

  return {
    ...world,
    houseOf,
    moveIn,
    billOf,
    person,
    agree,
    nextRoom,

    /** The next house, with its owner, ¥10.00 of points, and her husband, ¥40.00, who agreed. */
    async household(of: { agreed?: boolean; relation?: 'family' | 'tenant' } = {}) {
      app.clock.now = JUNE_20;
      const room = nextRoom();
      const wife = await person(room, 'owner', { con: 1_000 });
      const husband = await person(room, of.relation ?? 'family', { con: 4_000 });
      if (of.agreed ?? true) await agree(husband.id, room);
      return { room, wife, husband, bill: await billOf(room), house: await houseOf(room) };
    },

    async cancel(offset: string, by: TestPerson) {
      const actor: PersonActor = { kind: 'person', person: by.id, roles: [] };
      return ok(await cancelOffset(deps, { offset, actor, key: uuid(), scope: `person:${by.id}` }));
    },

    async noticesOf(member: string): Promise<string[]> {
      const { notices: t } = tables;
      const rows = await db.select({ kind: t.kind }).from(t).where(eq(t.person, member));
      return rows.map(({ kind }) => kind).sort();
    },

    /** What these say, one after the other. */
    async textsOf(member: string): Promise<string> {
      const { notices: t } = tables;
      const rows = await db.select().from(t).where(eq(t.person, member)).orderBy(t.id);
      return rows.map(({ kind, facts }) => bodyOf(kind as NoticeKind, facts as Facts).zh).join('\n');
    },

    async stateOf(offset: string) {
      const { offsets: t } = tables;
      const [row] = await db.select().from(t).where(eq(t.id, offset));
      return row!;
    },

    /** What the firm sent back, released by the accountant. */
    async giveBackOpen() {
      const { breaks: t } = tables;
      for (const { id } of await db.select({ id: t.id }).from(t).where(eq(t.state, 'open'))) {
        const of = { break: id, resolution: 'release' as const, comment: '账单已作废', actor: CLERK };
        ok(await resolveBreak(deps, { ...of, key: uuid(), scope: `place:${world.estate.id}` }));
      }
    },

    /** What a member's page shows and then confirms. */
    async payTogether(bill: string, member: string, wantedFen?: number, by = deps) {
      const asked = { bill, member, together: true, ...(wantedFen !== undefined && { wantedFen }) };
      const quoted = await quoteForBill(by, asked);
      if (isProblem(quoted)) return quoted;
      return confirm({ bill, member, valueFen: quoted.quote.valueFen, seen: seenOf(quoted) }, by);
    },
    confirm,

    /** What a member has, by role. */
    async pointsOf(person: string): Promise<Record<string, number>> {
      const held: Record<string, number> = {};
      for (const { role, unit, balance } of await balancesOf(app.engine, { book: 1, owner: person }))
        held[`${role} ${unit}`] = (held[`${role} ${unit}`] ?? 0) + balance;
      return held;
    },

    /** Staff write down that somebody's only link to a house ends, or that it does not after all. */
    async ends(person: string, until: string | null) {
      const { residencies: t } = tables;
      const [link] = await db.select().from(t).where(eq(t.person, person));
      const as = { residency: link!.id, until, version: link!.version, reason: 'mistake' as const };
      ok(await endResidency({ ...deps, tell: async () => {} }, CLERK, as));
    },

    /** How the words stand that were given for a house. */
    async wordsOf(house: string): Promise<string[]> {
      const { poolConsents: t } = tables;
      const rows = await db.select().from(t).where(eq(t.house, house));
      return rows.map(({ endedAt }) => (endedAt === null ? 'stands' : 'ended'));
    },

    /** Back to where every test of a file begins. */
    inJune() {
      app.clock.now = JUNE_20;
    },
  };

  function confirm(
    of: { bill: string; member: string; valueFen: number; seen: string | undefined },
    by = deps,
  ): Promise<{ offset: string } | Problem> {
    const { seen, ...input } = of;
    const actor: PersonActor = { kind: 'person', person: of.member, roles: [] };
    const asked = { ...input, ...(seen !== undefined && { seen }) };
    return confirmOffset(by, { input: asked, actor, key: uuid(), scope: `person:${of.member}` });
  }
}

export type Households = Awaited<ReturnType<typeof openHouseholds>>;
