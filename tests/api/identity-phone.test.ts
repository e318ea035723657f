/** Signing in with a phone and a one-time code: by text message, or read out by staff who answer for it. */
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { areTwoPeople, sweepIdentity } from '../../api/identity/index.ts';
import { codeOf, nobody } from '../support/app.ts';
import type { TestPerson, Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
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
    expect((await world.enter(`${code.slice(0, 3)} ${code.slice(3)}`)).status).toBe(200);
    expect((await world.askedFor('+86 139 1234 5678')).status).toBe(200);
    await expect.poll(() => world.carried.length).toBe(2);
    expect(world.carried[1]).toMatchObject({ phone: PHONE });
    for (const phone of ['', '12', '010-12345678', '23912345678'])
      expect(await codeOf(await world.askedFor(phone))).toBe('invalid-input');
  });

  it('a code works once, for five minutes, and not on the page that has asked for the next one', async () => {
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

  it('five wrong tries end a code, also for the right digits, and a new one works at once', async () => {
    const code = await world.sentTo();
    for (let tries = 0; tries < 5; tries += 1)
      expect(await codeOf(await world.enter(not(code)))).toBe('wrong-code');
    expect(await codeOf(await world.enter(code))).toBe('code-tries-used');
    world.app.clock.now += 1;
    expect((await world.enter(await world.sentTo())).status).toBe(200);
  });

  it('a stranger who asks and guesses neither ends the owner’s code nor uses its tries up', async () => {
    const code = await world.sentTo();
    world.app.clock.now += 1;
    for (let asked = 0; asked < 3; asked += 1) {
      const challenge = await world.challengeOf(await world.askedFrom('203.0.113.9', PHONE));
      for (let tries = 0; tries < 6; tries += 1)
        expect((await world.enterWith(challenge, not(code))).status).toBeGreaterThan(400);
      // Not even with the owner's digits.
      expect((await world.enterWith(challenge, code)).status).toBeGreaterThan(400);
    }
    expect((await world.enter(code)).status).toBe(200);
  });

  it('digits are worth nothing without the challenge of who asked, and none can be made up', async () => {
    const code = await world.sentTo();
    const [id = '', mark = ''] = world.challenges.get(PHONE)!.split('.');
    const { secrets } = world.deps();
    for (const made of ['', '.', id, `${id}.`, `${id}.${not(mark)}`, `${id}.${secrets.ticketOf(id)}`, '王'])
      expect(await codeOf(await world.enterWith(made, code))).toBe('wrong-code');
    expect((await world.enter(code)).status).toBe(200);
  });

  /** Another of the same length. */
  const not = (code: string) => code.replace(/.$/, (last) => (last === '1' ? '2' : '1'));

  it('whoever asks is sent three codes in a quarter of an hour, and no more', async () => {
    for (let asked = 0; asked < 3; asked += 1) expect((await world.askedFor(PHONE)).status).toBe(200);
    expect(await codeOf(await world.askedFor(PHONE))).toBe('locked-out');
    world.app.clock.now += 15 * MINUTE_MS;
    expect((await world.askedFor(PHONE)).status).toBe(200);
  });

  it('a stranger who asks again and again does not keep the owner out, and many strangers do not fill the phone', async () => {
    for (let asked = 0; asked < 20; asked += 1) await world.askedFrom('203.0.113.9', PHONE);
    expect((await world.askedFrom('198.51.100.7', PHONE)).status).toBe(200);
    const answers: number[] = [];
    for (let stranger = 1; stranger <= 10; stranger += 1)
      for (let asked = 0; asked < 3; asked += 1)
        answers.push((await world.askedFrom(`192.0.2.${stranger}`, PHONE)).status);
    // Six in all: three of the first, one of the owner's.
    expect(answers.filter((status) => status === 200)).toHaveLength(2);
  });

  it('of an hour’s codes one stranger cannot take all, and a browser that was in before has its own', async () => {
    const own = sessionOf(await world.enter(await world.sentTo())).headers;
    const asked = async (from: string, headers = {}) =>
      (await world.askedFrom(from, PHONE, headers)).status === 200;
    for (let nth = 0; nth < 3; nth += 1) expect(await asked('203.0.113.9')).toBe(true);
    world.app.clock.now += 15 * MINUTE_MS;
    expect([await asked('203.0.113.9'), await asked('203.0.113.9')]).toEqual([true, false]);
    for (const other of ['7', '8']) expect(await asked(`198.51.100.${other}`)).toBe(true);
    expect(await codeOf(await world.askedFrom('192.0.2.1', PHONE))).toBe('codes-used-up');
    // Even from the stranger's own address.
    const mine = await world.askedFrom('203.0.113.9', PHONE, own);
    expect(mine.status).toBe(200);
    // It is no key: not without limit.
    for (let nth = 0; nth < 4; nth += 1) await asked(`192.0.2.${nth}`, own);
    expect(await asked('192.0.2.9', own)).toBe(false);
  });

  it('a phone is sent six codes in an hour whoever asks, and a line of IPv6 is one asker', async () => {
    const from = async (address: string) => codeOf(await world.askedFrom(address, PHONE));
    for (const last of ['1', '2', '3']) await world.askedFrom(`2001:db8:1:1::${last}`, PHONE);
    expect(await from('2001:db8:1:1:ffff::4')).toBe('locked-out');
    for (const line of ['2', '3', '4'])
      expect((await world.askedFrom(`2001:db8:1:${line}::1`, PHONE)).status).toBe(200);
    // A quarter of an hour later, and for a neighbour on yet another line, too.
    world.app.clock.now += 50 * MINUTE_MS;
    const refused = await world.askedFrom('2001:db8:1:5::1', PHONE);
    expect([await codeOf(refused), refused.headers.get('retry-after')]).toEqual(['codes-used-up', '3600']);
    world.app.clock.now += 10 * MINUTE_MS;
    expect((await world.askedFrom('2001:db8:1:5::1', PHONE)).status).toBe(200);
  });

  it('nobody finds out whose phone is known: the answers are the same, byte for byte', async () => {
    const shared = '13700000000';
    for (const one of [await world.app.resident(), await world.app.resident()]) await world.give(one, shared);
    const bytes = async (answer: Response) =>
      JSON.stringify([answer.status, [...answer.headers], await answer.text()])
        // Which is of the asking alone, as long for everybody.
        .replace(/[\w-]{36}\.[\w-]{43}/, 'its challenge')
        .replace(/\d\d(?=\\"\})/, 'its number');
    const [known, unknown, ofTwo] = [
      await bytes(await world.askedFor(PHONE)),
      await bytes(await world.askedFor('13800009999')),
      await bytes(await world.askedFor(shared)),
    ];
    expect(unknown).toBe(known);
    expect(ofTwo).toBe(known);
    expect(unknown).toContain('its challenge');
    const guess = async (phone: string) => {
      const code = await world.sentTo(phone);
      return bytes(await world.enter(phone === PHONE ? not(code) : '000000', phone));
    };
    expect(await guess('13800009999')).toBe(await guess(PHONE));
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

  describe('without a provider', () => {
    let staff: TestPerson;
    beforeEach(async () => {
      world = await openPhoneWorld(await open(), { provider: false });
      staff = await world.app.person({ role: 'staff', place: world.estate });
    });

    const waiting = async (by: Visitor = staff) => {
      const answer = await world.app.request(`/api/v1/places/${world.estate}/sign-in-codes`, { by });
      return ((await answer.json()) as { items: { id: string; number: string; person: { name: string } }[] })
        .items;
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

    it('of two codes of one resident staff read the one whose number the resident sees', async () => {
      await world.askedFrom('203.0.113.9', PHONE);
      world.app.clock.now += 1;
      const asked = await world.askedFrom('198.51.100.7', PHONE);
      const { challenge, number } = (await asked.json()) as { challenge: string; number: string };
      await expect.poll(async () => (await waiting()).length).toBe(2);
      const [strangers, own] = await waiting();
      expect([own!.number, /^\d\d$/.test(strangers!.number)]).toEqual([number, true]);
      const { digits } = (await (await read(own!.id)).json()) as { digits: string };
      expect((await world.enterWith(challenge, digits)).status).toBe(200);
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
