/** A committee reads the rules in words, publishes a new version from a day on, and compares the two. */
import { beforeEach, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { demoOffsetRule } from '../../api/fees/index.ts';
import { demoPurchaseRule, demoServiceRule } from '../../api/programme/index.ts';
import { codeOf, startApp, type TestApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { demoTown, type DemoTown } from '../support/demo-programme.ts';

type Version = { id: string; state: string; from: string; until?: string; placeName: string; body: object };
type Rules = { items: { kind: string; inForce?: Version; next?: Version; template: object }[] };
type Page = { items: Version[]; next?: string };
type Fields = { fields: { field: string; zh: string }[] };

const BASIS = '金康社区〔2026〕第 9 号会议纪要';
const REASON = '居民代表会议决定';
const raised = { ...demoServiceRule, pointsPerHour: 12 };

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let staff: TestPerson;

  const path = (place = town.community) => `/api/v1/places/${place}`;
  const publish = (changes: object = {}, { by = staff, place = town.community } = {}) =>
    app.request(`${path(place)}/rule-versions`, {
      by,
      json: { body: raised, from: '2026-07-01', reason: REASON, basis: BASIS, ...changes },
    });
  const published = async (...input: Parameters<typeof publish>): Promise<Version> => {
    const answer = await publish(...input);
    expect(answer.status, await answer.clone().text()).toBe(201);
    return (await answer.json()) as Version;
  };
  const read = async <Body>(of: string, by = staff): Promise<Body> =>
    (await (await app.request(of, { by })).json()) as Body;
  const ruleOf = async (kind: string, place = town.community, by = staff) =>
    (await read<Rules>(`${path(place)}/rules`, by)).items.find((item) => item.kind === kind)!;
  const versions = (query = '') => read<Page>(`${path()}/rule-versions?kind=award${query}`);
  const withdraw = (id: string, by = staff) =>
    app.request(`/api/v1/rule-versions/${id}/withdrawal`, { by, json: { reason: '日期写错了' } });

  beforeEach(async () => {
    app = await startApp(await open());
    town = await demoTown(app);
    app.clock.now = Date.parse('2026-06-15T12:00+08:00');
    staff = await app.person({ role: 'staff', place: town.community });
  });

  describe('the rules of a place', () => {
    it('are told in words, with whose they are, also at a shop below', async () => {
      const shop = await town.merchant();
      const clerk = await app.person({ role: 'clerk', place: shop.id });
      const { inForce } = await ruleOf('purchase', shop.id, clerk);
      expect(inForce).toMatchObject({
        place: town.community,
        state: 'in-force',
        reason: '试点方案',
        lines: expect.arrayContaining([
          expect.objectContaining({
            text: { zh: '每满 1 元计 1 分，零头不计', en: expect.any(String) as string },
          }),
        ]) as object,
      });
    });

    it('where there is none, begin with a template', async () => {
      const elsewhere = await app.place('community');
      const at = await app.person({ role: 'staff', place: elsewhere });
      const { items } = await read<Rules>(`${path(elsewhere)}/rules`, at);
      expect(items.map(({ kind, inForce }) => [kind, inForce])).toEqual([
        ['award', undefined],
        ['purchase', undefined],
        ['offset', undefined],
      ]);
      expect(items[0]?.template).toEqual(demoServiceRule);
      // Nothing is displaced, so the first version may reach back; a second one not.
      await published({ from: '2026-05-01' }, { by: at, place: elsewhere });
      expect((await ruleOf('award', elsewhere, at)).inForce?.state).toBe('in-force');
      expect((await publish({ from: '2026-06-15' }, { by: at, place: elsewhere })).status).toBe(422);
    });
  });

  describe('a new version', () => {
    it('begins on its day, and the old one stays as it was', async () => {
      const [old] = (await versions()).items;
      const made = await published();
      expect(made).toMatchObject({
        state: 'to-come',
        basis: BASIS,
        reason: REASON,
        publishedBy: `person:${staff.id}`,
        publishedByName: '王*',
        from: '2026-06-30T16:00:00.000Z',
      });
      expect((await ruleOf('award')).inForce).toMatchObject({ id: old?.id, until: made.from });
      expect((await ruleOf('award')).next?.id).toBe(made.id);
      app.clock.now = Date.parse('2026-07-01T00:00+08:00');
      expect((await ruleOf('award')).inForce?.id).toBe(made.id);
      expect((await versions()).items.map(({ id, state, body }) => ({ id, state, body }))).toEqual([
        { id: made.id, state: 'in-force', body: raised },
        { id: old?.id, state: 'earlier', body: old?.body },
      ]);
    });

    it.each([
      ['2026-06-15', '最早从 2026-06-16 起'],
      ['2025-01-01', '最早从 2026-06-16 起'],
      ['2029-01-01', '最晚写到 2028-06-14'],
    ])('does not begin on %s', async (from, zh) => {
      expect(((await (await publish({ from })).json()) as Fields).fields).toMatchObject([
        { field: 'from', zh },
      ]);
    });

    it('needs a reason, the document that it rests on, and numbers within bounds', async () => {
      for (const change of [
        { reason: ' ' },
        { basis: '' },
        { basis: 'x'.repeat(121) },
        { body: { ...raised, pointsPerHour: -1 } },
        { body: { ...raised, kind: 'gift' } },
        { body: { ...raised, typePointsPerHour: {} } },
        { body: { ...demoPurchaseRule, points: 0 } },
      ]) {
        expect(await codeOf(await publish(change))).toBe('invalid-input');
      }
      expect((await versions()).items).toHaveLength(1);
    });

    it('has points of which a hundred at most come to whole fen', async () => {
      for (const worth of [
        { worthMicro: { CON: 6_667 } },
        { items: { 物业服务费: { worthMicro: { CON: 1 } } } },
      ]) {
        const answer = await publish({ body: { ...demoOffsetRule, ...worth } });
        const { fields } = (await answer.json()) as Fields;
        expect(fields).toMatchObject([
          { field: 'body.worthMicro', zh: expect.stringContaining('四位小数') as string },
        ]);
      }
    });

    it('is published once, however often the button is pressed', async () => {
      const answers = await Promise.all([publish(), publish(), publish()]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    });

    it('is not for a leader, a clerk or another community to publish', async () => {
      const leader = await app.person({ role: 'leader', place: town.community });
      const other = await app.person({ role: 'staff', place: await app.place('community') });
      expect((await publish({}, { by: leader })).status).toBe(403);
      expect((await publish({}, { by: other })).status).toBe(404);
    });

    it('of a shop goes before the community’s, at that shop alone', async () => {
      const [shop, other] = [await town.merchant(), await town.merchant()];
      const body = { ...demoPurchaseRule, points: 2 };
      const made = await published({ body }, { by: staff, place: shop.id });
      app.clock.now = Date.parse('2026-07-02T12:00+08:00');
      expect((await ruleOf('purchase', shop.id)).inForce?.id).toBe(made.id);
      expect((await ruleOf('purchase', other.id)).inForce?.body).toEqual(demoPurchaseRule);
    });
  });

  describe('a version whose day is still to come', () => {
    it('can be called off, with who and why, and its day is free again', async () => {
      const { id } = await published();
      const off = await withdraw(id);
      expect(await off.json()).toMatchObject({
        state: 'withdrawn',
        withdrawal: { by: `person:${staff.id}`, byName: '王*', reason: '日期写错了' },
      });
      expect(await codeOf(await withdraw(id))).toBe('already-done');
      expect((await ruleOf('award')).next).toBeUndefined();
      const second = await published({ body: { ...raised, pointsPerHour: 11 } });
      app.clock.now = Date.parse('2026-07-02T12:00+08:00');
      expect((await ruleOf('award')).inForce?.id).toBe(second.id);
      expect((await versions()).items.map(({ state }) => state)).toEqual([
        'in-force',
        'withdrawn',
        'earlier',
      ]);
    });

    it('is no longer called off once it began', async () => {
      const { id } = await published();
      app.clock.now = Date.parse('2026-07-01T00:00+08:00');
      expect(await codeOf(await withdraw(id))).toBe('rule-began');
      expect((await ruleOf('award')).inForce?.id).toBe(id);
    });
  });

  it('the versions of a place are read page by page', async () => {
    for (const day of ['01', '02', '03', '04']) await published({ from: `2026-07-${day}` });
    const first = await versions('&limit=3');
    const second = await versions(`&limit=3&cursor=${first.next}`);
    const wrong = Buffer.from(JSON.stringify(['newest', 'abc', 'x'])).toString('base64url');
    const path = `/api/v1/places/${town.community}/rule-versions?kind=award&cursor=${wrong}`;
    const refused = await app.request(path, { by: staff });
    expect([refused.status, await codeOf(refused)]).toEqual([422, 'invalid-input']);
    expect([...first.items, ...second.items].map(({ from }) => from.slice(0, 10))).toEqual([
      '2026-07-03',
      '2026-07-02',
      '2026-07-01',
      '2026-06-30',
      '2025-12-31',
    ]);
    expect(second.next).toBeUndefined();
  });

  describe('the difference', () => {
    type Differences = { before?: Version; differences: { key: string; before?: object; after?: object }[] };

    it('between a version and the one before it, or any other of its kind, names what changed', async () => {
      const [old] = (await versions()).items;
      const first = await published();
      const second = await published({ from: '2026-08-01', body: { ...raised, maxPointsPerDay: 80 } });
      const between = (id: string, earlier = '') =>
        read<Differences>(`/api/v1/rule-versions/${id}/differences${earlier}`);
      const keysOf = ({ differences }: Differences) => differences.map(({ key }) => key);
      expect(await between(second.id)).toMatchObject({
        before: { id: first.id },
        differences: [{ key: 'per-day', before: { zh: '最多 60 分' }, after: { zh: '最多 80 分' } }],
      });
      expect(keysOf(await between(second.id, `/${old?.id}`))).toEqual(['per-hour', 'per-day']);
      expect((await between(old!.id)).before).toBeUndefined();
      for (const foreign of [uuid(), (await ruleOf('purchase')).inForce!.id]) {
        const answer = await app.request(`/api/v1/rule-versions/${second.id}/differences/${foreign}`, {
          by: staff,
        });
        expect(answer.status).toBe(404);
      }
    });

    it('of a draft is told before anything is kept', async () => {
      const answer = await app.request(`${path()}/rule-drafts`, { by: staff, json: { body: raised } });
      expect(await answer.json()).toMatchObject({
        differences: [{ key: 'per-hour', before: { zh: '10 分' }, after: { zh: '12 分' } }],
      });
      expect((await versions()).items).toHaveLength(1);
    });
  });

  it('services are awarded by the type, and no more of a month than the rule says', async () => {
    const [leader, member] = [
      await app.person({ role: 'leader', place: town.community }),
      await app.resident({ role: 'member', place: town.estate }),
    ];
    const body = { ...demoServiceRule, typePointsPerHour: { 助老服务: 20 }, maxServicesPerMonth: 2 };
    await published({ body });
    app.clock.now = Date.parse('2026-07-30T12:00+08:00');
    const serve = async (day: number, type: string, grade?: string) => {
      const at = (time: string) => `2026-07-${String(day).padStart(2, '0')}T${time}:00+08:00`;
      const times = { startsAt: at('09:00'), endsAt: at('10:00') };
      const attended = { attendedFrom: at('09:00'), attendedTo: at('10:00'), trust: 'scan' };
      const json = { member, type, ...times, ...attended };
      const recorded = await app.request(`${path(town.estate)}/services`, { by: staff, json, key: uuid() });
      const { id } = (await recorded.json()) as { id: string };
      if (grade === undefined) return (await read<{ state: string }>(`/api/v1/services/${id}`)).state;
      const rated = await app.request(`/api/v1/services/${id}/rating`, {
        by: leader,
        json: { grade },
        key: uuid(),
      });
      return ((await rated.json()) as { points: string }).points;
    };
    expect(await serve(6, '助老服务', 'satisfied')).toBe('20');
    expect(await serve(7, '垃圾分类', 'satisfied')).toBe('10');
    expect(await serve(8, '助老服务')).toBe('no-points');
    expect(await town.pointsOf(member, 'VOL')).toMatchObject({ available: 30, pending: 0 });
  });
});
