/** A sign-in code is a way in: it counts where somebody can be brought it, and whoever wrote the phone stands behind it. */
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { askForCode } from '../../api/identity/ask-for-code.ts';
import { areTwoPeople } from '../../api/identity/index.ts';
import type { Carried, MessageProvider } from '../../api/platform/index.ts';
import { codeOf, PASSWORD, startApp, type TestApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { openFeesWorld, takeRoster } from '../support/fees-world.ts';

const PHONE = '13912345678';

eachEngine((_name, open) => {
  async function begin(carried?: Carried) {
    const messages: MessageProvider = { channels: ['sms'], send: () => Promise.resolve(carried!) };
    const app = await startApp(await open(), carried === undefined ? {} : { messages });
    const estate = await app.place();
    const staff = await app.person({ role: 'staff', place: estate });
    return { app, estate, staff };
  }
  const give = ({ engine: { db, tables } }: TestApp, person: string, phone: string) =>
    db.update(tables.people).set({ phone }).where(eq(tables.people.id, person));
  /** With the digits that whoever knows the secret could work out. */
  async function askedBy(app: TestApp): Promise<{ challenge: string; code: string }> {
    const { secrets } = app.server.deps.identity;
    const { challenge, sent } = await askForCode({ ...app.server.deps, secrets }, PHONE);
    await sent;
    return { challenge, code: secrets.digitsOf(secrets.codeOfChallenge(challenge)!) };
  }
  const enter = (app: TestApp, json: { challenge: string; code: string }) =>
    app.request('/api/auth/sign-in/phone', { json });
  const toRead = async (app: TestApp, estate: string, by: { headers: Record<string, string> }) =>
    (
      (await (await app.request(`/api/v1/places/${estate}/sign-in-codes`, { by })).json()) as {
        items: unknown[];
      }
    ).items.length;

  it('a code that nobody can be brought signs nobody in, however well it is guessed', async () => {
    const { app, staff } = await begin();
    await give(app, staff.id, PHONE);
    expect(await codeOf(await enter(app, await askedBy(app)))).toBe('wrong-code');
  });

  it('a code that the provider refused is read out at the desk, one that may have come is not', async () => {
    for (const [carried, waiting] of [
      ['refused', 1],
      ['unknown', 0],
      ['sent', 0],
    ] as const) {
      const { app, estate, staff } = await begin(carried);
      await give(app, await app.resident({ role: 'member', place: estate }), PHONE);
      const asked = await askedBy(app);
      expect([carried, await toRead(app, estate, staff)]).toEqual([carried, waiting]);
      expect((await enter(app, asked)).status).toBe(200);
    }
  });

  it('thirty neighbours on one router who ask for codes lock nobody’s password', async () => {
    const { app, staff } = await begin('sent');
    for (let nth = 0; nth < 40; nth += 1) {
      const phone = `1390000${String(nth).padStart(4, '0')}`;
      expect((await app.request('/api/auth/phone/code', { json: { phone } })).status).toBe(200);
    }
    const json = { username: staff.username, password: PASSWORD };
    expect((await app.request('/api/auth/sign-in/username', { json })).status).toBe(200);
  });

  it('whoever wrote the phone stands behind what is done by it, whatever password was set since', async () => {
    const { app, estate, staff } = await begin('sent');
    const colleague = await app.person({ role: 'staff', place: estate });
    const leader = await app.resident({ role: 'leader', place: estate });
    const isTwo = (other: { id: string }) => {
      const [one, two] = [leader, other.id].map((id) => ({ actor: `person:${id}`, at: app.clock.now + 1 }));
      return areTwoPeople(app.engine, one!, two!);
    };
    expect(await isTwo(staff)).toBe(true);
    const put = { method: 'PUT', by: staff, json: { version: 1, name: '王小明', phone: PHONE } };
    expect((await app.request(`/api/v1/people/${leader}`, put)).status).toBe(200);
    app.clock.now += 1;
    const json = { username: 'wang.leader', password: 'what the other chose 26' };
    const set = await app.request(`/api/v1/people/${leader}/sign-in`, { method: 'PUT', by: colleague, json });
    expect(set.status).toBe(204);
    app.clock.now += 1;
    expect([await isTwo(staff), await isTwo(colleague)]).toEqual([false, false]);
    // Whose phone it is now can no longer be who wrote the one before.
    const again = {
      method: 'PUT',
      by: colleague,
      json: { version: 2, name: '王小明', phone: '13911112222' },
    };
    expect((await app.request(`/api/v1/people/${leader}`, again)).status).toBe(200);
    app.clock.now += 1;
    expect([await isTwo(staff), await isTwo(colleague)]).toEqual([true, false]);
  });

  it('a roster that brings somebody’s phone stands in the log as who brought it', async () => {
    const world = await openFeesWorld(await startApp(await open()));
    const { db, tables } = world.app.engine;
    const row = (phone: string) => `8,1,0801,周敏,${phone},业主,,`;
    await takeRoster(world, [row('')]);
    await takeRoster(world, [row(PHONE)]);
    const [person] = await db.select().from(tables.people).where(eq(tables.people.phone, PHONE));
    const logged = await db
      .select()
      .from(tables.accessLog)
      .where(eq(tables.accessLog.subject, `person:${person!.id}`));
    expect(logged).toMatchObject([{ action: 'correct', reason: 'phone', place: world.estate.id }]);
  });
});
