/** 窗口代办: staff do something for a resident who stands before them; who acts for whom is no third person, and for nobody who died. */
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { explainers } from '../../api/app.ts';
import { makeNotices } from '../../api/notices/index.ts';
import { relativesAmong } from '../../api/volunteering/relatives.ts';
import type { Service } from '../../api/volunteering/service.ts';
import { actingFor } from '../support/acting.ts';
import { codeOf, PASSWORD, startApp, type TestApp, type Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { openFamilies, type Families } from '../support/families.ts';

eachEngine((_name, open) => {
  let app: TestApp;
  let world: Families;

  beforeAll(async () => {
    app = await startApp(await open());
    world = await openFamilies(app);
  });

  const at = (resident: string) => `/api/v1/estates/${world.estate.id}/residents/${resident}`;

  describe('at the desk', () => {
    const present = { present: true, identified: 'id-card' };

    it('staff offset a bill for a resident who stands before them, and take it back, recorded as such', async () => {
      const { mother, daughter, bill } = await world.family('view');
      const path = `${at(mother)}/bills/${bill}`;
      expect(await world.get(`${path}/offset-quote`, world.staff)).toMatchObject({
        status: 200,
        value: '35.49',
      });
      const ask = (json: object, by: Visitor = world.staff) =>
        app.request(`${path}/offsets`, { by, key: uuid(), json: { value: '35.49', ...json } });
      expect(await codeOf(await ask({ identified: 'id-card' }))).toBe('invalid-input');
      const made = await ask(present);
      expect(made.status).toBe(201);
      const document = (await made.json()) as { id: string; hold: string };
      expect(document).toMatchObject({ member: { id: mother }, actedBy: { as: 'staff', name: '王*' } });
      const { transactions: t, offsets } = app.engine.tables;
      const [row] = await app.engine.db
        .select()
        .from(t)
        .where(eq(t.id, Number(document.hold)));
      expect(row!.actor).toBe(`person:${world.staff.id}`);
      const [kept] = await app.engine.db.select().from(offsets).where(eq(offsets.id, document.id));
      expect(kept!.actedBy).toEqual({ by: `person:${world.staff.id}`, identified: 'id-card' });
      await makeNotices(world.deps, explainers);
      expect(await world.noticesOf(mother)).toEqual(['acted-for']);
      const list = await app.request(`${at(mother)}/offsets`, { by: world.staff });
      expect(await list.json()).toMatchObject({ items: [{ id: document.id, actedBy: { as: 'staff' } }] });
      expect((await app.request(`${at(mother)}/offsets`, { by: daughter })).status).toBe(403);
      const cancel = (whom: string) =>
        app.request(`${at(whom)}/offsets/${document.id}/cancellation`, {
          ...{ by: world.staff, key: uuid(), json: present },
        });
      expect((await cancel((await world.family()).mother)).status).toBe(404);
      expect(await (await cancel(mother)).json()).toMatchObject({
        state: 'cancelled',
        cancelledBy: { as: 'staff' },
      });
    });

    it('nobody serves themselves, or somebody of another house', async () => {
      const { bill } = await world.family('view');
      const other = await world.family('view');
      const ask = (resident: string, by: Visitor) =>
        app.request(`${at(resident)}/bills/${bill}/offsets`, {
          ...{ by, key: uuid(), json: { value: '35.49', ...present } },
        });
      expect(await codeOf(await ask(other.mother, world.staff))).toBe('not-owner-or-family');
      expect(await codeOf(await ask(uuid(), world.staff))).toBe('not-found');
    });

    describe('a question about an entry', () => {
      type Asked = { id: string; version: number; state: string; actedBy?: object; recordedByMe?: boolean };
      /** What the mother was given for volunteering, which the community's desk explains. */
      const given = async (mother: string): Promise<string> => {
        const seen = await world.get(`${at(mother)}/movements`, world.staff);
        return (seen as unknown as { items: { transaction: string }[] }).items[0]!.transaction;
      };
      const ask = (mother: string, transaction: string, by: Visitor = world.staff, json: object = {}) =>
        app.request(`${at(mother)}/transactions/${transaction}/inquiries`, {
          ...{ by, json: { text: '怎么是这么多？', ...present, ...json } },
        });

      it('is asked by staff for a resident who stands before them, recorded as such, and told to her', async () => {
        const { mother, daughter } = await world.family('view');
        const transaction = await given(mother);
        const why = await world.get(`${at(mother)}/transactions/${transaction}/why`, world.staff);
        expect(why).toMatchObject({ status: 200, transaction });
        expect(await codeOf(await ask(mother, transaction, world.staff, { present: false }))).toBe(
          'invalid-input',
        );
        const made = await ask(mother, transaction);
        expect(made.status).toBe(201);
        const asked = (await made.json()) as Asked;
        expect(asked).toMatchObject({ state: 'open', actedBy: { as: 'staff', name: '王*' } });
        const { inquiries: t } = app.engine.tables;
        const [kept] = await app.engine.db.select().from(t).where(eq(t.id, asked.id));
        expect(kept).toMatchObject({
          member: mother,
          actedBy: { by: `person:${world.staff.id}`, identified: 'id-card' },
        });
        await makeNotices(world.deps, explainers);
        expect(await world.noticesOf(mother)).toContain('asked-for');
        expect(await codeOf(await ask(mother, transaction))).toBe('inquiry-open');
        const own = await app.request(`/api/v1/me/inquiries?transaction=${transaction}`, {
          ...{ by: daughter, headers: { 'Linli-For': mother } },
        });
        expect(await own.json()).toMatchObject({ items: [{ id: asked.id, actedBy: { as: 'staff' } }] });
        const here = await world.get(`${at(mother)}/inquiries?transaction=${transaction}`, world.staff);
        expect(here).toMatchObject({ items: [{ id: asked.id }] });
      });

      it('is answered by another than who asked it for her, who is not told to either', async () => {
        const { mother } = await world.family('view');
        const asked = (await (await ask(mother, await given(mother))).json()) as Asked;
        expect(asked).toMatchObject({ recordedByMe: true });
        const answerBy = (by: Visitor) =>
          app.request(`/api/v1/inquiries/${asked.id}/answer`, {
            ...{ by, json: { text: '按规则算的。', version: asked.version } },
          });
        expect(await codeOf(await answerBy(world.staff))).toBe('second-person-needed');
        const waits = async (by: Visitor) => {
          const { items } = (await world.get('/api/v1/me/tasks', by)) as { items?: { kind: string }[] };
          return items?.some(({ kind }) => kind === 'answer-inquiry');
        };
        const colleague = await app.person({ role: 'staff', place: world.community.id });
        expect([await waits(world.staff), await waits(colleague)]).toEqual([false, true]);
        expect((await answerBy(colleague)).status).toBe(200);
      });

      it('of somebody else’s entry, of another estate, or of one’s own is not asked at the desk', async () => {
        const [{ mother }, other] = [await world.family('view'), await world.family('view')];
        const transaction = await given(mother);
        expect(await codeOf(await ask(other.mother, transaction))).toBe('not-found');
        const elsewhere = `${at(other.mother)}/transactions/${transaction}/why`;
        expect((await app.request(elsewhere, { by: world.staff })).status).toBe(404);
        expect((await ask(mother, transaction, other.daughter)).status).toBe(403);
        const stranger = await app.person({ role: 'staff', place: await app.place('community') });
        expect((await ask(mother, transaction, stranger)).status).toBe(404);
        const lives = await app.person({ role: 'staff', place: world.community.id });
        await makeHome(lives.id, mother);
        expect(await codeOf(await ask(lives.id, transaction, lives))).toBe('second-person-needed');
      });

      async function makeHome(person: string, like: string): Promise<void> {
        const { residencies: t } = app.engine.tables;
        const [home] = await app.engine.db.select().from(t).where(eq(t.person, like));
        await app.engine.db.insert(t).values({ ...home!, id: uuid(), person });
      }
    });
  });

  describe('after a death', () => {
    const die = async (person: string, by: Visitor = world.staff) => {
      const { residencies: t } = app.engine.tables;
      const [home] = await app.engine.db.select().from(t).where(eq(t.person, person));
      const json = { until: '2026-06-20', reason: 'death', version: home!.version };
      return app.request(`/api/v1/residencies/${home!.id}/ending`, { by, json });
    };
    const offset = (bill: string, by: Visitor) =>
      app.request(`/api/v1/bills/${bill}/offsets`, { by, key: uuid(), json: { value: '35.49' } });

    it('consents given and got end, she is signed out, and who helped is told', async () => {
      const { mother, daughter, for: by } = await world.family();
      const helped = await world.family('view');
      await consentOf(helped.mother, mother);
      expect((await app.request('/api/v1/me/points', { by })).status).toBe(200);
      expect((await die(mother)).status).toBe(200);
      expect((await app.request('/api/v1/me/points', { by })).status).toBe(404);
      const { proxies: t } = app.engine.tables;
      for (const of of [eq(t.principal, mother), eq(t.proxy, mother)]) {
        const rows = await app.engine.db.select().from(t).where(of);
        expect(rows.map(({ endedAt, endedBy }) => [endedAt, endedBy])).toEqual([
          [app.clock.now, `person:${world.staff.id}`],
        ]);
      }
      expect(await world.noticesOf(daughter.id)).toEqual(['helper-ended']);
      expect(await world.noticesOf(helped.mother)).toEqual(['helper-ended']);
      expect(await world.noticesOf(mother)).toEqual([]);
    });

    it('nobody acts for them, by whichever way', async () => {
      const { mother, daughter, bill, for: by } = await world.family();
      // She had a password, a session and another home, and her daughter has her phone now.
      const herself = await app.person({ role: 'member', place: world.estate.id });
      await moveIn(herself.id, mother, 'owner');
      await app.request('/api/v1/me', { by: herself });
      expect((await die(herself.id)).status).toBe(200);
      await moveIn(herself.id, mother, 'family');
      await consentOf(herself.id, daughter.id);
      const her = at(herself.id);
      const acting = actingFor(daughter, herself.id);
      const inPerson = { value: '35.49', present: true, identified: 'known' };
      const paper = { helper: daughter.id, may: 'spend', paper: '代-1' };
      const password = { username: herself.username, password: PASSWORD };
      const { auth } = app.server.deps.identity;
      const ways: [string, Response][] = [
        [
          'a code to her phone',
          await auth.api.signInPerson({ body: { person: herself.id }, asResponse: true }),
        ],
        ['her session', await app.request('/api/v1/me/points', { by: herself })],
        ['her session spends', await offset(bill, herself)],
        ['her password', await app.request('/api/auth/sign-in/username', { json: password })],
        ['a relative looks', await app.request('/api/v1/me/points', { by: acting })],
        ['a relative spends', await offset(bill, acting)],
        ['a relative’s code', await app.request('/api/v1/me/codes', { method: 'POST', by: acting })],
        [
          'the desk',
          await app.request(`${her}/bills/${bill}/offsets`, { by: world.staff, key: uuid(), json: inPerson }),
        ],
        ['a paper', await app.request(`${her}/helpers`, { by: world.staff, json: paper })],
        [
          'a paper with them as helper',
          await app.request(`${at(mother)}/helpers`, {
            ...{ by: world.staff, json: { ...paper, helper: herself.id } },
          }),
        ],
      ];
      const refused = ways.map(([way, { status }]) => [way, [401, 404].includes(status)]);
      expect(refused).toEqual(ways.map(([way]) => [way, true]));
      // Their housemate goes on, and does not find them among those who could help.
      expect((await app.request('/api/v1/me/points', { by })).status).toBe(200);
    });

    it('nothing comes through that was begun before: of a death and a use at once, one is first', async () => {
      const { mother, bill, for: by } = await world.family();
      const [death, used] = await Promise.all([die(mother), offset(bill, by)]);
      expect([death.status, used.status < 500]).toEqual([200, true]);
      const { offsets: t } = app.engine.tables;
      const made = await app.engine.db.select().from(t).where(eq(t.member, mother));
      expect(made).toHaveLength(used.status === 201 ? 1 : 0);
      expect((await offset(bill, by)).status).toBe(404);
    });

    it('is not registered ahead of its day, and is taken back as a mistake', async () => {
      const { mother, bill, daughter } = await world.family();
      const { residencies: t } = app.engine.tables;
      const [home] = await app.engine.db.select().from(t).where(eq(t.person, mother));
      const end = (json: object) =>
        app.request(`/api/v1/residencies/${home!.id}/ending`, { by: world.staff, json });
      const ahead = { until: '2026-07-01', reason: 'death', version: 1 };
      expect(await codeOf(await end(ahead))).toBe('invalid-input');
      expect((await die(mother)).status).toBe(200);
      const moved = { until: '2026-07-01', reason: 'moving', version: 2 };
      expect((await end(moved)).status).toBe(200);
      await consentOf(mother, daughter.id);
      expect((await offset(bill, actingFor(daughter, mother))).status).toBe(201);
    });

    async function consentOf(principal: string, proxy: string): Promise<void> {
      const row = { id: uuid(), version: 1, principal, proxy, may: 'spend' as const, until: '2027-06-01' };
      const how = { since: '2026-06-01', given: 'house' as const, paper: '', place: '', recordedBy: 'test' };
      await app.engine.db.insert(app.engine.tables.proxies).values({ ...row, ...how, createdAt: 0 });
    }

    /** Into the home of another. */
    async function moveIn(person: string, other: string, relation: 'owner' | 'family'): Promise<void> {
      const { residencies: t } = app.engine.tables;
      const [home] = await app.engine.db.select().from(t).where(eq(t.person, other));
      const row = { ...home!, id: uuid(), version: 1, person, relation, since: '2020-01-01' };
      await app.engine.db.insert(t).values({ ...row, until: null, endReason: null });
    }
  });

  it('who acts for somebody neither rates nor voids what that one did as a volunteer, nor the other way round', async () => {
    const { mother, daughter } = await world.family('view');
    const service = (member: string) => ({ member, startsAt: app.clock.now }) as Service;
    const among = (member: string, people: string[]) => relativesAmong(app.engine, service(member), people);
    expect(await among(mother, [`person:${daughter.id}`, `person:${world.staff.id}`])).toEqual([
      `person:${daughter.id}`,
    ]);
    expect(await among(daughter.id, [`person:${mother}`])).toEqual([`person:${mother}`]);
  });
});
