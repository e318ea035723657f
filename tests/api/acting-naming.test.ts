/** 请家人代办: how a resident names a relative, on their own page or at the desk, and how it ends. */
import { asc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { actingFor } from '../support/acting.ts';
import { codeOf, startApp, type TestApp, type TestPerson, type Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';

eachEngine((_name, open) => {
  let app: TestApp;
  let estate: string;
  let staff: TestPerson;

  beforeAll(async () => {
    app = await startApp(await open());
    estate = await app.place('estate', await app.place('community'));
    staff = await app.person({ role: 'staff', place: estate });
  });

  const json = async (answer: Response) => (await answer.json()) as Record<string, unknown>;
  const member = () => app.person({ role: 'member', place: estate });
  const name = (by: Visitor, body: object) => app.request('/api/v1/me/helpers', { by, json: body });
  const showCode = async (by: Visitor) => {
    const made = await app.request('/api/v1/me/helper-codes', { method: 'POST', by });
    return (await json(made))['digits'] as string;
  };
  const resolve = (by: Visitor, code: string) =>
    app.request('/api/v1/me/helper-codes/resolve', { by, json: { code } });
  const atDesk = (resident: string) => `/api/v1/estates/${estate}/residents/${resident}/helpers`;
  const noticesOf = async (person: string) => {
    const { notices: t } = app.engine.tables;
    const of = eq(t.person, person);
    const rows = await app.engine.db.select({ kind: t.kind }).from(t).where(of).orderBy(asc(t.id));
    return rows.map(({ kind }) => kind);
  };
  async function livesIn(person: string, house: string): Promise<void> {
    const row = { id: uuid(), version: 1, house, person, relation: 'family' as const, createdAt: 0 };
    await app.engine.db.insert(app.engine.tables.residencies).values({ ...row, since: '2020-01-01' });
  }
  async function houseOf(...people: string[]): Promise<void> {
    const row = { id: uuid(), version: 1, estate, building: '1', unit: '1', room: uuid(), createdAt: 0 };
    await app.engine.db.insert(app.engine.tables.houses).values(row);
    for (const person of people) await livesIn(person, row.id);
  }

  describe('a resident names', () => {
    it('somebody of their house, for a year if nothing is said, and both are told', async () => {
      const [mother, son, neighbour] = [await member(), await member(), await member()];
      await houseOf(mother.id, son.id);
      await houseOf(neighbour.id);
      const mates = await json(await app.request('/api/v1/me/housemates', { by: mother }));
      expect(mates).toMatchObject({ items: [{ id: son.id, relation: 'family' }] });
      expect(await codeOf(await name(mother, { person: neighbour.id, may: 'spend' }))).toBe('not-found');
      expect(await codeOf(await name(mother, { person: mother.id, may: 'spend' }))).toBe('not-found');
      const given = await name(mother, { person: son.id, may: 'spend' });
      expect(await json(given)).toMatchObject({ state: 'standing', lastDay: '2027-06-14', given: 'house' });
      expect([await noticesOf(mother.id), await noticesOf(son.id)]).toEqual([
        ['helper-named'],
        ['helps-now'],
      ]);
      const points = await app.request('/api/v1/me/points', { by: actingFor(son, mother.id) });
      expect(points.status).toBe(200);
    });

    it('whose code they typed, which counts once and for ten minutes', async () => {
      const [mother, daughter] = [await member(), await app.person()];
      const code = await showCode(daughter);
      expect(await json(await resolve(mother, code))).toEqual({ name: '王*' });
      expect((await name(mother, { code, may: 'view' })).status).toBe(201);
      expect(await codeOf(await name(mother, { code, may: 'spend' }))).toBe('helper-code-unknown');
      const late = await showCode(daughter);
      app.clock.now += 10 * 60_000;
      expect(await codeOf(await resolve(mother, late))).toBe('helper-code-unknown');
    });

    it('nobody by guessing: a wrong code, an old one and their own answer alike, and five tries lock', async () => {
      const [mother, daughter] = [await member(), await app.person()];
      const old = await showCode(daughter);
      const code = await showCode(daughter);
      const own = await showCode(mother);
      const answers = await Promise.all([old, own, '00000000'].map((typed) => resolve(mother, typed)));
      const bodies = await Promise.all(answers.map((answer) => answer.text()));
      expect(new Set(bodies).size).toBe(1);
      await resolve(mother, '00000001');
      await resolve(mother, '00000002');
      expect(await codeOf(await resolve(mother, code))).toBe('locked-out');
      expect(await codeOf(await name(mother, { code, may: 'view' }))).toBe('locked-out');
    });

    it('for three years at most, and no more than five people', async () => {
      const mother = await member();
      const of = (days: object) => async () =>
        name(mother, { code: await showCode(await app.person()), may: 'view', ...days });
      for (const until of ['2026-06-15', '2029-06-16', '2026-01-01'])
        expect(await codeOf(await of({ until })()), until).toBe('invalid-input');
      for (let nth = 0; nth < 5; nth += 1) expect((await of({ until: '2029-06-15' })()).status).toBe(201);
      expect(await codeOf(await of({})())).toBe('too-many-helpers');
      expect(await codeOf(await name(mother, { may: 'view' }))).toBe('invalid-input');
    });

    it('somebody anew: the consent before ends, and one stands', async () => {
      const [mother, son] = [await member(), await member()];
      await houseOf(mother.id, son.id);
      await name(mother, { person: son.id, may: 'spend' });
      await name(mother, { person: son.id, may: 'view' });
      const { items } = (await json(await app.request('/api/v1/me/helpers', { by: mother }))) as {
        items: object[];
      };
      expect(items).toMatchObject([
        { may: 'view', state: 'standing' },
        { may: 'spend', state: 'ended' },
      ]);
    });

    it('never in somebody else’s name, and none acts through two', async () => {
      const [mother, son, wife] = [await member(), await member(), await member()];
      await houseOf(mother.id, son.id, wife.id);
      await name(mother, { person: son.id, may: 'spend' });
      await name(son, { person: wife.id, may: 'spend' });
      const acting = actingFor(son, mother.id);
      expect(await codeOf(await name(acting, { person: wife.id, may: 'spend' }))).toBe('not-allowed');
      const through = await app.request('/api/v1/me/points', { by: actingFor(wife, mother.id) });
      expect(through.status).toBe(404);
      const settings = await app.request('/api/v1/me/notice-settings', { by: acting });
      expect(settings.status).toBe(403);
    });
  });

  describe('at the desk', () => {
    it('staff record the paper by its number; the resident is told, by a slip too', async () => {
      const [mother, son] = [await app.resident(), await member()];
      await houseOf(mother, son.id);
      const recorded = await app.request(atDesk(mother), {
        by: staff,
        json: { helper: son.id, may: 'spend', paper: '代-2026-017' },
      });
      expect(recorded.status).toBe(201);
      const consent = await json(recorded);
      expect(consent).toMatchObject({ given: 'paper', paper: '代-2026-017' });
      expect(await noticesOf(mother)).toEqual(['helper-named']);
      const { deliveries: t, accessLog } = app.engine.tables;
      const slips = await app.engine.db.select().from(t).where(eq(t.person, mother));
      expect(slips).toMatchObject([{ place: estate, channel: 'desk', state: 'waiting' }]);
      const log = await app.engine.db
        .select()
        .from(accessLog)
        .where(eq(accessLog.subject, `person:${mother}`));
      expect(log).toMatchObject([
        { action: 'name-helper', actor: `person:${staff.id}`, reason: '代-2026-017' },
      ]);
      const ended = await app.request(`/api/v1/helpers/${String(consent['id'])}`, {
        method: 'DELETE',
        by: staff,
      });
      expect(ended.status).toBe(204);
      expect(await noticesOf(mother)).toEqual(['helper-named', 'helper-ended']);
    });

    it('nobody records themselves, a stranger, or without a number', async () => {
      const [mother, son] = [await app.resident(), await member()];
      await houseOf(mother, son.id);
      const record = (json: object) =>
        app.request(atDesk(mother), { by: staff, json: { may: 'spend', paper: '1', ...json } });
      expect(await codeOf(await record({ helper: staff.id }))).toBe('second-person-needed');
      expect(await codeOf(await record({ helper: uuid() }))).toBe('not-found');
      expect(await codeOf(await record({ helper: (await member()).id }))).toBe('not-found');
      expect(await codeOf(await record({ helper: son.id, paper: ' ' }))).toBe('invalid-input');
      const elsewhere = await app.request(atDesk((await member()).id), { by: staff });
      expect(elsewhere.status).toBe(404);
    });
  });
});
