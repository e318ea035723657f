/** A service from its record to the points, by the numbers of the demo programme. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { balancesOf } from '../../api/ledger/index.ts';
import { codeOf, startApp } from '../support/app.ts';
import type { TestApp, TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { demoTown } from '../support/demo-programme.ts';
import type { DemoTown } from '../support/demo-programme.ts';

type Service = {
  id: string;
  state: string;
  points: string;
  minutes: number;
  steps: { zh: string; en: string; value: string }[];
  recordedByMe: boolean;
  award?: string;
  settled?: string;
};

/** Saturday, 13 June 2026. */
const on = (time: string, day = '2026-06-13') => `${day}T${time}:00+08:00`;
const WORKED = {
  type: '人居环境',
  startsAt: on('19:00'),
  endsAt: on('21:30'),
  attendedFrom: on('19:00'),
  attendedTo: on('21:30'),
  trust: 'scan',
};

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let staff: TestPerson;
  let rater: TestPerson;

  beforeAll(async () => {
    const off = { perSecond: 0, burst: 0 };
    app = await startApp(await open(), { config: { limits: { key: off, person: off, address: off } } });
    town = await demoTown(app);
    staff = await app.person({ role: 'staff', place: town.community });
    rater = await app.person({ role: 'leader', place: town.community });
  });

  const start = Date.UTC(2026, 5, 15, 4);
  afterEach(() => void (app.clock.now = start));

  const resident = () => app.resident({ role: 'member', place: town.estate });
  const record = (member: string, changed: object = {}, key: string = uuid(), by = staff) =>
    app.request(`/api/v1/places/${town.estate}/services`, {
      json: { member, ...WORKED, ...changed },
      by,
      key,
    });
  const rate = (service: string, grade: string, by = rater, key: string = uuid()) =>
    app.request(`/api/v1/services/${service}/rating`, { json: { grade }, by, key });
  const recorded = async (member: string, changed: object = {}): Promise<Service> => {
    const answer = await record(member, changed);
    expect(answer.status).toBe(201);
    return (await answer.json()) as Service;
  };
  const rated = async (service: string, grade: string): Promise<Service> => {
    const answer = await rate(service, grade);
    expect(answer.status).toBe(200);
    return (await answer.json()) as Service;
  };
  const pointsOf = (member: string) => town.pointsOf(member, 'VOL');
  const unissued = async (): Promise<number> => {
    const found = await balancesOf(app.engine, { book: town.book, owner: town.volunteerFund.id });
    return found.find(({ role }) => role === 'unissued')?.balance ?? 0;
  };

  describe('the worked example', () => {
    it('Saturday 19:00–21:30 by scan, very satisfied, earns 36', async () => {
      const member = await resident();
      const waiting = await recorded(member);
      expect(waiting).toMatchObject({ state: 'waiting', points: '36', minutes: 150, recordedByMe: true });
      expect(await pointsOf(member)).toMatchObject({ available: 0, pending: 36 });
      const done = await rated(waiting.id, 'very-satisfied');
      expect(done).toMatchObject({ state: 'released', grade: 'very-satisfied', points: '36' });
      expect(done.steps.map(({ value }) => value)).toEqual(['2.5', '2', '20', '30', '36']);
      expect(await pointsOf(member)).toEqual({ available: 36, pending: 0, held: 0, toSettle: 0 });
    });

    it('36 are set aside while it waits; satisfied releases 30, and 6 go back to the budget', async () => {
      const before = await unissued();
      const member = await resident();
      const { id } = await recorded(member);
      expect(await unissued()).toBe(before - 36);
      expect(await rated(id, 'satisfied')).toMatchObject({ state: 'released', points: '30' });
      expect(await unissued()).toBe(before - 30);
      expect(await pointsOf(member)).toMatchObject({ available: 30, pending: 0 });
    });

    it('a bad rating rejects the award: all of it goes back, and the hours stay', async () => {
      const before = await unissued();
      const member = await resident();
      const { id } = await recorded(member);
      const done = await rated(id, 'dissatisfied');
      expect(done).toMatchObject({ state: 'rejected', points: '0', minutes: 150 });
      expect(await unissued()).toBe(before);
      expect(await pointsOf(member)).toMatchObject({ available: 0, pending: 0 });
    });

    it('who stays for less than 60 % earns nothing', async () => {
      const member = await resident();
      const early = await recorded(member, { attendedTo: on('20:29') });
      expect(early).toMatchObject({ state: 'no-points', points: '0', minutes: 89 });
      expect(early.steps.at(-1)?.en).toMatch(/60 %/);
      expect(early.award).toBeUndefined();
      const enough = await recorded(await resident(), { attendedTo: on('20:30') });
      expect(enough).toMatchObject({ state: 'waiting', minutes: 90, points: '27' });
    });

    it('hours that staff typed in are recorded and earn nothing; there is nothing to rate', async () => {
      const member = await resident();
      const typed = await recorded(member, { trust: 'typed' });
      expect(typed).toMatchObject({ state: 'no-points', points: '0', minutes: 150 });
      expect(await pointsOf(member)).toMatchObject({ available: 0, pending: 0 });
      expect(await codeOf(await rate(typed.id, 'satisfied'))).toBe('award-settled');
    });

    it('coming early and staying on add nothing', async () => {
      const long = { attendedFrom: on('18:00'), attendedTo: on('23:00') };
      expect(await recorded(await resident(), long)).toMatchObject({ minutes: 150, points: '36' });
    });

    it('a day earns 60 at most: the second service gets what is left, and a bad rating gives it back', async () => {
      const member = await resident();
      const at = (from: string, to: string) => ({
        startsAt: on(from),
        endsAt: on(to),
        attendedFrom: on(from),
        attendedTo: on(to),
      });
      const first = await recorded(member, at('08:00', '10:00'));
      const second = await recorded(member, at('11:00', '13:00'));
      expect([first.points, second.points]).toEqual(['36', '24']);
      expect(second.steps.at(-1)?.en).toBe(
        'At most 60 points a day; 36 already earned on 2026-06-13, so 24 count',
      );
      const third = await recorded(member, at('14:00', '16:00'));
      expect(third).toMatchObject({ state: 'no-points', points: '0' });
      await rated(first.id, 'very-dissatisfied');
      const fourth = await recorded(member, at('17:00', '19:00'));
      expect(fourth.points).toBe('36');
      await rated(second.id, 'very-satisfied');
      await rated(fourth.id, 'very-satisfied');
      expect(await pointsOf(member)).toMatchObject({ available: 60, pending: 0 });
    });
  });

  describe('a second person rates', () => {
    it.each([
      ['whoever recorded it', () => Promise.resolve(staff)],
      ['the volunteer', (member: TestPerson) => Promise.resolve(member)],
    ])('not %s', async (_who, by) => {
      const member = await app.person({ role: 'member', place: town.estate });
      await town.hire(member.id, 'leader', town.estate);
      const { id } = await recorded(member.id);
      const answer = await rate(id, 'very-satisfied', await by(member));
      expect([answer.status, await codeOf(answer)]).toEqual([403, 'second-person-needed']);
      expect(await pointsOf(member.id)).toMatchObject({ available: 0, pending: 36 });
    });

    it('not somebody of the same house', async () => {
      const [member, wife] = [await resident(), await app.person({ role: 'leader', place: town.estate })];
      await town.settle(member, wife.id);
      const { id } = await recorded(member);
      const refused = (await (await rate(id, 'satisfied', wife)).json()) as {
        code: string;
        details: { zh: string };
      };
      expect(refused.code).toBe('second-person-needed');
      expect(refused.details.zh).toMatch(/家人/);
      expect((await rate(id, 'satisfied')).status).toBe(200);
    });

    it('and nobody records their own', async () => {
      const leader = await app.person({ role: 'leader', place: town.estate });
      expect(await codeOf(await record(leader.id, {}, uuid(), leader))).toBe('second-person-needed');
    });

    it('once: a second rating, and two at the same moment, change nothing', async () => {
      const member = await resident();
      const { id } = await recorded(member);
      const both = await Promise.all([rate(id, 'satisfied'), rate(id, 'very-satisfied')]);
      expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(await codeOf(await rate(id, 'very-satisfied'))).toBe('award-settled');
      const { available, pending } = await pointsOf(member);
      expect([30, 36]).toContain(available);
      expect(pending).toBe(0);
    });

    it('of two services of one day at the same moment, both count', async () => {
      const member = await resident();
      const early = { startsAt: on('08:00'), endsAt: on('09:00') };
      const attended = { attendedFrom: early.startsAt, attendedTo: early.endsAt };
      const [one, two] = [await recorded(member), await recorded(member, { ...early, ...attended })];
      const both = await Promise.all([rate(one.id, 'satisfied'), rate(two.id, 'dissatisfied')]);
      expect(both.map(({ status }) => status)).toEqual([200, 200]);
      expect(await pointsOf(member)).toMatchObject({ available: 30, pending: 0 });
    });

    it('not before the service is over', async () => {
      const day = '2026-06-15';
      const times = { startsAt: on('10:00', day), endsAt: on('12:30', day), attendedFrom: on('10:00', day) };
      const { id } = await recorded(await resident(), { ...times, attendedTo: on('11:55', day) });
      expect(await codeOf(await rate(id, 'satisfied'))).toBe('service-not-over');
      app.clock.now = Date.parse(times.endsAt);
      expect((await rate(id, 'satisfied')).status).toBe(200);
    });
  });

  it('nobody serves in two places at once, whatever the first service was rated', async () => {
    const member = await resident();
    const { id } = await recorded(member);
    const meanwhile = {
      startsAt: on('20:00'),
      endsAt: on('22:00'),
      attendedFrom: on('20:00'),
      attendedTo: on('22:00'),
    };
    const refused = await record(member, meanwhile);
    expect([refused.status, await codeOf(refused)]).toEqual([409, 'service-overlaps']);
    const after = {
      startsAt: on('21:30'),
      endsAt: on('22:30'),
      attendedFrom: on('21:30'),
      attendedTo: on('22:30'),
    };
    await recorded(member, after);
    await rated(id, 'very-dissatisfied');
    expect(await codeOf(await record(member, meanwhile))).toBe('service-overlaps');
  });

  it('two colleagues who record the same service at the same moment record it once', async () => {
    const member = await resident();
    const both = await Promise.all([record(member), record(member)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await pointsOf(member)).toMatchObject({ pending: 36 });
  });

  it('nor do two services that share an hour, recorded at the same moment, both count', async () => {
    const member = await resident();
    const overlapping = [
      record(member),
      record(member, {
        startsAt: on('20:00'),
        endsAt: on('22:00'),
        attendedFrom: on('20:00'),
        attendedTo: on('22:00'),
      }),
    ];
    const answers = await Promise.all(overlapping);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(await Promise.all(refused.map(codeOf))).toEqual(['service-overlaps']);
  });

  it('two services of one day, recorded at the same moment, get what the day allows and no refusal', async () => {
    const member = await resident();
    const morning = {
      startsAt: on('08:00'),
      endsAt: on('10:00'),
      attendedFrom: on('08:00'),
      attendedTo: on('10:00'),
    };
    const answers = await Promise.all([record(member), record(member, morning)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(await pointsOf(member)).toMatchObject({ pending: 60 });
  });

  describe('a request again', () => {
    it('with the same key is answered from the first, with the same body', async () => {
      const member = await resident();
      const key = uuid();
      const first = await record(member, {}, key);
      const again = await record(member, {}, key);
      expect([again.status, again.headers.get('Idempotency-Hit')]).toEqual([201, 'true']);
      expect(first.headers.get('Idempotency-Hit')).toBeNull();
      const service = (await first.json()) as Service;
      expect(await again.json()).toEqual(service);
      expect(await pointsOf(member)).toMatchObject({ pending: 36 });
      expect(await codeOf(await record(member, { type: '垃圾分类' }, key))).toBe('key-reused');

      const rating = uuid();
      const done = await rate(service.id, 'satisfied', rater, rating);
      const replay = await rate(service.id, 'satisfied', rater, rating);
      expect([replay.status, replay.headers.get('Idempotency-Hit')]).toEqual([200, 'true']);
      expect(await replay.json()).toEqual(await done.json());
      expect(await codeOf(await rate(service.id, 'very-satisfied', rater, rating))).toBe('key-reused');
      expect(await codeOf(await record(member, {}, ''))).toBe('key-missing');
    });
  });
});
