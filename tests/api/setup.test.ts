import { eq, inArray } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { erasePerson } from '../../api/identity/index.ts';
import { findStreet } from '../../api/setup/divisions.ts';
import { codeOf, startApp } from '../support/app.ts';
import type { TestApp, TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { registeredAsDead } from '../support/registered-as-dead.ts';

const JINMINGCHI = '410202008';
const json = async <Body>(answer: Response): Promise<Body> => (await answer.json()) as Body;

type Founded = { book: number; street: string; community: string };
type Checklist = {
  vacant: string[];
  root: { id: string; kind: string };
  steps: { step: string; count: number; done: boolean; missing: object[] }[];
};

eachEngine((_name, open) => {
  async function start() {
    const app: TestApp = await startApp(await open());
    const operator = await app.person({ role: 'operator', place: '' });
    const found = (body: object, by: TestPerson = operator) =>
      app.request('/api/v1/books', { json: body, by });
    const founded = async (community: string, street = JINMINGCHI) => {
      const answer = await found({ street, community });
      expect(answer.status, await answer.clone().text()).toBe(201);
      return json<Founded>(answer);
    };
    const add = async (parent: string, kind: string, name: string) => {
      const answer = await app.request(`/api/v1/places/${parent}/children`, {
        json: { kind, name },
        by: operator,
      });
      return (await json<{ id: string }>(answer)).id;
    };
    const checklist = async (community: string) => {
      const answer = await app.request(`/api/v1/communities/${community}/checklist`, { by: operator });
      return json<Checklist>(answer);
    };
    return { app, operator, found, founded, add, checklist };
  }

  describe('official divisions', () => {
    it('lead from the province to the community', async () => {
      const { app, operator } = await start();
      const under = async (code: string) => {
        const answer = await app.request(`/api/v1/divisions?under=${code}`, { by: operator });
        return (await json<{ items: { code: string; name: string }[] }>(answer)).items;
      };
      const provinces = await under('');
      expect(provinces).toHaveLength(31);
      expect(provinces).toContainEqual({ code: '41', name: '河南省' });
      expect(await under('41')).toContainEqual({ code: '4102', name: '开封市' });
      expect(await under('410202')).toContainEqual({ code: JINMINGCHI, name: '金明池街道' });
      expect(await under(JINMINGCHI)).toContainEqual({ code: '410202008001', name: '金康社区' });
      expect(await under('99')).toEqual([]);
      expect((await findStreet(JINMINGCHI))?.line).toEqual(['河南省', '开封市', '龙亭区', '金明池街道']);
    });
  });

  describe('a new community', () => {
    it('gets the book of its street, and asked for again it is the one that is there', async () => {
      const { app, founded } = await start();
      const first = await founded('金康社区');
      expect(await founded('金康社区')).toEqual(first);
      const second = await founded('水稻社区');
      expect(second).toMatchObject({ book: first.book, street: first.street });
      expect(second.community).not.toBe(first.community);
      const { places } = app.engine.tables;
      const rows = await app.engine.db.select().from(places);
      expect(rows.map(({ kind, division }) => `${kind} ${division}`).sort()).toEqual([
        'clearing null',
        'community 410202008001',
        'community null',
        `street ${JINMINGCHI}`,
      ]);
    });

    it('of another street is another tenant', async () => {
      const { founded } = await start();
      const first = await founded('金康社区');
      const other = await founded('多福巷社区居委会', '110101001');
      expect(other.book).toBe(first.book + 1);
    });

    it('asked for by two at once is one', async () => {
      const { founded } = await start();
      const all = await Promise.all(['金康社区', '金康社区', '金康社区'].map((name) => founded(name)));
      expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
    });

    it('is opened by nobody but who acts everywhere, at a street that there is', async () => {
      const { app, found } = await start();
      const place = await app.place('community');
      const local = await app.person({ role: 'operator', place });
      expect(await codeOf(await found({ street: JINMINGCHI, community: '金康社区' }, local))).toBe(
        'not-allowed',
      );
      expect(await codeOf(await found({ street: '999999999', community: '金康社区' }))).toBe('invalid-input');
    });
  });

  describe('the template', () => {
    it('fills in what is missing, and nothing twice', async () => {
      const { app, operator, founded, add, checklist } = await start();
      const { community } = await founded('金康社区');
      const apply = async () => {
        const path = `/api/v1/communities/${community}/template`;
        const answer = await app.request(path, { json: { reason: '首次设置' }, by: operator });
        return json<Record<'rules' | 'funds' | 'agreements' | 'agreementsLeft', number>>(answer);
      };
      await add(community, 'firm', '和美物业');
      await add(community, 'merchant', '和美积分超市');
      expect(await apply()).toEqual({ rules: 3, funds: 2, agreements: 2, agreementsLeft: 0 });
      expect(await apply()).toEqual({ rules: 0, funds: 0, agreements: 0, agreementsLeft: 0 });
      await add(community, 'merchant', '老王早餐');
      expect(await apply()).toEqual({ rules: 0, funds: 1, agreements: 1, agreementsLeft: 0 });
      const steps = (await checklist(community)).steps;
      expect(steps.find(({ step }) => step === 'programme')).toEqual({
        ...{ step: 'programme', count: 3, done: true, missing: [] },
      });
    });

    it('binds no neighbour’s funds: community staff fill in the rest, and terms are left to the street', async () => {
      const { app, operator, founded, add } = await start();
      const { community, street } = await founded('金康社区');
      await add(community, 'firm', '和美物业');
      await add(community, 'merchant', '和美积分超市');
      const apply = async (by: TestPerson) => {
        const path = `/api/v1/communities/${community}/template`;
        return (await app.request(path, { json: { reason: '首次设置' }, by })).json();
      };
      const terms = () => app.engine.db.select().from(app.engine.tables.agreements);
      const staff = await app.person({ role: 'staff', place: community });
      expect(await apply(staff)).toEqual({ rules: 3, funds: 2, agreements: 0, agreementsLeft: 2 });
      expect(await terms()).toEqual([]);
      const ofStreet = await app.person({ role: 'staff', place: street });
      expect(await apply(ofStreet)).toEqual({ rules: 0, funds: 0, agreements: 2, agreementsLeft: 0 });
      const said = { fund: '*', madeBy: `person:${ofStreet.id}`, basis: '首次设置' };
      expect(await terms()).toMatchObject([said, said]);
      expect(await apply(operator)).toMatchObject({ agreements: 0 });
    });

    it('is for communities', async () => {
      const { app, operator, founded } = await start();
      const { street } = await founded('金康社区');
      const path = `/api/v1/communities/${street}/template`;
      expect((await app.request(path, { json: { reason: '首次设置' }, by: operator })).status).toBe(404);
    });
  });

  describe('the checklist', () => {
    it('is read from what is there', async () => {
      const { app, founded, add, checklist } = await start();
      const { community } = await founded('金康社区');
      const before = await checklist(community);
      expect(before.steps.every(({ done }) => !done)).toBe(true);
      expect(before.vacant).toEqual(['staff', 'accountant', 'finance_lead', 'clerk', 'auditor']);
      const estate = await add(community, 'estate', '和美苑');
      const shop = await add(community, 'merchant', '和美积分超市');
      const house = { id: uuid(), version: 1, estate, building: '3', unit: '2', room: '0501', createdAt: 0 };
      await app.engine.db.insert(app.engine.tables.houses).values(house);
      const staff = { role: 'staff', place: community } as const;
      await app.person(staff);
      await app.person({ role: 'accountant', place: estate });
      await app.person({ role: 'finance_lead', place: community });
      await app.person({ role: 'clerk', place: shop });
      // An auditor of the community alone can open no book.
      await app.person({ role: 'auditor', place: community });
      expect((await checklist(community)).vacant).toEqual(['staff', 'auditor']);
      const { root } = before;
      expect(root.kind).toBe('street');
      await app.person({ role: 'auditor', place: root.id });
      // One person of the staff checks nobody's work.
      expect((await checklist(community)).vacant).toEqual(['staff']);
      await app.person(staff);
      const { steps, vacant } = await checklist(community);
      expect(vacant).toEqual([]);
      const done = steps.filter((step) => step.done).map(({ step }) => step);
      expect(done).toEqual(['estate', 'merchant', 'people', 'roster']);
    });

    it('counts a post only where somebody can act in it now', async () => {
      const { app, founded, add, checklist } = await start();
      const { community, street } = await founded('金康社区');
      const estate = await add(community, 'estate', '和美苑');
      const shops: string[] = [];
      for (let nth = 1; nth <= 3; nth += 1) shops.push(await add(community, 'merchant', `和美超市${nth}`));
      const auditor = await app.person({ role: 'auditor', place: street });
      const accountant = await app.person({ role: 'accountant', place: estate });
      const [clerk] = await Promise.all(shops.map((place) => app.person({ role: 'clerk', place })));
      const people = async () =>
        (await checklist(community)).steps.find(({ step }) => step === 'people')?.count;
      expect([(await checklist(community)).vacant, await people()]).toEqual([['staff', 'finance_lead'], 5]);
      // The auditor has died, the accountant's post begins next month, one clerk was erased and another one's post ended.
      await registeredAsDead(app, { person: auditor.id, estate });
      const { roles } = app.engine.tables;
      const { now } = app.clock;
      const day = 24 * 3_600_000;
      const change = (person: string, set: Partial<typeof roles.$inferInsert>) =>
        app.engine.db.update(roles).set(set).where(eq(roles.person, person));
      await change(accountant.id, { validFrom: now + 30 * day });
      await change(clerk!.id, { validTo: now + 30 * day });
      const erased = { person: clerk!.id, by: 'operator:test', place: community, reason: '', now };
      await erasePerson(app.engine, { ...erased, logId: uuid() });
      expect([(await checklist(community)).vacant, await people()]).toEqual([
        ['staff', 'accountant', 'finance_lead', 'auditor'],
        2,
      ]);
      // A post that ends some day is held until then.
      await change(accountant.id, { validFrom: 0, validTo: now + day });
      await app.engine.db
        .update(roles)
        .set({ validTo: now - day })
        .where(inArray(roles.place, shops));
      expect((await checklist(community)).vacant).toEqual(['staff', 'finance_lead', 'clerk', 'auditor']);
    });
  });
});
