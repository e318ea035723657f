/** A household pays its fees together (一起抵扣): points of several who agreed, in one offset, told to each of them. */
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { explainers } from '../../api/app.ts';
import { exportOffsets } from '../../api/fees/index.ts';
import { leavePool } from '../../api/fees/pool-consents.ts';
import { readFigures } from '../../api/fees/statement/read-figures.ts';
import { verify } from '../../api/ledger/index.ts';
import { makeNotices } from '../../api/notices/index.ts';
import { mergeSides } from '../../api/places/merge-sides.ts';
import { EVERYWHERE, isProblem, type PersonActor } from '../../api/platform/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { actingFor, helperOf } from '../support/acting.ts';
import { codeOf, startApp, type TestApp, type TestPerson, type Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { givePoints, ok } from '../support/fees-world.ts';
import { openHouseholds, type Households } from '../support/households.ts';
import { CLERK, takePosted } from '../support/june-month.ts';

const MERGER: PersonActor = {
  ...{ kind: 'person', person: 'operator' },
  roles: [{ role: 'operator', place: EVERYWHERE }],
};
const ROOMS = Array.from({ length: 24 }, (_, at) => String(101 + at).padStart(4, '0'));

eachEngine((_name, open) => {
  let app: TestApp;
  let world: Households;

  beforeAll(async () => {
    app = await startApp(await open());
    world = await openHouseholds(app, ROOMS);
  });

  const get = async <Answer = Record<string, unknown>>(path: string, by: Visitor) => {
    const answer = await app.request(`/api/v1${path}`, { by });
    return { status: answer.status, ...((await answer.json()) as Answer) };
  };
  const quoteTogether = (bill: string, by: Visitor) =>
    get<{ value: string; seen?: string; takes: object[] }>(`/bills/${bill}/offset-quote?whose=household`, by);
  const post = (bill: string, by: Visitor, json: object) =>
    app.request(`/api/v1/bills/${bill}/offsets`, { by, json, key: uuid() });
  const verified = async () => expect((await verify(app.engine, productChecks)).findings).toEqual([]);

  describe('an offset of a household', () => {
    it('takes the asker’s points first, then the family’s: shown before, told after, back to each when cancelled', async () => {
      const { bill, wife, husband } = await world.household();
      expect(await get(`/bills/${bill}/offset-quote`, wife)).toMatchObject({
        ...{ value: '10.00', agreed: [{ name: '王*', relation: 'family' }] },
      });
      const quote = await quoteTogether(bill, wife);
      expect(quote).toMatchObject({
        value: '35.49',
        takes: [
          { points: '1000', value: '10.00' },
          { points: '2549', value: '25.49', lastDay: '2027-06-30', of: { name: '王*', relation: 'family' } },
        ],
      });
      const { value, seen } = quote;
      // Who was not shown that the family pays does not make it pay.
      expect(await codeOf(await post(bill, wife, { value }))).toBe('quote-changed');
      const made = await post(bill, wife, { value, points: '3549', seen });
      const document = (await made.json()) as { id: string };
      expect(document).toMatchObject({
        ...{ value: '35.49', member: { id: wife.id }, points: [{ unit: 'CON', points: '3549' }] },
        parts: [
          { member: { id: wife.id }, relation: 'owner', own: true, value: '10.00' },
          { member: { id: husband.id, name: '王*' }, relation: 'family', value: '25.49' },
        ],
        taken: [{ points: '1000' }, { points: '2549', of: '王*' }],
      });
      expect(await world.pointsOf(husband.id)).toMatchObject({ 'available CON': 1_451, 'held CON': 2_549 });
      await makeNotices(world.deps, explainers);
      expect(await world.noticesOf(wife.id)).toEqual([]);
      expect(await world.noticesOf(husband.id)).toEqual(['paid-along']);
      const { items } = await get<{ items: { transaction: string; text: { zh: string } }[] }>(
        '/me/movements?limit=5',
        husband,
      );
      expect(items[0]?.text.zh).toMatch(/^和家人一起抵扣物业费：2026-06/);
      expect(await get(`/transactions/${items[0]!.transaction}/why`, husband)).toMatchObject({
        ...{ makerName: '王*', steps: [{ value: '25.49' }] },
      });
      // What she had it from is hers: he sees how much, and of his own all.
      type Seen = { taken: { own?: true; fund?: object }[]; steps: { zh: string }[] };
      const his = await get<Seen>(`/offsets/${document.id}`, husband);
      expect(his.taken.map(({ own = false }) => own)).toEqual([false, true]);
      // 家人的 would be his own points, to him.
      expect(his.steps.map(({ zh }) => zh)).toEqual([expect.stringMatching(/其中 25.49 元用的是您的积分/)]);
      expect([his.status, his.taken.map(({ fund }) => fund === undefined)]).toEqual([200, [true, false]]);
      const whole = await get<{ taken: { fund?: object }[] }>(`/offsets/${document.id}`, world.accountant);
      expect(whole.taken.every(({ fund }) => fund !== undefined)).toBe(true);
      await verified();
      await world.cancel(document.id, wife);
      expect(await world.pointsOf(wife.id)).toEqual({ 'available CON': 1_000 });
      expect(await world.pointsOf(husband.id)).toEqual({ 'available CON': 4_000 });
      expect(await quoteTogether(bill, wife)).toMatchObject({ value: '35.49' });
      await verified();
    });

    it('is not confirmed where somebody took their word back since it was shown', async () => {
      const { bill, room, house, wife, husband } = await world.household();
      const { value, seen } = await quoteTogether(bill, wife);
      await leavePool(world.deps, { house, person: husband.id });
      expect(await codeOf(await post(bill, wife, { value, seen }))).toBe('quote-changed');
      // Nor where somebody else would pay the same instead.
      const brother = await world.person(room, 'family', { con: 4_000 });
      await world.agree(brother.id, room);
      expect(await codeOf(await post(bill, wife, { value, seen }))).toBe('quote-changed');
      expect(await world.pointsOf(brother.id)).toEqual({ 'available CON': 4_000 });
    });

    it.each([
      ['a word is taken back', (house: string, person: string) => leavePool(world.deps, { house, person })],
      ['somebody moves out', (_house: string, person: string) => world.ends(person, '2026-06-20')],
    ])('is not there where %s between the look and the write', async (_what, happens) => {
      const { bill, house, wife, husband } = await world.household();
      let isOver = false;
      const { journal } = world.deps;
      const commit: typeof journal.commit = async (book, unit, lane) => {
        if (!isOver) {
          isOver = true;
          await happens(house, husband.id);
        }
        return journal.commit(book, unit, lane);
      };
      const meanwhile = Object.assign(Object.create(journal) as typeof journal, {
        commit,
        find: journal.find.bind(journal),
      });
      const made = await world.payTogether(bill, wife.id, undefined, { ...world.deps, journal: meanwhile });
      expect([isOver, made]).toMatchObject([true, { code: 'quote-changed' }]);
      expect(await world.pointsOf(husband.id)).toEqual({ 'available CON': 4_000 });
      expect(await world.pointsOf(wife.id)).toEqual({ 'available CON': 1_000 });
    });

    it('can be paid by the family alone, by who acts for the asker, with nobody’s points but theirs who agreed', async () => {
      const { bill, room, husband } = await world.household();
      const mother = await world.person(room, 'family', {});
      const daughter = await helperOf(app, mother.id, { may: 'spend' });
      const by = actingFor(daughter, mother.id);
      const { value, seen, takes } = await quoteTogether(bill, by);
      expect([value, takes]).toMatchObject(['35.49', [{ points: '3549', of: { relation: 'family' } }]]);
      const made = await post(bill, by, { value, seen });
      const { id } = (await made.json()) as { id: string };
      expect(await world.pointsOf(husband.id)).toMatchObject({ 'held CON': 3_549 });
      await makeNotices(world.deps, explainers);
      // She is told that her daughter did it though no points of hers went, and he that it was not she herself.
      expect(await world.noticesOf(mother.id)).toEqual(['acted-for']);
      expect(await world.noticesOf(husband.id)).toEqual(['paid-along']);
      expect(await world.textsOf(mother.id)).toMatch(/您的家人替您办了：.*用的是家人同意一起抵的积分/);
      expect(await world.textsOf(husband.id)).toContain('（由家人代办）');
      await verified();
      // She has no points of her own, and what was paid at her word is hers to take back: she is not merged away.
      const again = await world.person(room, 'family', {});
      const merge = (keeper: string, duplicate: string) =>
        mergeSides(world.deps, MERGER, { keeper, duplicate });
      expect(await merge(again.id, mother.id)).toMatchObject({ against: { code: 'keep-the-other' } });
      expect(await merge(mother.id, again.id)).toMatchObject({ against: undefined });
      await world.cancel(id, mother);
      expect(await world.pointsOf(husband.id)).toEqual({ 'available CON': 4_000 });
      await makeNotices(world.deps, explainers);
      expect(await world.noticesOf(husband.id)).toEqual(['given-back', 'paid-along']);
      expect(await world.textsOf(husband.id)).toContain('您的 3,549 分消费积分已经退回');
      expect(await world.noticesOf(mother.id)).toEqual(['acted-for']);
    });

    it('is taken back by who paid along, too, whoever asked: alone, by a helper or at the desk; and whoever asked is told', async () => {
      const staff = await app.person({ role: 'staff', place: world.estate.id });
      const present = { present: true, identified: 'id-card' };
      const takenBack = async (by: (husband: TestPerson, offset: string) => Promise<Response>) => {
        const { bill, wife, husband } = await world.household();
        const { offset } = ok(await world.payTogether(bill, wife.id));
        const mine = await get<{ items: { id: string }[] }>('/me/offsets?limit=5', husband);
        expect(mine.items.map(({ id }) => id)).toEqual([offset]);
        const done = (await (await by(husband, offset)).json()) as object;
        expect(done).toMatchObject({ state: 'cancelled', cancelledBy: {} });
        expect(await world.pointsOf(wife.id)).toEqual({ 'available CON': 1_000 });
        await makeNotices(world.deps, explainers);
        expect(await world.noticesOf(wife.id)).toEqual(['given-back']);
        expect(await world.noticesOf(husband.id)).toEqual(['paid-along']);
        return { offset, done };
      };
      const cancel = (path: string, by: Visitor, json: object = {}) =>
        app.request(`/api/v1${path}/cancellation`, { method: 'POST', by, json, key: uuid() });
      const own = await takenBack((husband, offset) => cancel(`/offsets/${offset}`, husband));
      expect(own.done).toMatchObject({ cancelledBy: { as: 'relative' } });
      await takenBack(async (husband, offset) => {
        const helper = await helperOf(app, husband.id, { may: 'spend' });
        return cancel(`/offsets/${offset}`, actingFor(helper, husband.id));
      });
      const desk = await takenBack(async (husband, offset) => {
        const path = `/estates/${world.estate.id}/residents/${husband.id}/offsets`;
        expect(await get(path, staff)).toMatchObject({ items: [{ id: offset }] });
        return cancel(`${path}/${offset}`, staff, present);
      });
      expect(desk.done).toMatchObject({ cancelledBy: { as: 'staff' } });
      await verified();
    });

    it('is made at the desk for who stands there, of those who agreed', async () => {
      const { bill, wife, husband } = await world.household();
      const staff = await app.person({ role: 'staff', place: world.estate.id });
      const desk = `/estates/${world.estate.id}/residents/${wife.id}/bills/${bill}`;
      const quote = await get<{ value: string; seen?: string }>(
        `${desk}/offset-quote?whose=household`,
        staff,
      );
      const { value, seen } = quote;
      const json = { value, seen, present: true, identified: 'id-card' };
      const made = await app.request(`/api/v1${desk}/offsets`, { by: staff, json, key: uuid() });
      expect(await made.json()).toMatchObject({ actedBy: { as: 'staff' }, parts: [{}, { value: '25.49' }] });
      await makeNotices(world.deps, explainers);
      const told = [await world.noticesOf(wife.id), await world.noticesOf(husband.id)];
      expect(told).toEqual([['acted-for'], ['paid-along']]);
    });

    it('counts once against the household’s month', async () => {
      const { bill, house, wife } = await world.household();
      ok(await world.payTogether(bill, wife.id));
      const { tallies: t } = app.engine.tables;
      const [used] = await app.engine.db
        .select({ total: t.total })
        .from(t)
        .where(eq(t.key, `offset:${house}:2026-06`));
      expect(used?.total).toBe(3_549);
    });

    it('five at once of houses that share a member never take what is not there', async () => {
      world.inJune();
      const five = Array.from({ length: 5 }, () => world.nextRoom());
      const landlord = await app.person();
      const asked = await Promise.all(
        five.map(async (room) => {
          await world.moveIn(landlord.id, room, 'owner');
          await world.agree(landlord.id, room);
          return {
            member: (await world.person(room, 'family', { con: 500 })).id,
            bill: await world.billOf(room),
          };
        }),
      );
      await givePoints(world, landlord.id, { con: 7_000 });
      const made = await Promise.all(asked.map(({ bill, member }) => world.payTogether(bill, member)));
      const done = made.filter((each) => !isProblem(each)).length;
      expect(done).toBeGreaterThan(0);
      const { 'available CON': left = 0, 'held CON': held = 0 } = await world.pointsOf(landlord.id);
      expect([left >= 0, left + held]).toEqual([true, 7_000]);
      for (const each of made) if (isProblem(each)) expect(each.code).toBe('quote-changed');
      await verified();
    });
  });

  describe('what the firm posts or gives back of it', () => {
    it('is captured of every member in one go, and owed to the firm as a whole; returned to each under their own dates', async () => {
      const posted = await world.household();
      const returned = await world.household();
      const ids = [];
      for (const { bill, wife } of [posted, returned])
        ids.push(ok(await world.payTogether(bill, wife.id)).offset);
      ok(
        await exportOffsets(world.deps, {
          ...{ estate: world.estate.id, actor: CLERK, key: uuid(), scope: `place:${world.estate.id}` },
        }),
      );
      const [first, second] = await Promise.all(ids.map((id) => world.stateOf(id)));
      app.clock.now += 86_400_000;
      const row = (number: string, room: string, state: string) =>
        `${number},3-2-${room},物业服务费,202606,35.49,2026-06-21,${state},`;
      await takePosted(world, 'posted.csv', [
        row(first!.number, posted.room, '已入账'),
        row(second!.number, returned.room, '已退回'),
      ]);
      expect(await world.stateOf(ids[0]!)).toMatchObject({ state: 'posted' });
      expect(await world.pointsOf(posted.wife.id)).toEqual({});
      expect(await world.pointsOf(posted.husband.id)).toEqual({ 'available CON': 1_451 });
      expect(await get(`/offsets/${ids[0]}`, world.accountant)).toMatchObject({
        ...{ settlement: { owed: '35.49', concession: '0.00' } },
      });
      // The month's statement counts the points of each member, and owes the firm for all of them.
      const [start, end] = [Date.parse('2026-06-01T00:00+08:00'), Date.parse('2026-07-01T00:00+08:00')];
      const month = { book: 1, estate: world.estate.id, firm: world.firm.id, start, end, readThrough: 1e9 };
      const { settlement, borne, points } = await readFigures(app.engine, month);
      expect(settlement).toMatchObject({ postedFen: 3_549, capturedMicro: 35_490_000, concessionFen: 0 });
      expect(borne.map(({ micro }) => micro)).toEqual([35_490_000]);
      expect(points).toMatchObject([{ unit: 'CON', posted: 3_549 }]);
      await makeNotices(world.deps, explainers);
      expect((await world.noticesOf(posted.husband.id)).sort()).toEqual(['offset-posted', 'paid-along']);
      const held = await world.household();
      ok(await world.payTogether(held.bill, held.wife.id));
      await world.giveBackOpen();
      expect(await world.stateOf(ids[1]!)).toMatchObject({ state: 'returned' });
      expect(await world.pointsOf(returned.husband.id)).toEqual({ 'available CON': 4_000 });
      await verified();
    });
  });
});
