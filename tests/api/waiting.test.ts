/** 待我处理: what waits for a person is what this very person may do, where they work, and nobody else's. */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { logAccess } from '../../api/identity/index.ts';
import { requestBudget } from '../../api/programme/index.ts';
import { actorText } from '../../api/platform/index.ts';
import { recordService } from '../../api/volunteering/index.ts';
import { startApp, type TestApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { actorNamed, demoTown, must, type DemoTown } from '../support/demo-programme.ts';
import { fillWithWaiting } from '../support/waiting-things.ts';

type Line = {
  kind: string;
  count: number;
  more: boolean;
  since: string;
  due?: string;
  place: { id: string; name: string };
};

const HOUR_MS = 3_600_000;

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;

  beforeAll(async () => {
    app = await startApp(await open());
  });

  const waitingFor = async (person: TestPerson): Promise<Line[]> => {
    const answer = await app.request('/api/v1/me/tasks', { by: person });
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { items: Line[] }).items;
  };
  const counts = async (person: TestPerson) =>
    Object.fromEntries((await waitingFor(person)).map(({ kind, count }) => [kind, count]));
  const kindOf = async (person: TestPerson, kind: string) =>
    (await waitingFor(person)).find((line) => line.kind === kind);

  describe('services to be rated', () => {
    let staff: TestPerson;
    let colleague: TestPerson;
    let leader: TestPerson;
    let days = 0;

    beforeAll(async () => {
      town = await demoTown(app, 1);
      staff = await app.person({ role: 'staff', place: town.community });
      colleague = await app.person({ role: 'staff', place: town.community });
      leader = await app.person(
        { role: 'leader', place: town.estate },
        { role: 'member', place: town.estate },
      );
    });

    /** On a day of its own, so that no daily cap is in its way. */
    const recorded = async (by: string, member: string, hoursAgo = 48): Promise<string> => {
      const startsAt = app.clock.now - (hoursAgo + 24 * days++) * HOUR_MS;
      const endsAt = startsAt + 2 * HOUR_MS;
      const attended = { startsAt, endsAt, attendedFrom: startsAt, attendedTo: endsAt };
      const input = { ...attended, place: town.estate, member, type: '人居环境', trust: 'scan' as const };
      const scope = `place:${town.estate}`;
      return must(await recordService(app.server.deps, { input, actor: actorNamed(by), key: uuid(), scope }))
        .service;
    };

    it('wait for a colleague of whoever recorded them, and for nobody elsewhere', async () => {
      await recorded(staff.id, await app.resident({ role: 'member', place: town.estate }));
      const stranger = await app.person({ role: 'staff', place: await app.place() });
      expect(await kindOf(colleague, 'rate-service')).toMatchObject({
        count: 1,
        more: false,
        place: { id: town.estate, name: expect.stringContaining('estate') as string },
      });
      expect(await kindOf(leader, 'rate-service')).toMatchObject({ count: 1 });
      for (const other of [staff, stranger, await app.person({ role: 'member', place: town.estate })])
        expect(await waitingFor(other)).toEqual([]);
    });

    it('are not those of the person themselves, nor of who lives with them', async () => {
      const relative = await app.resident({ role: 'member', place: town.estate });
      await town.settle(leader.id, relative);
      await recorded(staff.id, leader.id);
      await recorded(staff.id, relative);
      expect(await kindOf(colleague, 'rate-service')).toMatchObject({ count: 3 });
      expect(await kindOf(leader, 'rate-service')).toMatchObject({ count: 1 });
    });

    it('are not those that somebody recorded whose password the person has set', async () => {
      const helped = await app.person({ role: 'leader', place: town.estate });
      const setter = await app.person({ role: 'staff', place: town.community });
      const given = { at: app.clock.now, action: 'sign-in' as const, place: town.estate, reason: '' };
      const by = actorText(actorNamed(setter.id));
      await logAccess(app.engine, { id: uuid(), ...given, actor: by, subject: `person:${helped.id}` });
      const before = (await kindOf(setter, 'rate-service'))?.count;
      await recorded(helped.id, await app.resident({ role: 'member', place: town.estate }));
      expect(await kindOf(setter, 'rate-service')).toMatchObject({ count: before });
      expect(await kindOf(colleague, 'rate-service')).toMatchObject({ count: 4 });
    });

    it('do not wait while the service goes on, and since then from its end on', async () => {
      const alone = await app.place('estate', town.community);
      const at = { ...town, estate: alone, fund: town.volunteerFund.id, now: app.clock.now + 90_000_000 };
      await fillWithWaiting(app.engine, at, 1);
      const watcher = await app.person({ role: 'staff', place: alone });
      expect(await kindOf(watcher, 'rate-service')).toBeUndefined();
      app.clock.now += 90_000_000;
      expect(await kindOf(watcher, 'rate-service')).toMatchObject({
        since: new Date(app.clock.now - 5_000_000).toISOString(),
      });
    });
  });

  describe('what takes two people', () => {
    it('a budget waits for a colleague of whoever asked, and for nobody once it is taken back', async () => {
      const at = await demoTown(app, 2);
      const [asker, other] = [
        await app.person({ role: 'staff', place: at.community }),
        await app.person({ role: 'staff', place: at.community }),
      ];
      const asked = { fund: at.volunteerFund.id, amount: 500, basis: '第 7 号会议纪要' };
      const { id } = must(await requestBudget(app.server.deps, { ...asked, actor: actorNamed(asker.id) }));
      expect(await counts(other)).toEqual({ 'approve-budget': 1 });
      expect(await counts(asker)).toEqual({});
      await app.request(`/api/v1/budgets/${id}`, { method: 'DELETE', by: asker });
      expect(await counts(other)).toEqual({});
    });

    it('a month waits for the finance lead where there is one, and never for who asked', async () => {
      const at = await demoTown(app, 3);
      const [asker, second] = [
        await app.person({ role: 'accountant', place: at.estate }),
        await app.person({ role: 'accountant', place: at.estate }),
      ];
      const askedBy = `person:${asker.id}`;
      const row = { id: uuid(), version: 1, place: at.estate, month: '2026-05', state: 'waiting' as const };
      await app.engine.db
        .insert(app.engine.tables.closureRequests)
        .values({ ...row, askedBy, createdAt: app.clock.now });
      expect(await counts(second)).toEqual({ 'approve-closing': 1 });
      expect(await counts(asker)).toEqual({});
      const lead = await app.person({ role: 'finance_lead', place: at.estate });
      expect(await counts(lead)).toEqual({ 'approve-closing': 1 });
      expect(await counts(second)).toEqual({});
    });
  });

  it('of 200 of everything each post sees its own kinds, the soonest end first, and 99 are counted', async () => {
    const at = await demoTown(app, 4);
    const of = { estate: at.estate, community: at.community, fund: at.volunteerFund.id, now: app.clock.now };
    await fillWithWaiting(app.engine, of, 200);
    const staff = await app.person({ role: 'staff', place: at.community });
    const lines = await waitingFor(staff);
    expect(lines[0]).toMatchObject({
      kind: 'rule-begins',
      due: new Date(app.clock.now + 86_400_000).toISOString(),
      place: { id: at.community },
    });
    expect(lines.map(({ kind, count, more }) => [kind, count, more]).sort()).toEqual([
      ['answer-inquiry', 99, true],
      ['approve-budget', 99, true],
      ['rate-service', 99, true],
      ['rule-begins', 99, true],
      ['tell-message', 99, true],
    ]);
    const accountant = await app.person({ role: 'accountant', place: at.estate });
    expect(await counts(accountant)).toEqual({
      ...{ 'answer-inquiry': 99, 'approve-closing': 1, 'approve-write-off': 99 },
      ...{ 'take-batch-back': 99, 'resolve-break': 99, 'hand-over': 99, 'bring-posted-list': 99 },
    });
    const lead = await app.person({ role: 'finance_lead', place: at.estate });
    const signed = { 'approve-closing': 1, 'approve-write-off': 99, 'take-batch-back': 99 };
    expect(await counts(lead)).toEqual(signed);
    const auditor = await app.person({ role: 'auditor', place: at.street });
    expect(await waitingFor(auditor)).toEqual([]);
  });
});
