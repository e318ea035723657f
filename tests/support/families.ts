/** Mothers over seventy who never signed in, with points and June's bill, and their daughters who act for them (代办). */
import { eq } from 'drizzle-orm';
import { actingFor, helperOf } from './acting.ts';
import { givePoints, JUNE_20, openFeesWorld, residentOf, takeBills, takeRoster } from './fees-world.ts';
import type { TestApp, Visitor } from './whole-app.ts';

const ROOMS = Array.from({ length: 18 }, (_, at) => String(101 + at).padStart(4, '0'));

export async function openFamilies(app: TestApp) {
  const world = await openFeesWorld(app);
  await takeRoster(
    world,
    ROOMS.map((room, at) => `3,2,${room},王玉兰,138000001${10 + at},业主,,`),
  );
  await takeBills(world, Object.fromEntries(ROOMS.map((room) => [room, '118.32'])), 'june.csv');
  const staff = await app.person({ role: 'staff', place: world.community.id });
  const rooms = ROOMS.values();

  return {
    ...world,
    staff,

    /** The next one. */
    async family(may: 'view' | 'spend' = 'spend') {
      const room = rooms.next().value ?? '';
      app.clock.now = JUNE_20;
      const mother = await residentOf(world, room);
      await givePoints(world, mother, { con: 3_189, vol: 36 });
      const { bills: t, houses } = app.engine.tables;
      const [bill] = await app.engine.db
        .select({ id: t.id, house: t.house })
        .from(t)
        .innerJoin(houses, eq(houses.id, t.house))
        .where(eq(houses.room, room));
      const daughter = await helperOf(app, mother, { may });
      return { mother, daughter, bill: bill!.id, house: bill!.house, for: actingFor(daughter, mother) };
    },

    async get(path: string, by: Visitor) {
      const answer = await app.request(path, { by });
      return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) };
    },

    async noticesOf(person: string): Promise<string[]> {
      const { notices: t } = app.engine.tables;
      const rows = await app.engine.db.select({ kind: t.kind }).from(t).where(eq(t.person, person));
      return rows.map(({ kind }) => kind).sort();
    },
  };
}

export type Families = Awaited<ReturnType<typeof openFamilies>>;
