/** What could go wrong between recording a service and its rating. */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { balancesOf } from '../../api/ledger/index.ts';
import { addPlace } from '../../api/places/index.ts';
import {
  addFund,
  demoServiceRule,
  lastDayBefore,
  publishRule,
  type Expiry,
} from '../../api/programme/index.ts';
import { codeOf, startApp } from '../support/app.ts';
import type { TestApp, TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { demoTown, must } from '../support/demo-programme.ts';
import type { DemoTown } from '../support/demo-programme.ts';

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
    app = await startApp(await open());
    town = await demoTown(app);
    staff = await app.person({ role: 'staff', place: town.community });
    rater = await app.person({ role: 'leader', place: town.community });
    app.clock.now = Date.UTC(2026, 5, 15, 4);
  });

  const record = (member: string, changed: object = {}) =>
    app.request(`/api/v1/places/${town.estate}/services`, {
      json: { member, ...WORKED, ...changed },
      by: staff,
      key: uuid(),
    });

  it('a mistyped year of arrival is refused; it would overlap with all that this member ever does', async () => {
    const member = await app.resident({ role: 'member', place: town.estate });
    const typo = await record(member, { trust: 'typed', attendedFrom: on('19:00', '2016-06-13') });
    expect(typo.status).toBe(422);
    expect(await codeOf(typo)).toBe('invalid-input');
    expect((await record(member)).status).toBe(201);
  });

  it('points are issued at the rate of the fund that set them aside, though the estate has a fund of its own by now', async () => {
    const member = await app.resident({ role: 'member', place: town.estate });
    const { id } = (await (await record(member)).json()) as { id: string };
    const own = { book: town.book, place: town.estate, unit: 'VOL', name: '小区经费' };
    must(await addFund(app.server.deps, { ...own, rateMicro: 1_000_000, budgetReturns: false }));
    const json = { grade: 'very-satisfied' };
    const rated = await app.request(`/api/v1/services/${id}/rating`, { json, by: rater, key: uuid() });
    expect(rated.status).toBe(200);
    const balances = await balancesOf(app.engine, { book: town.book, owner: member });
    expect(balances.filter(({ role }) => role === 'available')).toMatchObject([
      { fund: town.volunteerFund.id, rateMicro: town.volunteerFund.rateMicro, balance: 36 },
    ]);
  });

  describe('a rating that comes after the points’ end', () => {
    const JULY_2 = Date.parse('2026-07-02T09:00:00+08:00');

    /** An estate whose points end with the month that they were earned in; rated two days after that. */
    async function ratedLate(expiry: Expiry): Promise<{ member: string; steps: { en: string }[] }> {
      const { deps } = app.server;
      const of = { book: town.book, parent: town.community, kind: 'estate' as const, name: uuid() };
      const { id: estate } = must(await addPlace(deps, of));
      const rule = { place: estate, kind: 'award' as const, body: { ...demoServiceRule, expiry } };
      const dated = { validFrom: Date.UTC(2026, 0, 1), reason: '试点方案', actor: 'test' };
      must(await publishRule(deps, { ...rule, ...dated }));
      const member = await app.resident({ role: 'member', place: estate });
      const json = { member, ...WORKED };
      const path = `/api/v1/places/${estate}/services`;
      const { id } = (await (await app.request(path, { json, by: staff, key: uuid() })).json()) as {
        id: string;
      };
      app.clock.now = JULY_2;
      const grade = { grade: 'very-satisfied' };
      const rated = await app.request(`/api/v1/services/${id}/rating`, {
        json: grade,
        by: rater,
        key: uuid(),
      });
      expect(rated.status).toBe(200);
      const { steps } = (await rated.json()) as { steps: { en: string }[] };
      return { member, steps };
    }

    const seriesOf = async (member: string) =>
      (await balancesOf(app.engine, { book: town.book, owner: member }))
        .filter(({ kind, balance }) => kind === 'series' && balance !== 0)
        .map(({ role, balance, expiresAt }) => ({ role, balance, last: lastDayBefore(expiresAt) }));

    it('finds them expired where the rule sets no grace', async () => {
      const { member } = await ratedLate({ bucket: 'month', later: 0 });
      expect(await seriesOf(member)).toEqual([{ role: 'expired', balance: 36, last: '2026-06-30' }]);
    });

    it('gives them until the end of the month that the rule’s grace says, and they can be spent', async () => {
      const { member, steps } = await ratedLate({ bucket: 'month', later: 0, graceMonths: 1 });
      expect(await seriesOf(member)).toEqual([{ role: 'available', balance: 36, last: '2026-08-31' }]);
      expect(steps.at(-1)?.en).toBe('Rated after their end; by the grace they end on 2026-08-31');
      expect(await town.pointsOf(member, 'VOL')).toMatchObject({ available: 36 });
      const take = { points: 36, unit: 'VOL' };
      const terms = { '*': { mode: 'stocked' as const, factor: 10_000 } };
      await town.posted([{ do: 'spend', member, redeemer: 'shop', take, terms }]);
      expect(await seriesOf(member)).toEqual([]);
    });
  });
});
