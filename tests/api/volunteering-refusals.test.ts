/** Services that cannot be recorded or rated, and who may see which. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { demoServiceRule, publishRule } from '../../api/programme/index.ts';
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
  let stranger: TestPerson;

  beforeAll(async () => {
    const off = { perSecond: 0, burst: 0 };
    app = await startApp(await open(), { config: { limits: { key: off, person: off, address: off } } });
    town = await demoTown(app);
    staff = await app.person({ role: 'staff', place: town.community });
    rater = await app.person({ role: 'leader', place: town.community });
    stranger = await app.person({ role: 'staff', place: await app.place('community') });
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

  describe('what cannot be', () => {
    it.each([
      ['ends before it starts', { endsAt: on('18:00') }, 'endsAt'],
      ['lasts longer than a day', { endsAt: on('19:01', '2026-06-14') }, 'endsAt'],
      ['is left before it is joined', { attendedTo: on('19:00') }, 'attendedTo'],
      [
        'is of a day on which they were not there',
        { attendedFrom: on('19:00', '2026-06-12'), attendedTo: on('21:00', '2026-06-12') },
        'attendedFrom',
      ],
      ['is left in the future', { attendedTo: on('20:00', '2026-06-15') }, 'attendedTo'],
      [
        'is older than 90 days',
        { startsAt: on('19:00', '2026-03-01'), endsAt: on('21:00', '2026-03-01') },
        'startsAt',
      ],
      ['is of a day that does not exist', { startsAt: on('19:00', '2026-06-31') }, 'startsAt'],
      ['is of no known trust', { trust: 'hearsay' }, 'trust'],
      ['is of nobody', { member: uuid() }, 'member'],
    ])('a service that %s names the field', async (_what, changed, field) => {
      const answer = await record(await resident(), changed);
      expect(answer.status).toBe(422);
      expect(await answer.json()).toMatchObject({ code: 'invalid-input', fields: [{ field }] });
    });

    it('without a rule or a fund there is no service', async () => {
      const bare = await app.place('community');
      await town.hire(staff.id, 'staff', bare);
      const member = await resident();
      const at = (place: string) =>
        app.request(`/api/v1/places/${place}/services`, {
          json: { member, ...WORKED },
          by: staff,
          key: uuid(),
        });
      expect(await codeOf(await at(bare))).toBe('no-rule-in-force');
      const of = { place: bare, kind: 'award' as const, body: { ...demoServiceRule }, validFrom: 0 };
      await publishRule(app.server.deps, { ...of, reason: 'test', actor: 'test' });
      expect(await codeOf(await at(bare))).toBe('no-fund');
    });

    it('a budget that is used up books nothing, and says that a new try needs a new key', async () => {
      const poor = await startApp(await open());
      const village = await demoTown(poor);
      await village.posted([{ do: 'budget', fund: village.volunteerFund.id, unit: 'VOL', amount: -49_965 }]);
      const clerk = await poor.person({ role: 'staff', place: village.community });
      const member = await poor.resident({ role: 'member', place: village.estate });
      const key = uuid();
      const ask = () =>
        poor.request(`/api/v1/places/${village.estate}/services`, {
          json: { member, ...WORKED },
          by: clerk,
          key,
        });
      const refused = await ask();
      expect(await refused.json()).toMatchObject({ code: 'budget-exhausted', needsNewKey: true });
      await village.posted([{ do: 'budget', fund: village.volunteerFund.id, unit: 'VOL', amount: 1 }]);
      expect(await codeOf(await ask())).toBe('budget-exhausted');
      expect(await village.pointsOf(member, 'VOL')).toMatchObject({ pending: 0 });
      const { services } = poor.engine.tables;
      expect(await poor.engine.db.select().from(services)).toEqual([]);
    });

    it('nothing is recorded or rated once the month is closed', async () => {
      const member = await resident();
      const { id } = await recorded(member);
      app.clock.now = Date.parse('2026-07-02T10:00:00+08:00');
      await town.closeMonth(town.estate, '2026-07');
      expect(await codeOf(await rate(id, 'satisfied'))).toBe('month-closed');
      expect(await codeOf(await record(await resident()))).toBe('month-closed');
      app.clock.now = Date.parse('2026-08-02T10:00:00+08:00');
      expect((await rate(id, 'satisfied')).status).toBe(200);
    });
  });

  describe('whose it is', () => {
    it('a colleague of elsewhere finds nothing, byte for byte what is missing', async () => {
      const { id } = await recorded(await resident());
      const bytes = async (answer: Response) => [answer.status, await answer.text()];
      const ask = (service: string) => app.request(`/api/v1/services/${service}`, { by: stranger });
      expect(await bytes(await ask(id))).toEqual(await bytes(await ask(uuid())));
      expect((await ask(id)).status).toBe(404);
      expect(await bytes(await rate(id, 'satisfied', stranger))).toEqual(
        await bytes(await rate(uuid(), 'satisfied', stranger)),
      );
    });

    it('a member sees their own services, masked, in pages without gaps, and nobody else', async () => {
      const member = await app.person({ role: 'member', place: town.estate });
      const made: string[] = [];
      for (const hour of ['08', '10', '12', '14', '16']) {
        const at = { startsAt: on(`${hour}:00`), endsAt: on(`${hour}:30`) };
        const { id } = await recorded(member.id, { ...at, attendedFrom: at.startsAt, attendedTo: at.endsAt });
        made.unshift(id);
      }
      const seen: Service[] = [];
      let path: string | undefined = '/api/v1/me/services?limit=2';
      while (path !== undefined) {
        const page = (await (await app.request(path, { by: member })).json()) as {
          items: Service[];
          next?: string;
        };
        seen.push(...page.items);
        path = page.next && `/api/v1/me/services?limit=2&cursor=${page.next}`;
      }
      expect(seen.map(({ id }) => id)).toEqual(made);
      expect(seen[0]).toMatchObject({ member: { id: member.id, name: '王*' }, recordedByMe: false });
      expect((await app.request(`/api/v1/services/${made[0]}`, { by: member })).status).toBe(200);
      const other = await recorded(await resident());
      expect((await app.request(`/api/v1/services/${other.id}`, { by: member })).status).toBe(404);
    });

    it('staff tell two residents of one name apart by the end of their phones', async () => {
      const who = await resident();
      const { people } = app.engine.tables;
      await app.engine.db.update(people).set({ phone: '13800004711' }).where(eq(people.id, who));
      const { id } = await recorded(who);
      const list = await app.request(`/api/v1/places/${town.estate}/services`, { by: staff });
      const { items } = (await list.json()) as { items: Service[] };
      expect(items.find((item) => item.id === id)).toMatchObject({ member: { id: who, tail: '4711' } });
    });

    it('staff list what waits and what is done', async () => {
      const { id } = await recorded(await resident());
      const list = async (query: string) =>
        (
          (await (
            await app.request(`/api/v1/places/${town.estate}/services${query}`, { by: staff })
          ).json()) as {
            items: Service[];
          }
        ).items.map((item) => item.id);
      expect((await list('')).at(0)).toBe(id);
      await rated(id, 'satisfied');
      expect(await list('')).not.toContain(id);
      expect((await list('?state=released')).at(0)).toBe(id);
    });
  });
});
