/** 窗口代办: staff do something for a resident who stands before them; who acts for whom is no third person, and for nobody who died. */
import { and, eq, ne } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { explainers } from '../../api/app.ts';
import { makeNotices } from '../../api/notices/index.ts';
import { relativesAmong } from '../../api/volunteering/relatives.ts';
import type { Service } from '../../api/volunteering/service.ts';
import { actingFor } from '../support/acting.ts';
import { codeOf, startApp, type TestApp, type TestPerson, type Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { givePoints } from '../support/fees-world.ts';
import { openFamilies, type Families } from '../support/families.ts';

eachEngine((_name, open) => {
  let app: TestApp;
  let world: Families;
  let colleague: TestPerson;

  beforeAll(async () => {
    app = await startApp(await open());
    world = await openFamilies(app);
    colleague = await app.person({ role: 'staff', place: world.community.id });
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
        expect([await waits(world.staff), await waits(colleague)]).toEqual([false, true]);
        expect((await answerBy(colleague)).status).toBe(200);
      });

      it('needs somebody else who may answer it: else the resident would wait for ever', async () => {
        const { mother } = await world.family('view');
        const transaction = await given(mother);
        const { roles: t } = app.engine.tables;
        const others = and(eq(t.role, 'staff'), ne(t.person, world.staff.id));
        await app.engine.db.update(t).set({ validTo: 1 }).where(others);
        expect(await codeOf(await ask(mother, transaction))).toBe('second-person-needed');
        await app.engine.db.update(t).set({ validTo: null }).where(others);
        expect((await ask(mother, transaction)).status).toBe(201);
      });

      it('that she never meant she takes back herself while nobody has answered, and asks her own', async () => {
        const { mother, daughter } = await world.family('view');
        const herself = await app.person({ role: 'member', place: world.estate.id });
        await makeHome(herself.id, mother);
        await givePoints(world, herself.id, { vol: 12 });
        const transaction = await given(herself.id);
        const asked = (await (await ask(herself.id, transaction)).json()) as Asked;
        const close = (by: Visitor) =>
          app.request(`/api/v1/inquiries/${asked.id}/closing`, { by, json: { version: 1 } });
        const { proxies } = app.engine.tables;
        const [consent] = await app.engine.db.select().from(proxies).where(eq(proxies.principal, mother));
        await app.engine.db.insert(proxies).values({ ...consent!, id: uuid(), principal: herself.id });
        expect(await codeOf(await close(actingFor(daughter, herself.id)))).toBe('inquiry-not-so');
        expect(await codeOf(await close(colleague))).toBe('inquiry-not-so');
        const own = () => world.get(`/api/v1/me/inquiries?transaction=${transaction}`, herself);
        expect(await own()).toMatchObject({ items: [{ state: 'open', mayWithdraw: true }] });
        expect((await close(herself)).status).toBe(200);
        expect(await own()).toMatchObject({ items: [{ state: 'closed', mayWithdraw: false }] });
        const json = { text: '怎么少了一小时？' };
        const mine = () =>
          app.request(`/api/v1/transactions/${transaction}/inquiries`, { by: herself, json });
        expect((await mine()).status).toBe(201);
        expect(await own()).toMatchObject({ items: [{ mayWithdraw: false }, {}] });
      });

      it('takes nothing from the number that she may ask herself', async () => {
        const herself = await app.person({ role: 'member', place: world.estate.id });
        await makeHome(herself.id, (await world.family('view')).mother);
        await givePoints(world, herself.id, { vol: 12 });
        const transaction = await given(herself.id);
        const { inquiries: t } = app.engine.tables;
        const actedBy = { by: `person:${world.staff.id}`, identified: 'known' as const };
        const row = { version: 1, member: herself.id, place: world.estate.id, desk: 'staff' as const };
        const waits = { state: 'open' as const, waits: true, reopened: false, maker: 'test', madeAt: 1 };
        const filled = Array.from({ length: 20 }, (_, n) => ({
          ...{ ...row, ...waits, id: uuid(), transaction: 900_000 + n, actedBy, createdAt: 1 },
        }));
        await app.engine.db.insert(t).values(filled);
        expect(await codeOf(await ask(herself.id, transaction))).toBe('too-many-questions');
        const json = { text: '怎么少了一小时？' };
        const mine = await app.request(`/api/v1/transactions/${transaction}/inquiries`, {
          by: herself,
          json,
        });
        expect(mine.status).toBe(201);
      });

      it('that was asked in another community is not seen at this desk, a shop’s here is', async () => {
        const { mother } = await world.family('view');
        const asked = (await (await ask(mother, await given(mother))).json()) as Asked;
        const { inquiries: t } = app.engine.tables;
        const seen = async (place: string) => {
          await app.engine.db.update(t).set({ place }).where(eq(t.id, asked.id));
          const { items } = (await world.get(`${at(mother)}/inquiries`, world.staff)) as { items?: Asked[] };
          return items?.length;
        };
        const [far, shop] = [await app.place('community'), await app.place('merchant', world.community.id)];
        expect(await seen(world.estate.id)).toBe(1);
        expect(await seen(shop)).toBe(1);
        expect(await seen(await app.place('estate', world.community.id))).toBe(0);
        expect(await seen(await app.place('merchant', far))).toBe(0);
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
