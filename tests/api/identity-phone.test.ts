/** Signing in with a phone and a one-time code: by text message, or read out by staff who answer for it. */
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { areTwoPeople, sweepIdentity } from '../../api/identity/index.ts';
import { codeOf, nobody } from '../support/app.ts';
import type { TestPerson, Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { registeredAsDead } from '../support/registered-as-dead.ts';
import { openPhoneWorld, PHONE, sessionOf, type PhoneWorld } from '../support/phone-world.ts';

const MINUTE_MS = 60_000;

eachEngine((_name, open) => {
  let world: PhoneWorld;
  beforeEach(async () => {
    world = await openPhoneWorld(await open());
  });

  it('whoever has the phone types the code of the message and is in', async () => {
    const code = await world.sentTo();
    expect(world.carried).toMatchObject([{ channel: 'sms', person: world.member, phone: PHONE }]);
    const answer = await world.enter(code);
    expect(await answer.json()).toEqual({ person: world.member });
    const me = await world.app.request('/api/v1/me', { by: sessionOf(answer) });
    expect(await me.json()).toMatchObject({ person: { id: world.member } });
  });

  it('blanks, full width and the country’s prefix are the same phone and code', async () => {
    const code = await world.sentTo();
    const typed = { phone: '+86 139 1234 5678', code: `${code.slice(0, 3)} ${code.slice(3)}` };
    expect((await world.post('/sign-in/phone', typed)).status).toBe(200);
    for (const phone of ['', '12', '010-12345678', '23912345678'])
      expect(await codeOf(await world.askedFor(phone))).toBe('invalid-input');
  });

  it('a code works once, for five minutes, and only until the next one is asked for', async () => {
    const first = await world.sentTo();
    world.app.clock.now += 1;
    const second = await world.sentTo();
    expect(await codeOf(await world.enter(first === second ? '000000' : first))).toBe('wrong-code');
    expect((await world.enter(second)).status).toBe(200);
    expect(await codeOf(await world.enter(second))).toBe('wrong-code');
    world.app.clock.now += 1;
    const third = await world.sentTo();
    world.app.clock.now += 5 * MINUTE_MS;
    expect(await codeOf(await world.enter(third))).toBe('wrong-code');
  });

  it('of two who type it at the same moment one is in', async () => {
    const code = await world.sentTo();
    const both = await Promise.all([world.enter(code), world.enter(code)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('guessing locks after five tries, also for the right code', async () => {
    const code = await world.sentTo();
    const wrong = code === '123456' ? '654321' : '123456';
    for (let tries = 0; tries < 5; tries += 1)
      expect(await codeOf(await world.enter(wrong))).toBe('wrong-code');
    expect(await codeOf(await world.enter(code))).toBe('locked-out');
    world.app.clock.now += 15 * MINUTE_MS;
    expect(await codeOf(await world.enter(code))).toBe('wrong-code');
  });

  it('whoever asks is sent three codes in a quarter of an hour, and no more', async () => {
    for (let asked = 0; asked < 3; asked += 1) expect((await world.askedFor(PHONE)).status).toBe(204);
    expect(await codeOf(await world.askedFor(PHONE))).toBe('locked-out');
    world.app.clock.now += 15 * MINUTE_MS;
    expect((await world.askedFor(PHONE)).status).toBe(204);
  });

  it('a stranger who asks again and again does not keep the owner out, and many strangers do not fill the phone', async () => {
    for (let asked = 0; asked < 20; asked += 1) await world.askedFrom('203.0.113.9', PHONE);
    expect((await world.askedFrom('198.51.100.7', PHONE)).status).toBe(204);
    const answers: number[] = [];
    for (let stranger = 1; stranger <= 10; stranger += 1)
      for (let asked = 0; asked < 3; asked += 1)
        answers.push((await world.askedFrom(`192.0.2.${stranger}`, PHONE)).status);
    // Six in all: three of the first, one of the owner's.
    expect(answers.filter((status) => status === 204)).toHaveLength(2);
  });

  it('a phone is sent six codes in an hour whoever asks, and a line of IPv6 is one asker', async () => {
    const from = async (address: string) => codeOf(await world.askedFrom(address, PHONE));
    for (const last of ['1', '2', '3']) await world.askedFrom(`2001:db8:1:1::${last}`, PHONE);
    expect(await from('2001:db8:1:1:ffff::4')).toBe('locked-out');
    for (const line of ['2', '3', '4'])
      expect((await world.askedFrom(`2001:db8:1:${line}::1`, PHONE)).status).toBe(204);
    // A quarter of an hour later, and for a neighbour on yet another line, too.
    world.app.clock.now += 50 * MINUTE_MS;
    const refused = await world.askedFrom('2001:db8:1:5::1', PHONE);
    expect([await codeOf(refused), refused.headers.get('retry-after')]).toEqual(['codes-used-up', '3600']);
    world.app.clock.now += 10 * MINUTE_MS;
    expect((await world.askedFrom('2001:db8:1:5::1', PHONE)).status).toBe(204);
  });

  it('nobody finds out whose phone is known: the answers are the same, byte for byte', async () => {
    const shared = '13700000000';
    for (const one of [await world.app.resident(), await world.app.resident()]) await world.give(one, shared);
    const bytes = async (answer: Response) =>
      JSON.stringify([answer.status, [...answer.headers], await answer.text()]);
    const [known, unknown, ofTwo] = [
      await bytes(await world.askedFor(PHONE)),
      await bytes(await world.askedFor('13800009999')),
      await bytes(await world.askedFor(shared)),
    ];
    expect(unknown).toBe(known);
    expect(ofTwo).toBe(known);
    const guess = (phone: string) => world.enter('000000', phone).then(bytes);
    expect(await guess('13800009999')).toBe(await guess('13800008888'));
  });

  it('neither code nor phone is stored or logged, and what ended is swept', async () => {
    const code = await world.sentTo();
    const rows = await world.app.engine.db.select().from(world.app.engine.tables.signInCodes);
    for (const secret of [PHONE, code]) {
      expect(JSON.stringify(rows)).not.toContain(secret);
      expect(JSON.stringify(world.app.logged)).not.toContain(secret);
    }
    world.app.clock.now += 6 * MINUTE_MS;
    await sweepIdentity(world.app.engine, world.app.clock.now);
    expect(await world.app.engine.db.select().from(world.app.engine.tables.signInCodes)).toEqual([]);
  });

  it('whoever is erased, or has another phone by then, is not let in', async () => {
    const code = await world.sentTo();
    await world.give(world.member, '13900000001');
    expect(await codeOf(await world.enter(code))).toBe('wrong-code');
  });

  it('who is registered as dead hears it by the right code alone, and comes in when it is put right', async () => {
    const takeBack = await registeredAsDead(world.app, { person: world.member, estate: world.estate });
    const code = await world.sentTo();
    expect(await codeOf(await world.enter(code === '000000' ? '111111' : '000000'))).toBe('wrong-code');
    const told = await world.enter(code);
    expect([told.status, await codeOf(told), told.headers.getSetCookie()]).toEqual([
      403,
      'account-ended',
      [],
    ]);
    await takeBack();
    world.app.clock.now += 1;
    expect((await world.enter(await world.sentTo())).status).toBe(200);
    // Who shares a phone with somebody who died is not asked which of the two they are.
    await registeredAsDead(world.app, { person: world.member, estate: world.estate });
    const widow = await world.app.resident({ role: 'member', place: world.estate });
    await world.give(widow, PHONE);
    world.app.clock.now += 1;
    expect(await (await world.enter(await world.sentTo())).json()).toEqual({ person: widow });
  });

  describe('without a provider', () => {
    let staff: TestPerson;
    beforeEach(async () => {
      world = await openPhoneWorld(await open(), { provider: false });
      staff = await world.app.person({ role: 'staff', place: world.estate });
    });

    const waiting = async (by: Visitor = staff) => {
      const answer = await world.app.request(`/api/v1/places/${world.estate}/sign-in-codes`, { by });
      return ((await answer.json()) as { items: { id: string; person: { name: string } }[] }).items;
    };
    const read = (id: string, by: Visitor = staff) =>
      world.app.request(`/api/v1/sign-in-codes/${id}/reading`, { method: 'POST', by });

    it('staff of the person’s estate read it out; that is logged, and the person is told', async () => {
      await world.sentTo();
      const [code] = await waiting();
      expect(code).toMatchObject({ person: { id: world.member, name: '王*' } });
      const { digits } = (await (await read(code!.id)).json()) as { digits: string };
      expect((await world.enter(digits)).status).toBe(200);
      const { accessLog, notices } = world.app.engine.tables;
      const logged = await world.app.engine.db
        .select()
        .from(accessLog)
        .where(eq(accessLog.subject, `person:${world.member}`));
      expect(logged).toMatchObject([
        { action: 'read-code', actor: `person:${staff.id}`, place: world.estate },
      ]);
      const told = await world.app.engine.db.select().from(notices).where(eq(notices.person, world.member));
      expect(told).toMatchObject([{ kind: 'code-read' }]);
      expect(await waiting()).toEqual([]);
      expect(await codeOf(await read(code!.id))).toBe('sign-in-code-ended');
    });

    it('whoever read it stands behind what is done then', async () => {
      await world.sentTo();
      const [code] = await waiting();
      await read(code!.id);
      const at = world.app.clock.now + 1;
      const both = [`person:${world.member}`, `person:${staff.id}`].map((actor) => ({ actor, at }));
      expect(await areTwoPeople(world.app.engine, both[0]!, both[1]!)).toBe(false);
    });

    it('whoever set the password stays behind it when a colleague reads a code out, until another sets one', async () => {
      const colleague = await world.app.person({ role: 'staff', place: world.estate });
      const helped = {
        by: staff,
        method: 'PUT',
        json: { username: 'wang.helped', password: 'what staff chose 26' },
      };
      expect((await world.app.request(`/api/v1/people/${world.member}/sign-in`, helped)).status).toBe(204);
      world.app.clock.now += 1;
      await world.sentTo();
      const [code] = await waiting();
      await read(code!.id, colleague);
      const isTwo = (other: TestPerson) => {
        const [one, two] = [world.member, other.id].map((id) => ({
          actor: `person:${id}`,
          at: world.app.clock.now + 1,
        }));
        return areTwoPeople(world.app.engine, one!, two!);
      };
      expect([await isTwo(staff), await isTwo(colleague)]).toEqual([false, false]);
      world.app.clock.now += 1;
      const third = await world.app.person({ role: 'staff', place: world.estate });
      await world.app.request(`/api/v1/people/${world.member}/sign-in`, { ...helped, by: third });
      expect([await isTwo(staff), await isTwo(colleague), await isTwo(third)]).toEqual([true, true, false]);
    });

    it('nobody of elsewhere sees or reads it, nor does a neighbour', async () => {
      await world.sentTo();
      const [code] = await waiting();
      const neighbour = await world.app.person({ role: 'member', place: world.estate });
      const stranger = await world.app.person({ role: 'staff', place: await world.app.place() });
      expect((await read(code!.id, nobody)).status).toBe(401);
      expect((await read(code!.id, neighbour)).status).toBe(403);
      expect((await read(code!.id, stranger)).status).toBe(404);
    });

    it('a code of somebody who holds a post is read out by nobody', async () => {
      const { roles } = world.app.engine.tables;
      const row = {
        id: world.member,
        person: world.member,
        role: 'clerk',
        place: await world.app.place('merchant', world.estate),
      };
      await world.app.engine.db
        .insert(roles)
        .values({ ...row, validFrom: 0, validTo: null, grantedBy: 'test' });
      await world.sentTo();
      expect(await waiting()).toEqual([]);
    });
  });
});
