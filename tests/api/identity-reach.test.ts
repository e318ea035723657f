/** How far a colleague of one estate reaches: not to people who live or act elsewhere, though they be of the same book. */
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { codeOf, signIn, startApp } from '../support/app.ts';
import type { TestApp, Visitor } from '../support/app.ts';
import { demoTown } from '../support/demo-programme.ts';
import type { DemoTown } from '../support/demo-programme.ts';
import { eachEngine } from '../support/database.ts';

const CHOSEN = 'a password staff chose';

eachEngine((_, open) => {
  let app: TestApp;
  let town: DemoTown;
  let elsewhere: string;
  let theirs: Visitor;
  let ours: Visitor;
  let named = 0;

  async function begin(): Promise<void> {
    app = await startApp(await open());
    town = await demoTown(app);
    elsewhere = await app.place('estate', town.community);
    theirs = await app.person({ role: 'staff', place: elsewhere });
    ours = await app.person({ role: 'staff', place: town.estate });
  }

  const grant = async (place: string, person: string, role: string, by: Visitor) =>
    (await app.request(`/api/v1/places/${place}/roles`, { by, json: { person, role } })).status;
  const help = async (person: string, by: Visitor) => {
    const json = { username: `helped.${++named}`, password: CHOSEN };
    return (await app.request(`/api/v1/people/${person}/sign-in`, { method: 'PUT', by, json })).status;
  };

  it('staff of another estate neither give a resident a role nor a password; their own staff do', async () => {
    await begin();
    const resident = await app.resident();
    await town.settle(resident);
    expect(await grant(elsewhere, resident, 'member', theirs)).toBe(404);
    expect(await help(resident, theirs)).toBe(404);
    // As the roster leaves them: they live here and hold no role yet.
    expect(await help(resident, ours)).toBe(204);
    const by = { headers: { cookie: await signIn(app.request, `helped.${named}`, CHOSEN) } };
    const houses = (await (await app.request('/api/v1/me/houses', { by })).json()) as { items: unknown[] };
    expect(houses.items).toHaveLength(1);
    expect(await grant(town.estate, resident, 'leader', ours)).toBe(201);
  });

  it('whoever lives at two estates is helped by those who cover both', async () => {
    await begin();
    const resident = await app.resident({ role: 'member', place: elsewhere });
    await town.settle(resident);
    expect(await help(resident, theirs)).toBe(404);
    expect(await help(resident, ours)).toBe(404);
    expect(await help(resident, await app.person({ role: 'staff', place: town.community }))).toBe(204);
  });

  it('a shop hires a resident of the book, and cannot become them by that', async () => {
    await begin();
    const shop = await app.place('merchant', town.community);
    const manager = await app.person({ role: 'merchant_manager', place: shop });
    const [resident, stranger] = [await app.resident(), await app.resident()];
    await town.settle(resident);
    expect(await grant(shop, resident, 'clerk', manager)).toBe(201);
    expect(await help(resident, manager)).toBe(404);
    expect(await grant(shop, stranger, 'clerk', manager)).toBe(201);
    expect(await help(stranger, manager)).toBe(204);
  });

  it('a role that begins later already counts, and one that ended no longer does', async () => {
    await begin();
    const auditor = await app.resident({ role: 'member', place: town.estate });
    const operator = await app.person({ role: 'operator', place: '' });
    const json = { person: auditor, role: 'auditor', validFrom: '2026-07-01T00:00:00+08:00' };
    const given = await app.request(`/api/v1/places/${town.estate}/roles`, { by: operator, json });
    const { id } = (await given.json()) as { id: string };
    expect(await help(auditor, ours)).toBe(404);
    app.clock.now = Date.parse('2026-07-02T00:00:00+08:00');
    await app.request(`/api/v1/roles/${id}`, { method: 'DELETE', by: operator });
    app.clock.now += 1;
    expect(await help(auditor, ours)).toBe(204);
  });

  it('a place with U+0000 in its name is nowhere, on either engine and whoever asks', async () => {
    await begin();
    const operator = await app.person({ role: 'operator', place: '' });
    for (const by of [ours, operator]) {
      for (const path of ['%00', `${town.estate}%00`]) {
        const listed = await app.request(`/api/v1/places/${path}/roles`, { by });
        expect([404, 422]).toContain(listed.status);
        expect([404, 422]).toContain(await grant(path, 'nobody', 'leader', by));
        expect([404, 422]).toContain((await app.request(`/api/v1/places/${path}/funds`, { by })).status);
      }
    }
    for (const place of ['\u0000', `${town.estate}\u0000`]) {
      const json = { name: 'x', scopes: ['ledger:read'], book: 1, place };
      const made = await app.request('/api/v1/system-keys', { by: operator, json });
      expect([404, 422]).toContain(made.status);
    }
  });

  it('who took a role away stays on record, once', async () => {
    await begin();
    const resident = await app.resident();
    const staff = await app.person({ role: 'staff', place: town.estate });
    const json = { person: resident, role: 'leader' };
    const given = await app.request(`/api/v1/places/${town.estate}/roles`, { by: staff, json });
    const { id } = (await given.json()) as { id: string };
    app.clock.now += 1;
    for (let n = 0; n < 2; n++) await app.request(`/api/v1/roles/${id}`, { method: 'DELETE', by: staff });
    const log = await app.engine.reader.select().from(app.engine.tables.accessLog);
    expect(log.filter(({ action }) => action === 'end-role')).toEqual([
      expect.objectContaining({
        actor: `person:${staff.id}`,
        subject: `person:${resident}`,
        place: town.estate,
      }),
    ]);
  });

  it('the end of a role is set anew while it runs, by who could have given it, and the log says so', async () => {
    await begin();
    const resident = await app.resident();
    const staff = await app.person({ role: 'staff', place: town.estate });
    const json = { person: resident, role: 'leader', validTo: '2026-12-31T16:00:00.000Z' };
    const given = await app.request(`/api/v1/places/${town.estate}/roles`, { by: staff, json });
    const { id } = (await given.json()) as { id: string };
    const set = async (validTo: string | null, by: Visitor = staff) =>
      app.request(`/api/v1/roles/${id}`, { method: 'PUT', by, json: { validTo } });
    expect(await (await set('2027-06-30T16:00:00.000Z')).json()).toMatchObject({
      ...{ id, validTo: '2027-06-30T16:00:00.000Z' },
    });
    expect((await (await set(null)).json()) as object).not.toHaveProperty('validTo');
    expect((await set('2020-01-01T00:00:00.000Z')).status).toBe(422);
    const manager = await app.person({
      role: 'merchant_manager',
      place: await app.place('merchant', town.estate),
    });
    expect((await set(null, manager)).status).toBe(404);
    app.clock.now += 1;
    await app.request(`/api/v1/roles/${id}`, { method: 'DELETE', by: staff });
    expect((await set(null)).status).toBe(409);
    const log = await app.engine.reader.select().from(app.engine.tables.accessLog);
    expect(log.filter(({ action }) => action === 'date-role').map(({ reason }) => reason)).toEqual([
      '2026-12-31T16:00:00.000Z → 2027-06-30T16:00:00.000Z',
      '2027-06-30T16:00:00.000Z → -',
    ]);
    const operator = await app.person({ role: 'operator', place: '' });
    const { roles } = app.engine.tables;
    const [own] = await app.engine.db
      .select({ id: roles.id })
      .from(roles)
      .where(eq(roles.person, operator.id));
    const prolonged = { method: 'PUT', by: operator, json: { validTo: '2030-01-01T00:00:00.000Z' } };
    expect(await codeOf(await app.request(`/api/v1/roles/${own?.id}`, prolonged))).toBe(
      'second-person-needed',
    );
  });
});
