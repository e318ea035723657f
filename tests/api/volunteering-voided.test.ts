/** A service recorded by mistake is voided by staff: its points and its time are free again, and nothing of it is lost. */
import { beforeAll, expect, it, vi } from 'vitest';
import { v7 as uuid } from 'uuid';
import { codeOf, startApp, type TestApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { demoTown, type DemoTown } from '../support/demo-programme.ts';

type Service = {
  id: string;
  state: string;
  points: string;
  voided?: { reason: string; transaction: string };
};

/** Saturday, 13 June 2026. */
const [from, to] = ['2026-06-13T19:00:00+08:00', '2026-06-13T21:30:00+08:00'];
const SCANNED = {
  type: '人居环境',
  startsAt: from,
  endsAt: to,
  attendedFrom: from,
  attendedTo: to,
  trust: 'scan',
};

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let staff: TestPerson;
  let leader: TestPerson;

  beforeAll(async () => {
    app = await startApp(await open());
    town = await demoTown(app);
    staff = await app.person({ role: 'staff', place: town.community });
    leader = await app.person({ role: 'leader', place: town.community });
  });

  const resident = () => app.resident({ role: 'member', place: town.estate });
  const record = (member: string, changed: object = {}) => {
    const json = { member, ...SCANNED, ...changed };
    return app.request(`/api/v1/places/${town.estate}/services`, { json, by: staff, key: uuid() });
  };
  const recorded = async (member: string, changed: object = {}) => {
    const answer = await record(member, changed);
    expect(answer.status).toBe(201);
    return (await answer.json()) as Service;
  };
  const rate = (service: string, grade: string) =>
    app.request(`/api/v1/services/${service}/rating`, { json: { grade }, by: leader, key: uuid() });
  const voiding = (service: string, by = staff, key: string = uuid(), reason = '登记到了别人名下') =>
    app.request(`/api/v1/services/${service}/voiding`, { json: { reason }, by, key });
  const voided = async (service: string) => {
    const answer = await voiding(service);
    expect(answer.status).toBe(200);
    return (await answer.json()) as Service;
  };
  const pointsOf = (member: string) => town.pointsOf(member, 'VOL');

  it('hours typed in that were scanned in truth are recorded rightly after the wrong record is voided', async () => {
    const member = await resident();
    const typed = await recorded(member, { trust: 'typed' });
    expect(await codeOf(await record(member))).toBe('service-overlaps');
    expect(await voided(typed.id)).toMatchObject({
      state: 'voided',
      points: '0',
      voided: { reason: '登记到了别人名下', transaction: expect.any(String) as unknown },
    });
    expect(await recorded(member)).toMatchObject({ state: 'waiting', points: '36' });
  });

  it('what waits for its rating goes back, and frees what the day allows', async () => {
    const member = await resident();
    const { id } = await recorded(member);
    await voided(id);
    expect(await pointsOf(member)).toMatchObject({ available: 0, pending: 0 });
    expect((await recorded(member)).points).toBe('36');
    expect(await codeOf(await rate(id, 'satisfied'))).toBe('award-settled');
  });

  it('what was released is taken back, also what was spent already: that is a debt', async () => {
    const member = await resident();
    const { id } = await recorded(member);
    expect((await rate(id, 'very-satisfied')).status).toBe(200);
    const take = { points: 30, unit: 'VOL' };
    const terms = { '*': { mode: 'owed' as const, factor: 10_000 } };
    await town.posted([{ do: 'spend', member, redeemer: town.firm, take, terms }]);
    const { voided: how } = await voided(id);
    expect(await pointsOf(member)).toEqual({ available: 0, pending: 0, held: 0, toSettle: 30 });
    const why = await app.request(`/api/v1/transactions/${how?.transaction}/why`, { by: staff });
    expect(await why.json()).toMatchObject({
      kind: 'clawback',
      text: { zh: '志愿服务作废：人居环境（登记到了别人名下）' },
      maker: `person:${staff.id}`,
    });
    const again = await recorded(member);
    expect((await rate(again.id, 'very-satisfied')).status).toBe(200);
    expect(await pointsOf(member)).toMatchObject({ available: 6, toSettle: 0 });
  });

  it('a bad rating keeps the time taken; voiding it frees the time', async () => {
    const member = await resident();
    const { id } = await recorded(member);
    expect((await rate(id, 'very-dissatisfied')).status).toBe(200);
    expect(await codeOf(await record(member))).toBe('service-overlaps');
    await voided(id);
    await recorded(member);
  });

  it('once, with a reason, by staff, and by nobody for their own', async () => {
    const member = await app.person({ role: 'member', place: town.estate });
    await town.hire(member.id, 'staff', town.estate);
    const { id } = await recorded(member.id);
    expect(await codeOf(await voiding(id, member))).toBe('second-person-needed');
    expect((await voiding(id, leader)).status).toBe(403);
    expect((await voiding(id, staff, uuid(), ' ')).status).toBe(422);
    const stranger = await app.person({ role: 'staff', place: await app.place('community') });
    expect((await voiding(id, stranger)).status).toBe(404);
    const key = uuid();
    const both = await Promise.all([voiding(id, staff, key), voiding(id, staff, key)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(await codeOf(await voiding(id))).toBe('already-done');
    expect(await pointsOf(member.id)).toMatchObject({ available: 0, pending: 0, toSettle: 0 });
  });

  it('of a rating and a voiding at the same moment the voiding stands at the end', async () => {
    const member = await resident();
    const { id } = await recorded(member);
    const [done] = await Promise.all([voiding(id), rate(id, 'very-satisfied')]);
    expect(done.status).toBe(200);
    expect(await pointsOf(member)).toEqual({ available: 0, pending: 0, held: 0, toSettle: 0 });
  });

  it.each(['very-satisfied', 'satisfied', 'very-dissatisfied'])(
    'also where the rating (%s) was first by a hair: what was worked out from the waiting record is worked out again',
    async (grade) => {
      const member = await resident();
      const { id } = await recorded(member);
      const { journal } = app.server.deps;
      const commit = journal.commit.bind(journal);
      const seen = vi.spyOn(journal, 'commit').mockImplementationOnce(async (...unit) => {
        expect((await rate(id, grade)).status).toBe(200);
        return commit(...unit);
      });
      expect((await voiding(id)).status).toBe(200);
      seen.mockRestore();
      expect(await pointsOf(member)).toEqual({ available: 0, pending: 0, held: 0, toSettle: 0 });
    },
  );

  it('twice at the same moment, once: who comes second hears that it was done', async () => {
    const member = await resident();
    const { id } = await recorded(member);
    expect((await rate(id, 'very-satisfied')).status).toBe(200);
    const both = await Promise.all([voiding(id), voiding(id)]);
    const heard = both.map(async (answer) => (answer.status === 200 ? 'done' : codeOf(answer)));
    expect(new Set(await Promise.all(heard))).toEqual(new Set(['already-done', 'done']));
  });

  it('not by a relative of the volunteer, nor through somebody whose password one of them chose', async () => {
    const [member, spouse] = [await resident(), await app.person({ role: 'staff', place: town.estate })];
    await town.settle(member, spouse.id);
    const { id } = await recorded(member);
    expect((await rate(id, 'very-dissatisfied')).status).toBe(200);
    expect(await codeOf(await voiding(id, spouse))).toBe('second-person-needed');
    const puppet = await app.person({ role: 'staff', place: town.estate });
    await app.engine.db.insert(app.engine.tables.accessLog).values({
      ...{ id: uuid(), at: 1, actor: `person:${member}`, action: 'sign-in', reason: '' },
      ...{ subject: `person:${puppet.id}`, place: town.estate },
    });
    expect(await codeOf(await voiding(id, puppet))).toBe('second-person-needed');
    expect((await voiding(id)).status).toBe(200);
  });
});
