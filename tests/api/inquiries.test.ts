/** 对这笔有疑问: a member asks about a transaction, and somebody who did not record it answers. */
import { beforeAll, describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { erasePerson } from '../../api/identity/index.ts';
import { codeOf, startApp } from '../support/app.ts';
import type { TestApp, TestPerson, Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { counterOf } from '../support/demo-counter.ts';
import { demoTown, type DemoTown, type Merchant } from '../support/demo-programme.ts';

type Inquiry = {
  id: string;
  version: number;
  state: string;
  desk: string;
  place: string;
  mayReopen: boolean;
  about: { transaction: string; text?: { zh: string }; changes: { amount: string }[] };
  words: { deed: string; text?: string; byMe: boolean; byName?: string; at: string }[];
  member?: { name: string; tail: string };
  recordedByMe?: boolean;
};
type Page = { items: Inquiry[]; next?: string };

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let shop: Merchant;
  let member: TestPerson;
  let staff: TestPerson;
  let colleague: TestPerson;
  let clerk: TestPerson;
  let manager: TestPerson;

  beforeAll(async () => {
    const off = { perSecond: 0, burst: 0 };
    app = await startApp(await open(), { config: { limits: { key: off, person: off, address: off } } });
    town = await demoTown(app);
    shop = await town.merchant();
    member = await app.person({ role: 'member', place: town.estate });
    staff = await app.person({ role: 'staff', place: town.community });
    colleague = await app.person({ role: 'staff', place: town.community });
    clerk = await app.person({ role: 'clerk', place: shop.id });
    manager = await app.person({ role: 'merchant_manager', place: shop.id });
  });

  const given = (who = member) => town.give(who.id, shop.fund, 5);
  const send = (path: string, json: object, by: Visitor) => app.request(`/api/v1${path}`, { json, by });
  const get = async <Answer>(path: string, by: Visitor): Promise<Answer> => {
    const answer = await app.request(`/api/v1${path}`, { by });
    expect([path, answer.status]).toEqual([path, 200]);
    return (await answer.json()) as Answer;
  };
  const ask = (transaction: number | string, text = '怎么是这么多？', by = member) =>
    send(`/transactions/${transaction}/inquiries`, { text }, by);
  const asked = async (transaction: number | string, by = member): Promise<Inquiry> => {
    const answer = await ask(transaction, '怎么是这么多？', by);
    expect(answer.status).toBe(201);
    return (await answer.json()) as Inquiry;
  };
  const step = (id: string, verb: string, json: object, by: Visitor) =>
    send(`/inquiries/${id}/${verb}`, json, by);
  const reply = (inquiry: Inquiry, by: Visitor, version = inquiry.version) =>
    step(inquiry.id, 'answer', { text: '按规则算的。', version }, by);
  const listed = (place: string, by: Visitor, query = '') =>
    get<Page>(`/places/${place}/inquiries${query}`, by);

  /** A service of the member that `staff` recorded and the colleague rated; gives its release. */
  async function served(recorder = staff, rater = colleague): Promise<string> {
    const who = await app.person({ role: 'member', place: town.estate });
    const times = { startsAt: '2026-06-13T19:00:00+08:00', endsAt: '2026-06-13T21:30:00+08:00' };
    const attended = { attendedFrom: times.startsAt, attendedTo: times.endsAt };
    const json = { member: who.id, type: '人居环境', trust: 'scan', ...times, ...attended };
    const recorded = await app.request(`/api/v1/places/${town.estate}/services`, {
      ...{ json, by: recorder, key: uuid() },
    });
    const { id } = (await recorded.json()) as { id: string };
    const rating = { json: { grade: 'satisfied' }, by: rater, key: uuid() };
    expect((await app.request(`/api/v1/services/${id}/rating`, rating)).status).toBe(200);
    const { items } = await get<{ items: { transaction: string; kind: string }[] }>('/me/movements', who);
    servedBy = who;
    return items.find(({ kind }) => kind === 'release')!.transaction;
  }
  let servedBy: TestPerson;

  describe('a question', () => {
    it('is answered, asked on about once, answered again and closed, each word dated and by whom', async () => {
      const transaction = await given();
      const first = await asked(transaction);
      expect(first).toMatchObject({ state: 'open', desk: 'staff', mayReopen: false });
      app.clock.now += 60_000;
      const answered = (await (await reply(first, staff)).json()) as Inquiry;
      expect(answered).toMatchObject({
        state: 'answered',
        version: 2,
        member: { name: '王*', tail: '0001' },
      });
      const more = { text: '还是不明白', version: 2 };
      expect((await step(first.id, 'reopening', more, member)).status).toBe(200);
      expect((await reply(first, colleague, 3)).status).toBe(200);
      expect(await codeOf(await step(first.id, 'reopening', { ...more, version: 4 }, member))).toBe(
        'asked-on-once',
      );
      const closed = await step(first.id, 'closing', { version: 4 }, member);
      const { state, words } = (await closed.json()) as Inquiry;
      expect(state).toBe('closed');
      expect(words.map(({ deed, text, byMe, byName }) => [deed, text, byMe, byName])).toEqual([
        ['ask', '怎么是这么多？', true, '王*'],
        ['answer', '按规则算的。', false, '王*'],
        ['reopen', '还是不明白', true, '王*'],
        ['answer', '按规则算的。', false, '王*'],
        ['close', undefined, true, '王*'],
      ]);
      expect(words.map(({ at }) => Date.parse(at))).toEqual(
        [...words.map(({ at }) => Date.parse(at))].sort(),
      );
    });

    it('about one transaction there is one at a time, also of two presses at once', async () => {
      const transaction = await given();
      const answers = await Promise.all([ask(transaction), ask(transaction), ask(transaction)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
      expect(await codeOf(await ask(transaction))).toBe('inquiry-open');
      const own = await get<Page>(`/me/inquiries?transaction=${transaction}`, member);
      expect(own.items).toHaveLength(1);
      const { id } = own.items[0]!;
      expect((await reply(own.items[0]!, staff)).status).toBe(200);
      expect((await step(id, 'closing', { version: 2 }, member)).status).toBe(200);
      expect((await ask(transaction)).status).toBe(201);
    });

    it('is the business of nobody but its member and the desk', async () => {
      const transaction = await given();
      const neighbour = await app.person({ role: 'member', place: town.estate });
      const stranger = await app.person({ role: 'staff', place: await app.place('community') });
      expect((await ask(transaction, 'x', neighbour)).status).toBe(404);
      const { id } = await asked(transaction);
      for (const by of [neighbour, stranger, manager, clerk]) {
        expect((await app.request(`/api/v1/inquiries/${id}`, { by })).status).toBe(404);
        expect((await step(id, 'answer', { text: 'x', version: 1 }, by)).status).toBe(404);
      }
      expect((await step(id, 'reopening', { text: 'x', version: 1 }, staff)).status).toBe(404);
    });

    it('has a text of up to 500 characters, and says something', async () => {
      const transaction = await given();
      for (const text of ['', '   ', '长'.repeat(501)])
        expect(await codeOf(await ask(transaction, text))).toBe('invalid-input');
      expect((await ask(transaction, '长'.repeat(500))).status).toBe(201);
    });

    it('of somebody who has asked very much waits until some were answered', async () => {
      const who = await app.person({ role: 'member', place: town.estate });
      const first = await asked(await given(who), who);
      for (let more = 1; more < 20; more++) await asked(await given(who), who);
      const one = await given(who);
      expect(await codeOf(await ask(one, 'x', who))).toBe('too-many-questions');
      expect((await reply(first, staff)).status).toBe(200);
      expect((await ask(one, 'x', who)).status).toBe(201);
    });

    it('loses its words when its member is erased', async () => {
      const who = await app.person({ role: 'member', place: town.estate });
      const { id } = await asked(await given(who), who);
      const by = { by: `person:${staff.id}`, place: town.estate, reason: '本人申请', logId: uuid() };
      await erasePerson(app.engine, { person: who.id, ...by, now: app.clock.now });
      const { words, member: shown } = await get<Inquiry>(`/inquiries/${id}`, staff);
      expect([words[0]?.text, words[0]?.byName, shown]).toEqual([
        undefined,
        undefined,
        { name: '', tail: '' },
      ]);
    });
  });

  describe('the answer', () => {
    it('comes from somebody else than whoever recorded the service', async () => {
      const release = await served();
      const inquiry = await asked(release, servedBy);
      expect(inquiry.about.text?.zh).toBe('志愿服务：人居环境');
      expect(await get<Inquiry>(`/inquiries/${inquiry.id}`, staff)).toMatchObject({ recordedByMe: true });
      expect(await codeOf(await reply(inquiry, staff))).toBe('second-person-needed');
      expect((await reply(inquiry, colleague)).status).toBe(200);
    });

    it('does not come from whoever can sign in as the one who recorded it', async () => {
      const other = await app.person({ role: 'staff', place: town.community });
      const release = await served(other);
      const { accessLog } = app.engine.tables;
      await app.engine.db.insert(accessLog).values({
        ...{ id: uuid(), at: 0, actor: `person:${staff.id}`, action: 'sign-in' as const },
        ...{ subject: `person:${other.id}`, place: '', reason: '' },
      });
      const inquiry = await asked(release, servedBy);
      expect(await codeOf(await reply(inquiry, staff))).toBe('second-person-needed');
      expect((await reply(inquiry, colleague)).status).toBe(200);
      const closing = (by: Visitor) => step(inquiry.id, 'closing', { version: 2 }, by);
      expect(await codeOf(await closing(staff))).toBe('second-person-needed');
      expect((await closing(colleague)).status).toBe(200);
    });

    it('nobody answers their own question', async () => {
      const both = await app.person(
        { role: 'member', place: town.estate },
        { role: 'staff', place: town.community },
      );
      const inquiry = await asked(await given(both), both);
      expect(await codeOf(await reply(inquiry, both))).toBe('second-person-needed');
      expect((await reply(inquiry, staff)).status).toBe(200);
    });

    it('of two at the same moment is one, and the other hears that it changed', async () => {
      const inquiry = await asked(await given());
      const answers = await Promise.all([reply(inquiry, staff), reply(inquiry, colleague)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await codeOf(await reply(inquiry, staff))).toBe('changed-meanwhile');
      expect(await codeOf(await reply(inquiry, staff, 2))).toBe('inquiry-not-so');
      expect((await step(inquiry.id, 'closing', { version: 2 }, colleague)).status).toBe(200);
    });

    it('cannot be closed before it is there', async () => {
      const inquiry = await asked(await given());
      expect(await codeOf(await step(inquiry.id, 'closing', { version: 1 }, colleague))).toBe(
        'inquiry-not-so',
      );
    });
  });

  describe('a shop’s sale', () => {
    const bought = async () => {
      const { items } = await get<{ items: { transaction: string }[] }>('/me/movements', member);
      return items[0]!.transaction;
    };

    it('is explained by its manager; staff see it and leave it to the shop', async () => {
      await counterOf(app, shop.id, clerk).bought(member.id, '58.50');
      const inquiry = await asked(await bought());
      expect(inquiry).toMatchObject({ desk: 'shop', place: shop.id });
      expect((await listed(shop.id, manager)).items.map(({ id }) => id)).toContain(inquiry.id);
      expect((await listed(shop.id, staff, '?desk=shop')).items.map(({ id }) => id)).toContain(inquiry.id);
      expect(await codeOf(await reply(inquiry, staff))).toBe('desk-answers');
      expect((await step(inquiry.id, 'answer', { text: 'x', version: 1 }, clerk)).status).toBe(404);
      expect((await reply(inquiry, manager)).status).toBe(200);
    });

    it('that the only manager rang up goes to the community above', async () => {
      const till = counterOf(app, shop.id, manager);
      await till.bought(member.id, '12.00');
      const inquiry = await asked(await bought());
      expect(inquiry).toMatchObject({ desk: 'staff', place: town.estate });
      expect((await step(inquiry.id, 'answer', { text: 'x', version: 1 }, manager)).status).toBe(404);
      expect((await reply(inquiry, staff)).status).toBe(200);
    });

    it('is answered by the community once the shop’s last manager has left', async () => {
      const small = await town.merchant();
      const [till, boss] = [
        await app.person({ role: 'clerk', place: small.id }),
        await app.person({ role: 'merchant_manager', place: small.id }),
      ];
      await counterOf(app, small.id, till).bought(member.id, '20.00');
      const inquiry = await asked(await bought());
      expect(inquiry.desk).toBe('shop');
      const { roles } = app.engine.tables;
      await app.engine.db.update(roles).set({ validTo: app.clock.now }).where(eq(roles.person, boss.id));
      app.clock.now += 1;
      expect((await reply(inquiry, staff)).status).toBe(200);
    });
  });

  describe('the lists', () => {
    it('show a desk the oldest first, without gaps or doubles, and how many wait', async () => {
      const place = await app.place('estate', town.community);
      const who = await app.person({ role: 'member', place });
      const ids: string[] = [];
      for (let n = 0; n < 5; n++) ids.push((await asked(await given(who), who)).id);
      const seen: string[] = [];
      for (let next: string | undefined = ''; next !== undefined;) {
        const page: Page = await listed(place, staff, `?limit=2${next && `&cursor=${next}`}`);
        seen.push(...page.items.map(({ id }) => id));
        next = page.next;
      }
      expect(seen).toEqual(ids);
      const waiting = await get(`/places/${place}/waiting-inquiries`, staff);
      expect(waiting).toEqual({ desks: [{ desk: 'staff', waiting: 5 }] });
      expect((await step(ids[0]!, 'answer', { text: '好', version: 1 }, staff)).status).toBe(200);
      expect((await listed(place, staff, '?waiting=no')).items.map(({ id }) => id)).toEqual([ids[0]]);
      const own = await get<Page>('/me/inquiries?limit=2', who);
      expect(own.items.map(({ id }) => id)).toEqual(ids.reverse().slice(0, 2));
    });

    it('of a desk at which one does not work are refused', async () => {
      const answer = await app.request(`/api/v1/places/${shop.id}/inquiries?desk=fees`, { by: manager });
      expect(await codeOf(answer)).toBe('invalid-input');
    });
  });
});
