/** What could go wrong between recording a service and its rating. */
import { beforeAll, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { balancesOf } from '../../api/ledger/index.ts';
import { addFund } from '../../api/programme/index.ts';
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
});
