/** Signing in with a phone and a one-time code: by text message, or read out by staff who answer for it. */
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { askForCode } from '../../api/identity/ask-for-code.ts';
import { areTwoPeople, sweepIdentity } from '../../api/identity/index.ts';
import { findLatestCode } from '../../api/identity/sign-in-codes.ts';
import type { Message, MessageProvider } from '../../api/platform/index.ts';
import { codeOf, nobody, startApp } from '../support/app.ts';
import type { TestApp, TestPerson, Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';

const PHONE = '13912345678';
const MINUTE_MS = 60_000;

eachEngine((_name, open) => {
  let app: TestApp;
  let estate: string;
  let member: string;
  let carried: Message[];

  async function begin(withProvider: boolean): Promise<void> {
    carried = [];
    const messages: MessageProvider = {
      channels: ['sms'],
      send: (message) => Promise.resolve(carried.push(message) > 0 ? 'sent' : 'refused'),
    };
    app = await startApp(await open(), withProvider ? { messages } : {});
    estate = await app.place();
    member = await app.resident({ role: 'member', place: estate });
    await give(member, PHONE);
  }
  beforeEach(() => begin(true));

  const give = (person: string, phone: string | null) => {
    const { people } = app.engine.tables;
    return app.engine.db.update(people).set({ phone }).where(eq(people.id, person));
  };
  const post = (path: string, json: object, headers?: Record<string, string>) =>
    app.request(`/api/auth${path}`, { json, ...(headers && { headers }) });
  const askedFor = (phone: string) => post('/phone/code', { phone });
  const enter = (code: string, phone = PHONE) => post('/sign-in/phone', { phone, code });
  const deps = () => ({ ...app.server.deps, secrets: app.server.deps.identity.secrets });
  /** As the route does, waiting until the code has come. */
  const sentTo = async (phone = PHONE): Promise<string> => {
    const { sent } = await askForCode(deps(), phone);
    await sent;
    return /(\d{6})/.exec(carried.at(-1)?.text ?? '')?.[1] ?? '';
  };

  it('whoever has the phone types the code of the message and is in', async () => {
    const code = await sentTo();
    expect(carried).toMatchObject([{ channel: 'sms', person: member, phone: PHONE }]);
    const answer = await enter(code);
    expect(await answer.json()).toEqual({ person: member });
    const cookie = answer.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    const me = await app.request('/api/v1/me', { by: { headers: { cookie } } });
    expect(await me.json()).toMatchObject({ person: { id: member } });
  });

  it('blanks, full width and the country’s prefix are the same phone and code', async () => {
    const code = await sentTo();
    const typed = { phone: '+86 139 1234 5678', code: `${code.slice(0, 3)} ${code.slice(3)}` };
    expect((await post('/sign-in/phone', typed)).status).toBe(200);
    for (const phone of ['', '12', '010-12345678', '23912345678'])
      expect(await codeOf(await askedFor(phone))).toBe('invalid-input');
  });

  it('a code works once, for five minutes, and only until the next one is asked for', async () => {
    const first = await sentTo();
    app.clock.now += 1;
    const second = await sentTo();
    expect(await codeOf(await enter(first === second ? '000000' : first))).toBe('wrong-code');
    expect((await enter(second)).status).toBe(200);
    expect(await codeOf(await enter(second))).toBe('wrong-code');
    app.clock.now += 1;
    const third = await sentTo();
    app.clock.now += 5 * MINUTE_MS;
    expect(await codeOf(await enter(third))).toBe('wrong-code');
  });

  it('of two who type it at the same moment one is in', async () => {
    const code = await sentTo();
    const both = await Promise.all([enter(code), enter(code)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('guessing locks after five tries, also for the right code', async () => {
    const code = await sentTo();
    const wrong = code === '123456' ? '654321' : '123456';
    for (let tries = 0; tries < 5; tries += 1) expect(await codeOf(await enter(wrong))).toBe('wrong-code');
    expect(await codeOf(await enter(code))).toBe('locked-out');
    app.clock.now += 15 * MINUTE_MS;
    expect(await codeOf(await enter(code))).toBe('wrong-code');
  });

  it('a phone is sent three codes in a quarter of an hour, and no more', async () => {
    for (let asked = 0; asked < 3; asked += 1) expect((await askedFor(PHONE)).status).toBe(204);
    expect(await codeOf(await askedFor(PHONE))).toBe('locked-out');
    app.clock.now += 15 * MINUTE_MS;
    expect((await askedFor(PHONE)).status).toBe(204);
  });

  it('nobody finds out whose phone is known: the answers are the same, byte for byte', async () => {
    const shared = '13700000000';
    for (const one of [await app.resident(), await app.resident()]) await give(one, shared);
    const bytes = async (answer: Response) =>
      JSON.stringify([answer.status, [...answer.headers], await answer.text()]);
    const [known, unknown, ofTwo] = [
      await bytes(await askedFor(PHONE)),
      await bytes(await askedFor('13800009999')),
      await bytes(await askedFor(shared)),
    ];
    expect(unknown).toBe(known);
    expect(ofTwo).toBe(known);
    const guess = (phone: string) => enter('000000', phone).then(bytes);
    expect(await guess('13800009999')).toBe(await guess('13800008888'));
  });

  describe('a phone that a couple shares', () => {
    const SHARED = '13700000000';
    let [wang, li] = ['', ''];
    const named = async (name: string, phone = SHARED) => {
      const id = await app.resident({ role: 'member', place: estate });
      const { people } = app.engine.tables;
      await app.engine.db.update(people).set({ name, phone }).where(eq(people.id, id));
      return id;
    };
    beforeEach(async () => {
      [wang, li] = [await named('王秀兰'), await named('李建国')];
    });
    type Chosen = { choose?: { ticket: string; people: { id: string; name: string }[] } };
    const shown = async (): Promise<Required<Chosen>['choose']> => {
      const answer = await enter(await sentTo(SHARED), SHARED);
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []]);
      return ((await answer.json()) as Chosen).choose!;
    };
    const choose = (ticket: string, person: string) => post('/sign-in/phone/choice', { ticket, person });

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
      await sentTo(SHARED);
      const bytes = async (answer: Response) => JSON.stringify([answer.status, await answer.text()]);
      expect(await bytes(await enter('000000', SHARED))).toBe(
        await bytes(await enter('000000', '13800009999')),
      );
    });

    it('of two who choose at the same moment one is in', async () => {
      const { ticket } = await shown();
      const both = await Promise.all([choose(ticket, wang), choose(ticket, li)]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    });

    it('the code is used up by showing it, and the choice ends after five minutes', async () => {
      const code = await sentTo(SHARED);
      const both = await Promise.all([enter(code, SHARED), enter(code, SHARED)]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
      app.clock.now += 1;
      const { ticket } = await shown();
      app.clock.now += 5 * MINUTE_MS;
      expect(await codeOf(await choose(ticket, wang))).toBe('wrong-code');
    });

    it('nobody else is chosen by it, no ticket can be made up, and guessing locks', async () => {
      const { ticket, people } = await shown();
      const [code = '', mark = ''] = ticket.split('.');
      const made = [`${code}.${mark.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))}`, code, '.'];
      expect(await codeOf(await choose(ticket, member))).toBe('wrong-code');
      for (const wrong of made) expect(await codeOf(await choose(wrong, people[0]!.id))).toBe('wrong-code');
      await give(wang, '13900000009');
      expect(await codeOf(await choose(ticket, wang))).toBe('wrong-code');
      for (let tries = 0; tries < 3; tries += 1) await choose(ticket, member);
      expect(await codeOf(await choose(ticket, li))).toBe('locked-out');
    });

    it('a ticket alone, before a code was shown, is none', async () => {
      await sentTo(SHARED);
      const { secrets } = deps();
      const row = await findLatestCode(app.engine, secrets.phoneKey(SHARED));
      const ticket = `${row!.id}.${secrets.ticketOf(row!.id)}`;
      expect(await codeOf(await choose(ticket, wang))).toBe('wrong-code');
    });

    it('a number that stands for half an estate is nobody’s', async () => {
      for (let more = 0; more < 7; more += 1) await named('周' + '一二三四五六七'[more]!);
      await sentTo(SHARED);
      const row = await findLatestCode(app.engine, deps().secrets.phoneKey(SHARED));
      expect([row?.person, row?.people]).toEqual([null, null]);
    });

    it('without a provider staff see all who share it, answer for all, and all are told', async () => {
      await begin(false);
      [wang, li] = [await named('王秀兰'), await named('李建国')];
      const staff = await app.person({ role: 'staff', place: estate });
      await sentTo(SHARED);
      const list = await app.request(`/api/v1/places/${estate}/sign-in-codes`, { by: staff });
      type Item = { id: string; person: { id: string }; sharedWith: { id: string }[] };
      const [item] = ((await list.json()) as { items: Item[] }).items;
      expect([item!.person.id, ...item!.sharedWith.map(({ id }) => id)].sort()).toEqual([wang, li].sort());
      const path = `/api/v1/sign-in-codes/${item!.id}/reading`;
      const { digits } = (await (await app.request(path, { method: 'POST', by: staff })).json()) as {
        digits: string;
      };
      expect((await enter(digits, SHARED)).status).toBe(200);
      const { notices } = app.engine.tables;
      const told = await app.engine.db.select().from(notices).where(eq(notices.kind, 'code-read'));
      expect(told.map(({ person }) => person).sort()).toEqual([wang, li].sort());
      for (const person of [wang, li]) {
        const deeds = [person, staff.id].map((id) => ({ actor: `person:${id}`, at: app.clock.now + 1 }));
        expect(await areTwoPeople(app.engine, deeds[0]!, deeds[1]!)).toBe(false);
      }
    });

    it('nobody reads it out where one of them holds a post', async () => {
      await begin(false);
      await named('王秀兰');
      const clerk = await app.resident({ role: 'member', place: estate }, { role: 'leader', place: estate });
      await give(clerk, SHARED);
      const staff = await app.person({ role: 'staff', place: estate });
      await sentTo(SHARED);
      const list = await app.request(`/api/v1/places/${estate}/sign-in-codes`, { by: staff });
      expect(await list.json()).toMatchObject({ items: [] });
    });
  });

  describe('who has only ever signed in by a code', () => {
    const sessionOf = (answer: Response): Visitor => ({
      headers: {
        cookie: answer.headers
          .getSetCookie()
          .map((line) => line.split(';')[0])
          .join('; '),
      },
    });
    const inByCode = async () => {
      const session = sessionOf(await enter(await sentTo()));
      app.clock.now += 1;
      return session;
    };
    const ask = (by: Visitor) => app.request('/api/auth/first-password/code', { method: 'POST', by });
    const set = (by: Visitor, json: object) => app.request('/api/auth/first-password', { by, json });
    const chosen = { username: 'wang.xiaoming', password: 'spring 2026 magnolia' };
    const ownCode = async (by: Visitor) => {
      expect((await ask(by)).status).toBe(204);
      await expect.poll(() => carried.length).toBeGreaterThan(1);
      return /(\d{6})/.exec(carried.at(-1)!.text)![1]!;
    };

    it('chooses a user name and a password by a fresh code, and stays signed in alone', async () => {
      const by = await inByCode();
      const own = async (who: Visitor) => (await app.request('/api/v1/me/sign-in', { by: who })).json();
      expect(await own(by)).toEqual({ hasPassword: false, phone: '139****5678' });
      const answer = await set(by, { code: await ownCode(by), ...chosen });
      expect(answer.status).toBe(204);
      expect(await own(sessionOf(answer))).toEqual({ hasPassword: true, phone: '139****5678' });
      expect((await app.request('/api/v1/me', { by })).status).toBe(401);
      expect((await post('/sign-in/username', chosen)).status).toBe(200);
      const { accessLog } = app.engine.tables;
      const logged = await app.engine.db.select().from(accessLog);
      expect(logged).toMatchObject([{ action: 'sign-in', actor: `person:${member}` }]);
    });

    it('not by a wrong code, an old one, or one of another phone; a taken name costs no code', async () => {
      const by = await inByCode();
      const other = await app.person({ role: 'member', place: estate });
      const code = await ownCode(by);
      const taken = await set(by, { code, ...chosen, username: other.username.toUpperCase() });
      expect([await codeOf(taken.clone()), (await taken.text()).includes('username')]).toEqual([
        'already-exists',
        true,
      ]);
      expect(await codeOf(await set(by, { code: code === '000000' ? '111111' : '000000', ...chosen }))).toBe(
        'wrong-code',
      );
      expect(await codeOf(await set(by, { code, ...chosen, password: 'password1' }))).toBe('invalid-input');
      expect((await set(by, { code, ...chosen })).status).toBe(204);
    });

    it('whoever has a password already changes it by that one; whoever has no phone asks at the desk', async () => {
      const other = await app.person({ role: 'member', place: estate });
      expect(await codeOf(await ask(other))).toBe('already-exists');
      expect(await codeOf(await set(other, { code: '000000', ...chosen }))).toBe('already-exists');
      const by = await inByCode();
      await give(member, null);
      expect(await codeOf(await ask(by))).toBe('phone-missing');
      expect(await codeOf(await set(by, { code: '000000', ...chosen }))).toBe('phone-missing');
      expect((await set(nobody, { code: '000000', ...chosen })).status).toBe(401);
    });

    it('guessing locks, also for the right code', async () => {
      const by = await inByCode();
      const code = await ownCode(by);
      const wrong = code === '000000' ? '111111' : '000000';
      for (let tries = 0; tries < 5; tries += 1) await set(by, { code: wrong, ...chosen });
      expect(await codeOf(await set(by, { code, ...chosen }))).toBe('locked-out');
    });
  });

  it('neither code nor phone is stored or logged, and what ended is swept', async () => {
    const code = await sentTo();
    const rows = await app.engine.db.select().from(app.engine.tables.signInCodes);
    for (const secret of [PHONE, code]) {
      expect(JSON.stringify(rows)).not.toContain(secret);
      expect(JSON.stringify(app.logged)).not.toContain(secret);
    }
    app.clock.now += 6 * MINUTE_MS;
    await sweepIdentity(app.engine, app.clock.now);
    expect(await app.engine.db.select().from(app.engine.tables.signInCodes)).toEqual([]);
  });

  it('whoever is erased, or has another phone by then, is not let in', async () => {
    const code = await sentTo();
    await give(member, '13900000001');
    expect(await codeOf(await enter(code))).toBe('wrong-code');
  });

  describe('without a provider', () => {
    let staff: TestPerson;
    beforeEach(async () => {
      await begin(false);
      staff = await app.person({ role: 'staff', place: estate });
    });

    const waiting = async (by: Visitor = staff) => {
      const answer = await app.request(`/api/v1/places/${estate}/sign-in-codes`, { by });
      return ((await answer.json()) as { items: { id: string; person: { name: string } }[] }).items;
    };
    const read = (id: string, by: Visitor = staff) =>
      app.request(`/api/v1/sign-in-codes/${id}/reading`, { method: 'POST', by });

    it('staff of the person’s estate read it out; that is logged, and the person is told', async () => {
      await sentTo();
      const [code] = await waiting();
      expect(code).toMatchObject({ person: { id: member, name: '王*' } });
      const { digits } = (await (await read(code!.id)).json()) as { digits: string };
      expect((await enter(digits)).status).toBe(200);
      const { accessLog, notices } = app.engine.tables;
      const logged = await app.engine.db
        .select()
        .from(accessLog)
        .where(eq(accessLog.subject, `person:${member}`));
      expect(logged).toMatchObject([{ action: 'read-code', actor: `person:${staff.id}`, place: estate }]);
      const told = await app.engine.db.select().from(notices).where(eq(notices.person, member));
      expect(told).toMatchObject([{ kind: 'code-read' }]);
      expect(await waiting()).toEqual([]);
      expect(await codeOf(await read(code!.id))).toBe('sign-in-code-ended');
    });

    it('whoever read it stands behind what is done then', async () => {
      await sentTo();
      const [code] = await waiting();
      await read(code!.id);
      const at = app.clock.now + 1;
      const both = [`person:${member}`, `person:${staff.id}`].map((actor) => ({ actor, at }));
      expect(await areTwoPeople(app.engine, both[0]!, both[1]!)).toBe(false);
    });

    it('whoever set the password stays behind it when a colleague reads a code out, until another sets one', async () => {
      const colleague = await app.person({ role: 'staff', place: estate });
      const helped = {
        by: staff,
        method: 'PUT',
        json: { username: 'wang.helped', password: 'what staff chose 26' },
      };
      expect((await app.request(`/api/v1/people/${member}/sign-in`, helped)).status).toBe(204);
      app.clock.now += 1;
      await sentTo();
      const [code] = await waiting();
      await read(code!.id, colleague);
      const isTwo = (other: TestPerson) => {
        const [one, two] = [member, other.id].map((id) => ({ actor: `person:${id}`, at: app.clock.now + 1 }));
        return areTwoPeople(app.engine, one!, two!);
      };
      expect([await isTwo(staff), await isTwo(colleague)]).toEqual([false, false]);
      app.clock.now += 1;
      const third = await app.person({ role: 'staff', place: estate });
      await app.request(`/api/v1/people/${member}/sign-in`, { ...helped, by: third });
      expect([await isTwo(staff), await isTwo(colleague), await isTwo(third)]).toEqual([true, true, false]);
    });

    it('nobody of elsewhere sees or reads it, nor does a neighbour', async () => {
      await sentTo();
      const [code] = await waiting();
      const neighbour = await app.person({ role: 'member', place: estate });
      const stranger = await app.person({ role: 'staff', place: await app.place() });
      expect((await read(code!.id, nobody)).status).toBe(401);
      expect((await read(code!.id, neighbour)).status).toBe(403);
      expect((await read(code!.id, stranger)).status).toBe(404);
    });

    it('a code of somebody who holds a post is read out by nobody', async () => {
      const { roles } = app.engine.tables;
      const row = { id: member, person: member, role: 'clerk', place: await app.place('merchant', estate) };
      await app.engine.db.insert(roles).values({ ...row, validFrom: 0, validTo: null, grantedBy: 'test' });
      await sentTo();
      expect(await waiting()).toEqual([]);
    });
  });
});
