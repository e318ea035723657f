/** 家人代办: a resident lets a relative act for them, who then looks and spends in their name, recorded as such. */
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { explainers } from '../../api/app.ts';
import { erasePerson } from '../../api/identity/index.ts';
import { verify } from '../../api/ledger/index.ts';
import { makeNotices } from '../../api/notices/index.ts';
import { addAgreement } from '../../api/programme/index.ts';
import { codeOf, startApp, type TestApp, type TestPerson, type Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { openFamilies, type Families } from '../support/families.ts';

eachEngine((_name, open) => {
  let app: TestApp;
  let world: Families;
  let clerk: TestPerson;

  beforeAll(async () => {
    app = await startApp(await open());
    world = await openFamilies(app);
    clerk = await app.person({ role: 'clerk', place: world.merchant.id });
    const terms = { mode: 'clearing' as const, via: world.clearing.id, factor: 10_000 };
    await addAgreement(world.deps, { redeemer: world.merchant.id, fund: '*', terms, validFrom: 0 });
  });

  const offset = (bill: string, by: Visitor, key = uuid()) =>
    app.request(`/api/v1/bills/${bill}/offsets`, { by, key, json: { value: '35.49', points: '3225' } });
  const endOf = (consent: string, by: Visitor) =>
    app.request(`/api/v1/helpers/${consent}`, { method: 'DELETE', by });

  describe('a relative with a consent', () => {
    it('sees what the resident sees, though she never signed in', async () => {
      const { for: by, mother, house, daughter } = await world.family('view');
      expect(await world.get('/api/v1/me/points', by)).toMatchObject({
        units: [
          { unit: 'CON', available: '3189' },
          { unit: 'VOL', available: '36' },
        ],
      });
      expect(await world.get('/api/v1/me/movements', by)).toMatchObject({ items: [{}, {}] });
      expect(await world.get('/api/v1/me/houses', by)).toMatchObject({ items: [{ id: house }] });
      expect(await world.get(`/api/v1/houses/${house}/bills`, by)).toMatchObject({
        items: [{ toPay: '118.32' }],
      });
      expect(await world.get('/api/v1/me/services', by)).toMatchObject({ items: [] });
      expect(await world.get('/api/v1/me/principals', daughter)).toMatchObject({
        items: [{ principal: { id: mother, name: '王*' }, may: 'view', state: 'standing' }],
      });
    });

    it('who may only look cannot spend', async () => {
      const { for: by, bill } = await world.family('view');
      expect((await world.get(`/api/v1/bills/${bill}/offset-quote`, by)).status).toBe(200);
      expect(await codeOf(await offset(bill, by))).toBe('not-allowed');
      expect(await codeOf(await app.request('/api/v1/me/codes', { method: 'POST', by }))).toBe('not-allowed');
    });

    it('offsets a bill: the ledger names who really acted, and everybody sees for whom', async () => {
      const { for: by, bill, mother, daughter } = await world.family();
      const made = await offset(bill, by);
      expect(made.status).toBe(201);
      const document = (await made.json()) as { id: string; hold: string; member: { id: string } };
      expect(document).toMatchObject({ member: { id: mother }, actedBy: { as: 'relative', name: '李*' } });
      const { transactions: t } = app.engine.tables;
      const [row] = await app.engine.db
        .select({ actor: t.actor })
        .from(t)
        .where(eq(t.id, Number(document.hold)));
      expect(row!.actor).toBe(`person:${daughter.id}`);
      const line = await world.get('/api/v1/me/movements', by);
      expect((line as unknown as { items: object[] }).items[0]).toMatchObject({
        actedBy: { as: 'relative', name: '李*' },
      });
      const auditor = await app.person({ role: 'auditor', place: world.community.id });
      expect(await world.get(`/api/v1/transactions/${document.hold}/why`, auditor)).toMatchObject({
        maker: `person:${daughter.id}`,
        makerName: '李*',
        madeForName: '王*',
      });
      await makeNotices(world.deps, explainers);
      expect(await world.noticesOf(mother)).toEqual(['acted-for']);
      // It is the daughter's own no more than any stranger's: without naming her mother she sees nothing of it.
      expect((await world.get(`/api/v1/offsets/${document.id}`, daughter)).status).toBe(404);
      const cancelled = await app.request(`/api/v1/offsets/${document.id}/cancellation`, {
        ...{ method: 'POST', by, key: uuid() },
      });
      expect(await cancelled.json()).toMatchObject({ state: 'cancelled', cancelledBy: { as: 'relative' } });
      expect((await verify(app.engine)).findings).toEqual([]);
    });

    it('asks about an entry, and does not answer that question at the desk', async () => {
      const { for: by, daughter } = await world.family('view');
      const { items } = (await world.get('/api/v1/me/movements', by)) as unknown as {
        items: { transaction: string }[];
      };
      const asked = await app.request(`/api/v1/transactions/${items[0]!.transaction}/inquiries`, {
        by,
        json: { text: '这是什么' },
      });
      expect(asked.status).toBe(201);
      const inquiry = (await asked.json()) as { id: string; version: number };
      expect(inquiry).toMatchObject({ actedBy: { as: 'relative' }, words: [{ byMe: true }] });
      expect(await world.get('/api/v1/me/inquiries', by)).toMatchObject({ items: [{ id: inquiry.id }] });
      const { roles: t } = app.engine.tables;
      const post = {
        role: 'staff',
        place: world.community.id,
        validFrom: 0,
        validTo: null,
        grantedBy: 'test',
      };
      await app.engine.db.insert(t).values({ id: uuid(), person: daughter.id, ...post });
      const answer = (by: Visitor) =>
        app.request(`/api/v1/inquiries/${inquiry.id}/answer`, { by, json: { version: 1, text: '好' } });
      expect(await codeOf(await answer(daughter))).toBe('second-person-needed');
      expect((await answer(world.staff)).status).toBe(200);
    });
  });

  describe('a consent that has ended', () => {
    it('is worth nothing from the next click on, like one that ran out', async () => {
      const { for: by, daughter, bill } = await world.family();
      expect((await endOf(daughter.consent, daughter)).status).toBe(204);
      expect((await endOf(daughter.consent, daughter)).status).toBe(204);
      expect((await world.get('/api/v1/me/points', by)).status).toBe(404);
      expect((await offset(bill, by)).status).toBe(404);
      const later = await world.family();
      app.clock.now = Date.parse('2027-06-01T00:00+08:00');
      const { actFor } = app.server.deps;
      const actor = { kind: 'person' as const, person: later.daughter.id, roles: [] };
      expect(await actFor(actor, later.mother)).toBeUndefined();
      app.clock.now -= 1;
      expect(await actFor(actor, later.mother)).toMatchObject({
        for: { person: later.mother, may: 'spend' },
      });
    });

    it('ends with whoever is erased, the one or the other', async () => {
      const one = await world.family();
      const gone = { by: 'operator:test', place: '', reason: '', now: app.clock.now };
      await erasePerson(app.engine, { person: one.mother, logId: uuid(), ...gone });
      expect((await world.get('/api/v1/me/points', one.for)).status).toBe(404);
      const { proxies: t } = app.engine.tables;
      const [row] = await app.engine.db.select().from(t).where(eq(t.id, one.daughter.consent));
      expect(row).toMatchObject({ endedBy: 'operator:test', version: 2 });
    });

    it('takes the code that the relative shows along, also when the till has it already', async () => {
      const { for: by, daughter } = await world.family();
      const show = async () => {
        const made = await app.request('/api/v1/me/codes', { method: 'POST', by });
        return (await made.json()) as { id: string; digits: string };
      };
      const resolve = (scan: string) =>
        app.request(`/api/v1/merchants/${world.merchant.id}/codes/resolve`, { by: clerk, json: { scan } });
      const take = (code: string) =>
        app.request(`/api/v1/merchants/${world.merchant.id}/redemptions`, {
          ...{ by: clerk, key: uuid() },
          json: { code, points: '100', unit: 'CON', goods: '鸡蛋' },
        });
      const first = await show();
      expect((await resolve(first.digits)).status).toBe(200);
      expect((await take(first.id)).status).toBe(201);
      const [held, shown] = [await show(), await show()];
      expect(held.id).not.toBe(shown.id);
      expect((await resolve(shown.digits)).status).toBe(200);
      await endOf(daughter.consent, daughter);
      expect(await codeOf(await resolve(shown.digits))).toBe('code-ended');
      expect(await codeOf(await take(shown.id))).toBe('code-ended');
    });

    it('does not serve a clerk at their own till', async () => {
      const { for: by, daughter } = await world.family();
      const { roles: t } = app.engine.tables;
      const post = {
        role: 'clerk',
        place: world.merchant.id,
        validFrom: 0,
        validTo: null,
        grantedBy: 'test',
      };
      await app.engine.db.insert(t).values({ id: uuid(), person: daughter.id, ...post });
      const made = await app.request('/api/v1/me/codes', { method: 'POST', by });
      const { id, digits } = (await made.json()) as { id: string; digits: string };
      const at = `/api/v1/merchants/${world.merchant.id}`;
      await app.request(`${at}/codes/resolve`, { by: daughter, json: { scan: digits } });
      const taken = await app.request(`${at}/redemptions`, {
        ...{ by: daughter, key: uuid() },
        json: { code: id, points: '100', unit: 'CON', goods: '鸡蛋' },
      });
      expect(await codeOf(taken)).toBe('second-person-needed');
    });

    it('and a use at the same moment: one is first, and what comes second is none', async () => {
      for (let round = 0; round < 2; round += 1) {
        const { for: by, daughter, bill, mother } = await world.family();
        const [used, ended] = await Promise.all([offset(bill, by), endOf(daughter.consent, daughter)]);
        expect(ended.status).toBe(204);
        expect([201, 404]).toContain(used.status);
        const { proxies: t, offsets } = app.engine.tables;
        const [row] = await app.engine.db.select().from(t).where(eq(t.id, daughter.consent));
        // Each use takes a step of the version before the end does; none comes after it.
        expect(row!.version).toBe(used.status === 201 ? 3 : 2);
        const made = await app.engine.db
          .select()
          .from(offsets)
          .where(and(eq(offsets.member, mother), eq(offsets.bill, bill)));
        expect(made.length).toBe(used.status === 201 ? 1 : 0);
      }
    });
  });
});
