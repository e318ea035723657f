/** One person is not two: whoever chose somebody's password is never the second person of what they do, nor they theirs. */
import { expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { addFund } from '../../api/programme/index.ts';
import { codeOf, PASSWORD, signIn, startApp } from '../support/app.ts';
import type { TestApp, TestPerson, Visitor } from '../support/app.ts';
import { demoTown, must } from '../support/demo-programme.ts';
import type { DemoTown } from '../support/demo-programme.ts';
import { eachEngine } from '../support/database.ts';

const CHOSEN = 'a password staff chose';

eachEngine((_, open) => {
  let app: TestApp;
  let town: DemoTown;
  let staff: TestPerson;
  let colleague: TestPerson;

  async function begin(): Promise<void> {
    app = await startApp(await open());
    town = await demoTown(app);
    staff = await app.person({ role: 'staff', place: town.community });
    colleague = await app.person({ role: 'staff', place: town.community });
  }

  const grant = (place: string, person: string, role: string, by: Visitor = staff) =>
    app.request(`/api/v1/places/${place}/roles`, { by, json: { person, role } });

  /** `by` chooses a password for somebody and signs in as them with it. */
  async function signedInAs(person: string, by: Visitor, password = CHOSEN): Promise<Visitor> {
    const username = `p${person.replaceAll('-', '').slice(-20)}`;
    const json = { username, password };
    const answer = await app.request(`/api/v1/people/${person}/sign-in`, { method: 'PUT', by, json });
    expect(answer.status).toBe(204);
    return { headers: { cookie: await signIn(app.request, username, password) } };
  }

  let paper = 0;
  const ask = async (fund: string, by: Visitor): Promise<string> => {
    const json = { amount: '1000', basis: `第 ${++paper} 号会议纪要` };
    const asked = await app.request(`/api/v1/funds/${fund}/budgets`, { by, json });
    expect(asked.status).toBe(201);
    return ((await asked.json()) as { id: string }).id;
  };
  const approve = (budget: string, by: Visitor) =>
    app.request(`/api/v1/budgets/${budget}/approval`, { method: 'POST', by, key: uuid() });

  async function shop(): Promise<{ place: string; fund: string }> {
    const place = await app.place('merchant', town.community);
    const terms = {
      book: town.book,
      place,
      unit: 'CON',
      name: '经费',
      rateMicro: 10_000,
      budgetReturns: true,
    };
    return { place, fund: must(await addFund(app.server.deps, terms)).id };
  }

  it('a role of a shop is given at a shop, and one of the community at the community', async () => {
    await begin();
    const somebody = await app.resident({ role: 'member', place: town.estate });
    const { place } = await shop();
    const misplaced = await grant(town.community, somebody, 'merchant_manager');
    expect([misplaced.status, await codeOf(misplaced.clone())]).toEqual([422, 'invalid-input']);
    expect(await misplaced.text()).toContain('"role"');
    expect((await grant(place, somebody, 'leader')).status).toBe(422);
    expect((await grant(place, somebody, 'merchant_manager')).status).toBe(201);
    expect((await grant(town.community, somebody, 'leader')).status).toBe(201);
  });

  it('staff do not approve their own budget as a manager whose password they set, also once it was changed', async () => {
    await begin();
    const { place, fund } = await shop();
    const puppet = await app.resident({ role: 'member', place: town.estate });
    await grant(place, puppet, 'merchant_manager');
    const as = await signedInAs(puppet, staff);
    const budget = await ask(fund, staff);
    expect(await codeOf(await approve(budget, as))).toBe('second-person-needed');
    const json = { currentPassword: CHOSEN, newPassword: 'the puppet changes it' };
    const changed = await app.request('/api/auth/change-password', { by: as, json });
    expect(changed.status).toBe(204);
    const cookie = await signIn(app.request, `p${puppet.replaceAll('-', '').slice(-20)}`, json.newPassword);
    const later = { headers: { cookie } };
    expect(await codeOf(await approve(budget, later))).toBe('second-person-needed');
    expect(await codeOf(await approve(await ask(fund, later), staff))).toBe('second-person-needed');
    expect((await approve(budget, colleague)).status).toBe(200);
  });

  it('two managers whose passwords one colleague set are one person, and two with another’s are two', async () => {
    await begin();
    const { place, fund } = await shop();
    const [first, second] = [await app.resident(), await app.resident()];
    for (const manager of [first, second]) await grant(place, manager, 'merchant_manager');
    const [asFirst, asSecond] = [await signedInAs(first, staff), await signedInAs(second, staff)];
    const budget = await ask(fund, asFirst);
    expect(await codeOf(await approve(budget, asSecond))).toBe('second-person-needed');
    app.clock.now += 1_000;
    // From now on staff cannot be behind the second; what the first asked for then could still be theirs.
    const free = await signedInAs(second, colleague, 'what the colleague chose');
    expect(await codeOf(await approve(budget, staff))).toBe('second-person-needed');
    expect((await approve(budget, free)).status).toBe(200);
  });

  it('who could have been the maker then stays one, whoever sets the password since', async () => {
    await begin();
    const { place, fund } = await shop();
    const manager = await app.resident();
    await grant(place, manager, 'merchant_manager');
    const budget = await ask(fund, await signedInAs(manager, staff));
    app.clock.now += 1_000;
    await signedInAs(manager, colleague, 'what the colleague chose');
    expect(await codeOf(await approve(budget, staff))).toBe('second-person-needed');
    expect((await approve(budget, colleague)).status).toBe(200);
  });

  it('staff do not rate what they recorded as a leader whose password they set', async () => {
    await begin();
    const member = await app.resident({ role: 'member', place: town.estate });
    const puppet = await app.resident({ role: 'member', place: town.estate });
    await grant(town.community, puppet, 'leader');
    const as = await signedInAs(puppet, staff);
    const at = (time: string) => `2026-06-13T${time}:00+08:00`;
    const record = (startsAt: string, endsAt: string, by: Visitor, who = member) =>
      app.request(`/api/v1/places/${town.estate}/services`, {
        by,
        key: uuid(),
        json: {
          ...{ member: who, type: '人居环境', trust: 'scan', startsAt, endsAt },
          ...{ attendedFrom: startsAt, attendedTo: endsAt },
        },
      });
    const rate = (service: string, by: Visitor) =>
      app.request(`/api/v1/services/${service}/rating`, { by, key: uuid(), json: { grade: 'satisfied' } });
    const idOf = async (answer: Response) => ((await answer.json()) as { id: string }).id;
    const ours = await idOf(await record(at('09:00'), at('11:00'), staff));
    const puppets = await idOf(await record(at('13:00'), at('15:00'), as));
    for (const [service, by] of [
      [ours, as],
      [puppets, staff],
    ] as const) {
      const refused = (await (await rate(service, by)).json()) as { code: string; details: { zh: string } };
      expect(refused.code).toBe('second-person-needed');
      expect(refused.details.zh).toMatch(/密码/);
    }
    expect((await rate(ours, colleague)).status).toBe(200);
    // Nor does anybody record or rate their own service through somebody else.
    const own = await record(at('16:00'), at('17:00'), as, staff.id);
    expect(await codeOf(own)).toBe('second-person-needed');
    const staffs = await idOf(await record(at('16:00'), at('17:00'), colleague, staff.id));
    expect(await codeOf(await rate(staffs, as))).toBe('second-person-needed');
  });

  it('a month is neither closed nor opened again by whoever set the password of the one who asked to close it', async () => {
    await begin();
    app.clock.now = Date.parse('2026-07-03T10:00:00+08:00');
    const operator = await app.person(
      { role: 'operator', place: town.street },
      { role: 'accountant', place: town.estate },
    );
    const closer = await app.resident({ role: 'accountant', place: town.estate });
    const by = await signedInAs(closer, operator);
    const other = await app.person({ role: 'accountant', place: town.estate });
    const path = `/api/v1/places/${town.estate}/closure-requests`;
    const asked = await app.request(path, { by, json: { month: '2026-06' } });
    const { id: request } = (await asked.json()) as { id: string };
    const approve = (who: Visitor) =>
      app.request(`/api/v1/closure-requests/${request}/approval`, { method: 'POST', by: who, key: uuid() });
    expect(await codeOf(await approve(operator))).toBe('second-person-needed');
    const { id } = (await (await approve(other)).json()) as { id: string };
    const reopen = (who: Visitor) =>
      app.request(`/api/v1/closures/${id}/reopening`, {
        by: who,
        key: uuid(),
        json: { reason: '漏了一张单' },
      });
    expect(await codeOf(await reopen(operator))).toBe('second-person-needed');
    expect((await reopen(other)).status).toBe(200);
  });

  it('whoever sets a password stands in the access log, in the same database transaction', async () => {
    await begin();
    const member = await app.person({ role: 'member', place: town.estate });
    const json = { username: member.username, password: CHOSEN };
    const reset = (by: Visitor) =>
      app.request(`/api/v1/people/${member.id}/sign-in`, { method: 'PUT', by, json });
    const logged = async () => {
      const { accessLog: t } = app.engine.tables;
      const rows = await app.engine.reader.select().from(t);
      return rows.filter((row) => row.subject === `person:${member.id}` && row.actor.startsWith('person:'));
    };
    expect((await reset(staff)).status).toBe(204);
    const entry = { actor: `person:${staff.id}`, action: 'sign-in', place: town.estate, at: app.clock.now };
    expect(await logged()).toEqual([expect.objectContaining(entry)]);
    // What cannot be written down is not done.
    const { deps } = app.server;
    const taken = (await logged())[0]!.id;
    const real = deps.ids;
    Object.assign(deps, { ids: () => taken });
    expect((await reset(colleague)).status).toBe(500);
    Object.assign(deps, { ids: real });
    await signIn(app.request, member.username, CHOSEN);
    await expect(signIn(app.request, member.username, PASSWORD)).rejects.toThrow('401');
  });
});
