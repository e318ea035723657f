/** A phone that a couple shares: the code asks which of them it is, and tells nobody else. */
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { areTwoPeople } from '../../api/identity/index.ts';
import { findCode } from '../../api/identity/sign-in-codes.ts';
import { codeOf } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { registeredAsDead } from '../support/registered-as-dead.ts';
import { openPhoneWorld, PHONE, type PhoneWorld } from '../support/phone-world.ts';

const SHARED = '13700000000';
const MINUTE_MS = 60_000;
type Chosen = { choose?: { ticket: string; people: { id: string; name: string }[] } };

eachEngine((_name, open) => {
  let world: PhoneWorld;
  let [wang, li] = ['', ''];
  const named = async (name: string, phone = SHARED) => {
    const id = await world.app.resident({ role: 'member', place: world.estate });
    const { people } = world.app.engine.tables;
    await world.app.engine.db.update(people).set({ name, phone }).where(eq(people.id, id));
    return id;
  };
  beforeEach(async () => {
    world = await openPhoneWorld(await open());
    [wang, li] = [await named('王秀兰'), await named('李建国')];
  });
  const shown = async (): Promise<Required<Chosen>['choose']> => {
    const answer = await world.enter(await world.sentTo(SHARED), SHARED);
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []]);
    return ((await answer.json()) as Chosen).choose!;
  };
  const choose = (ticket: string, person: string) => world.post('/sign-in/phone/choice', { ticket, person });

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

  describe('a phone that a couple shares', () => {
    it('after the right code it asks which of them, names masked, and one choice is one sign-in', async () => {
      const { ticket, people } = await shown();
      const byName = people.toSorted((a, b) => a.name.localeCompare(b.name, 'zh'));
      expect(byName).toEqual([
        { id: li, name: '李*国' },
        { id: wang, name: '王*兰' },
      ]);
      const answer = await choose(ticket, li);
      expect(await answer.json()).toEqual({ person: li });
      expect(answer.headers.getSetCookie().join()).toContain('session_token');
      expect(await codeOf(await choose(ticket, wang))).toBe('wrong-code');
      expect(await codeOf(await choose(ticket, li))).toBe('wrong-code');
    });

    it('nothing of them is told before: a wrong code answers as for a phone that nobody has', async () => {
      const right = await world.sentTo(SHARED);
      await world.sentTo('13800009999');
      const bytes = async (answer: Response) => JSON.stringify([answer.status, await answer.text()]);
      expect(await bytes(await world.enter(right === '000000' ? '111111' : '000000', SHARED))).toBe(
        await bytes(await world.enter('000000', '13800009999')),
      );
    });

    it('of two who choose at the same moment one is in', async () => {
      const { ticket } = await shown();
      const both = await Promise.all([choose(ticket, wang), choose(ticket, li)]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    });

    it('the code is used up by showing it, and the choice ends after five minutes', async () => {
      const code = await world.sentTo(SHARED);
      const both = await Promise.all([world.enter(code, SHARED), world.enter(code, SHARED)]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
      world.app.clock.now += 1;
      const { ticket } = await shown();
      world.app.clock.now += 5 * MINUTE_MS;
      expect(await codeOf(await choose(ticket, wang))).toBe('wrong-code');
    });

    it('nobody else is chosen by it, no ticket can be made up, and guessing locks', async () => {
      const { ticket, people } = await shown();
      const [code = '', mark = ''] = ticket.split('.');
      const made = [`${code}.${mark.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))}`, code, '.'];
      expect(await codeOf(await choose(ticket, world.member))).toBe('wrong-code');
      for (const wrong of made) expect(await codeOf(await choose(wrong, people[0]!.id))).toBe('wrong-code');
      await world.give(wang, '13900000009');
      expect(await codeOf(await choose(ticket, wang))).toBe('wrong-code');
      for (let tries = 0; tries < 3; tries += 1) await choose(ticket, world.member);
      expect(await codeOf(await choose(ticket, li))).toBe('locked-out');
    });

    it('a ticket alone, before a code was shown, is none', async () => {
      await world.sentTo(SHARED);
      const { secrets } = world.deps();
      const id = secrets.codeOfChallenge(world.challenges.get(SHARED)!)!;
      const ticket = `${id}.${secrets.ticketOf(id)}`;
      expect(await codeOf(await choose(ticket, wang))).toBe('wrong-code');
    });

    it('a number that stands for half an estate is nobody’s', async () => {
      for (let more = 0; more < 7; more += 1) await named('周' + '一二三四五六七'[more]!);
      await world.sentTo(SHARED);
      const id = world.deps().secrets.codeOfChallenge(world.challenges.get(SHARED)!);
      const row = await findCode(world.app.engine, id!);
      expect([row?.person, row?.people]).toEqual([null, null]);
    });

    it('without a provider staff see all who share it, answer for all, and all are told', async () => {
      world = await openPhoneWorld(await open(), { provider: false });
      [wang, li] = [await named('王秀兰'), await named('李建国')];
      const staff = await world.app.person({ role: 'staff', place: world.estate });
      await world.sentTo(SHARED);
      const list = await world.app.request(`/api/v1/places/${world.estate}/sign-in-codes`, { by: staff });
      type Item = { id: string; person: { id: string }; sharedWith: { id: string }[] };
      const [item] = ((await list.json()) as { items: Item[] }).items;
      expect([item!.person.id, ...item!.sharedWith.map(({ id }) => id)].sort()).toEqual([wang, li].sort());
      const path = `/api/v1/sign-in-codes/${item!.id}/reading`;
      const { digits } = (await (await world.app.request(path, { method: 'POST', by: staff })).json()) as {
        digits: string;
      };
      expect((await world.enter(digits, SHARED)).status).toBe(200);
      const { notices } = world.app.engine.tables;
      const told = await world.app.engine.db.select().from(notices).where(eq(notices.kind, 'code-read'));
      expect(told.map(({ person }) => person).sort()).toEqual([wang, li].sort());
      for (const person of [wang, li]) {
        const deeds = [person, staff.id].map((id) => ({
          actor: `person:${id}`,
          at: world.app.clock.now + 1,
        }));
        expect(await areTwoPeople(world.app.engine, deeds[0]!, deeds[1]!)).toBe(false);
      }
    });

    it('nobody reads it out where one of them holds a post', async () => {
      world = await openPhoneWorld(await open(), { provider: false });
      await named('王秀兰');
      const clerk = await world.app.resident(
        { role: 'member', place: world.estate },
        { role: 'leader', place: world.estate },
      );
      await world.give(clerk, SHARED);
      const staff = await world.app.person({ role: 'staff', place: world.estate });
      await world.sentTo(SHARED);
      const list = await world.app.request(`/api/v1/places/${world.estate}/sign-in-codes`, { by: staff });
      expect(await list.json()).toMatchObject({ items: [] });
    });
  });
});
