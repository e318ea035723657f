/** Till, accountant and finance lead are three: who prepares does not approve, and who approves does not prepare. */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeOf, PASSWORD, signIn, startApp, type TestPerson, type Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { openFeesWorld, type FeesWorld } from '../support/fees-world.ts';
import { DAY_MS, openJune, postedRow, takePosted } from '../support/june-month.ts';

const JULY_2 = Date.parse('2026-07-02T09:00:00+08:00');

eachEngine((_name, open) => {
  const start = async () => {
    const world = await openFeesWorld(await startApp(await open()));
    world.app.clock.now = JULY_2;
    const other = await world.app.person({ role: 'accountant', place: world.estate.id });
    return { world, other };
  };
  const leadAt = ({ app }: FeesWorld, place: string) => app.person({ role: 'finance_lead', place });
  const ask = ({ app, estate, accountant }: FeesWorld, by: TestPerson = accountant, month = '2026-06') =>
    app.request(`/api/v1/places/${estate.id}/closure-requests`, { by, json: { month } });
  const asked = async (world: FeesWorld, by?: TestPerson) => {
    const answer = await ask(world, by);
    expect(answer.status, await answer.clone().text()).toBe(201);
    return ((await answer.json()) as { id: string }).id;
  };
  const approve = ({ app }: FeesWorld, request: string, by: Visitor, key = uuid()) =>
    app.request(`/api/v1/closure-requests/${request}/approval`, { method: 'POST', by, key });
  const withdraw = ({ app }: FeesWorld, request: string, by: TestPerson) =>
    app.request(`/api/v1/closure-requests/${request}`, { method: 'DELETE', by });
  const next = async ({ app, estate }: FeesWorld, by: TestPerson) => {
    const answer = await app.request(`/api/v1/places/${estate.id}/next-closure`, { by });
    return (await answer.json()) as { month: string; asked?: { id: string; mine: boolean } };
  };

  describe('a month', () => {
    it('is asked for by the accountant and closed by the finance lead, by nobody else', async () => {
      const { world, other } = await start();
      const lead = await leadAt(world, world.community.id);
      expect((await ask(world, lead)).status).toBe(403);
      const request = await asked(world);
      expect(await next(world, lead)).toMatchObject({
        month: '2026-06',
        asked: { id: request, mine: false },
      });
      expect(await next(world, world.accountant)).toMatchObject({ asked: { mine: true } });
      expect(await codeOf(await approve(world, request, world.accountant))).toBe('second-person-needed');
      expect(await codeOf(await approve(world, request, other))).toBe('finance-lead-needed');
      const key = uuid();
      const closed = await approve(world, request, lead, key);
      expect(await closed.json()).toMatchObject({ month: '2026-06', state: 'closed' });
      expect((await approve(world, request, lead, key)).headers.get('idempotency-hit')).toBe('true');
      expect(await codeOf(await approve(world, request, lead))).toBe('closing-withdrawn');
      const after = await next(world, lead);
      expect([after.month, after.asked]).toEqual(['2026-07', undefined]);
    });

    it('is closed by a second accountant where nobody is finance lead, or only the one who asks', async () => {
      const { world, other } = await start();
      const both = await world.app.person(
        { role: 'accountant', place: world.estate.id },
        { role: 'finance_lead', place: world.estate.id },
      );
      const request = await asked(world, both);
      expect(await codeOf(await approve(world, request, both))).toBe('second-person-needed');
      expect((await approve(world, request, other)).status).toBe(201);
    });

    it('whose only finance lead got the password from who asks is closed by a second accountant, not by nobody', async () => {
      const { world, other } = await start();
      const { app, estate, community } = world;
      const boss = await app.person(
        { role: 'operator', place: community.id },
        { role: 'accountant', place: estate.id },
      );
      const lead = await app.resident({ role: 'finance_lead', place: estate.id });
      const json = { username: 'lead_of_june', password: PASSWORD };
      const given = await app.request(`/api/v1/people/${lead}/sign-in`, { method: 'PUT', by: boss, json });
      expect(given.status, await given.clone().text()).toBe(204);
      const request = await asked(world, boss);
      const cookie = await signIn(app.request, json.username, PASSWORD);
      const asLead = { headers: { cookie } };
      expect(await codeOf(await approve(world, request, asLead))).toBe('second-person-needed');
      expect((await approve(world, request, other)).status).toBe(201);
    });

    it('whose finance lead has left, or leads another estate, is closed by a second accountant', async () => {
      const { world, other } = await start();
      await leadAt(world, await world.app.place('estate', world.community.id));
      const left = await leadAt(world, world.estate.id);
      const { roles } = world.app.engine.tables;
      const ended = { validTo: world.app.clock.now - 1 };
      const request = await asked(world);
      expect(await codeOf(await approve(world, request, other))).toBe('finance-lead-needed');
      await world.app.engine.db.update(roles).set(ended).where(eq(roles.person, left.id));
      expect((await approve(world, request, other)).status).toBe(201);
    });

    it('whose finance lead died is closed by a second accountant, though nobody ended the post', async () => {
      const { world, other } = await start();
      const lead = await leadAt(world, world.estate.id);
      const request = await asked(world);
      expect(await codeOf(await approve(world, request, other))).toBe('finance-lead-needed');
      const { residencies: t } = world.app.engine.tables;
      const died = {
        house: uuid(),
        person: lead.id,
        relation: 'owner' as const,
        endReason: 'death' as const,
      };
      const row = { id: uuid(), version: 1, ...died, since: '2020-01-01', until: '2026-07-01', createdAt: 0 };
      await world.app.engine.db.insert(t).values(row);
      expect((await approve(world, request, other)).status).toBe(201);
    });

    it('is asked for once; taken back or declined it stays open, and is asked for anew', async () => {
      const { world } = await start();
      const lead = await leadAt(world, world.estate.id);
      const twice = await Promise.all([ask(world), ask(world)]);
      expect(twice.map(({ status }) => status).sort()).toEqual([201, 409]);
      const { id } = (await next(world, lead)).asked!;
      expect(await codeOf(await ask(world))).toBe('closing-asked');
      expect((await withdraw(world, id, world.accountant)).status).toBe(204);
      expect(await codeOf(await withdraw(world, id, lead))).toBe('closing-withdrawn');
      expect(await codeOf(await approve(world, id, lead))).toBe('closing-withdrawn');
      const second = await asked(world);
      expect((await withdraw(world, second, lead)).status).toBe(204);
      const third = await asked(world);
      const tries = await Promise.all([approve(world, third, lead), approve(world, third, lead)]);
      expect(tries.map(({ status }) => status).sort()).toEqual([201, 409]);
    });

    it('is opened again by the finance lead, also one that they closed themselves, and never by who asked', async () => {
      const { world, other } = await start();
      const lead = await leadAt(world, world.estate.id);
      const closed = await approve(world, await asked(world), lead);
      const { id } = (await closed.json()) as { id: string };
      const reopen = (by: TestPerson) =>
        world.app.request(`/api/v1/closures/${id}/reopening`, { by, key: uuid(), json: { reason: '漏单' } });
      expect(await codeOf(await reopen(world.accountant))).toBe('second-person-needed');
      expect(await codeOf(await reopen(other))).toBe('finance-lead-needed');
      expect((await reopen(lead)).status).toBe(200);
    });
  });

  describe('a write-off', () => {
    let world: FeesWorld;
    let lead: TestPerson;

    beforeAll(async () => {
      world = await openJune(open, { rooms: ['0501', '0502'], points: { con: 1_000 } });
      lead = await leadAt(world, world.estate.id);
      world.app.clock.now += DAY_MS;
      await takePosted(world, 'posted.csv', [
        postedRow(1, '10.01', '2026-06-21', '已入账,'),
        postedRow(2, '118.32', '2026-06-21', '现金已收,'),
      ]);
    });

    const resolve = async (nth: number, resolution: string, by: TestPerson) => {
      const path = `/api/v1/estates/${world.estate.id}/breaks?limit=100`;
      const { items } = (await (await world.app.request(path, { by })).json()) as {
        items: { id: string; ours?: { number: string } }[];
      };
      const { id } = items.find(({ ours }) => ours?.number.endsWith(String(nth)))!;
      const json = { resolution, comment: '已核对' };
      const answer = await world.app.request(`/api/v1/breaks/${id}/resolution`, { by, key: uuid(), json });
      return (await answer.json()) as { state?: string; code?: string };
    };

    it('against the comparison is prepared by the accountant and approved by the finance lead', async () => {
      expect((await resolve(1, 'write-off', lead)).code).toBe('accountant-needed');
      expect((await resolve(2, 'release', lead)).code).toBe('accountant-needed');
      expect((await resolve(1, 'write-off', world.accountant)).state).toBe('open');
      const other = await world.app.person({ role: 'accountant', place: world.estate.id });
      expect((await resolve(1, 'write-off', other)).code).toBe('finance-lead-needed');
      expect((await resolve(1, 'write-off', lead)).state).toBe('resolved');
    });
  });
});
