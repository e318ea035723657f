/** A break that a later posted list has again stays one break; the list that has its offset settles it. */
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportOffsets, resolveBreak } from '../../api/fees/index.ts';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { eachEngine } from '../support/database.ts';
import { offsetBill, ok, secondOf, type FeesWorld } from '../support/fees-world.ts';
import { CLERK, DAY_MS, openJune, postedRow, read, takePosted } from '../support/june-month.ts';

const posted = (nth: number, yuan: string, day: string) => postedRow(nth, yuan, `2026-06-${day}`);
/** What the firm took in as ours and is not. */
const STRAY = ',3-2-0504,物业服务费,202606,18.00,2026-06-20,已入账,';

type ListRef = { import: string; fileName: string };
type Break = {
  id: string;
  kind: string;
  zh: string;
  state: string;
  resolution?: string;
  transaction?: string;
  ours?: { number: string; state: string };
  firstSeen: ListRef;
  lastSeen: ListRef;
  settledBy?: ListRef;
};

eachEngine((_name, open) => {
  describe('breaks over several posted lists', () => {
    let world: FeesWorld;

    const ask = <Answer>(path: string): Promise<Answer> => read<Answer>(world, path);
    const take = (fileName: string, rows: readonly string[]) => {
      world.app.clock.now += DAY_MS;
      return takePosted(world, fileName, rows);
    };
    const breaks = async (state: 'open' | 'resolved'): Promise<Break[]> =>
      (await ask<{ items: Break[] }>(`/estates/${world.estate.id}/breaks?state=${state}&limit=100`)).items;
    const openOnes = async () =>
      (await breaks('open')).map(({ kind, ours }) => `${kind} ${ours?.number.slice(-1) ?? '–'}`).sort();
    const ofList = async (id: string | undefined) => {
      const { items } = await ask<{ items: Break[] }>(`/posted-lists/${id}/breaks`);
      return items.map(({ kind }) => kind).sort();
    };
    let lists: string[];

    beforeAll(async () => {
      const rooms = ['0501', '0502', '0503'];
      const offsets = rooms.map((room) => [room, '10.00'] as const);
      world = await openJune(open, { rooms: [...rooms, '0504'], points: { con: 4_000 }, offsets });
      const first = await take('一.csv', [posted(1, '10.01', '21'), STRAY]);
      const second = await take('二.csv', [STRAY, posted(1, '10.01', '21')]);
      lists = [first.import!, second.import!];
      expect(second.counts).toMatchObject({ breaks: 4, again: 4 });
    });

    it('are still one each when a later list has them again, and belong to both', async () => {
      expect(await openOnes()).toEqual(['amount 1', 'missing-here –', 'missing-there 2', 'missing-there 3']);
      const all = ['amount', 'missing-here', 'missing-there', 'missing-there'];
      for (const list of lists) {
        expect(await ofList(list)).toEqual(all);
        expect(await ask(`/posted-lists/${list}`)).toMatchObject({ open: 4 });
      }
      const [first, second] = ['一.csv', '二.csv'].map((fileName, nth) => ({ import: lists[nth], fileName }));
      for (const each of await breaks('open')) {
        expect(each).toMatchObject({ firstSeen: first, lastSeen: second });
        expect(each).not.toHaveProperty('settledBy');
      }
    });

    it('are settled by the list that has the offset as it should be, together with its capture', async () => {
      const third = await take('三.csv', [posted(1, '10.00', '23'), posted(2, '10.02', '23')]);
      expect(third.counts).toMatchObject({ captured: 1, again: 1, 'break:missing-there': 1 });
      const resolved = await breaks('resolved');
      const list = { import: third.import, fileName: '三.csv' };
      expect(resolved).toMatchObject([
        { kind: 'missing-there', resolution: 'replaced', settledBy: list, ours: { state: 'exported' } },
        { kind: 'amount', resolution: 'later-list', settledBy: list, ours: { state: 'posted' } },
      ]);
      expect(resolved[1]).toHaveProperty('transaction');
      // What the third list says of the second offset stands in place of what the lists before said.
      expect(await openOnes()).toEqual(['amount 2', 'missing-here –', 'missing-there 3']);
      expect(await ofList(third.import)).toEqual(['amount', 'missing-there']);
      expect(await ask(`/posted-lists/${lists[0]}`)).toMatchObject({ open: 2 });
    });

    it('are resolved once by a person, and opened anew by a list that still lacks the offset', async () => {
      const lacking = (await breaks('open')).find(({ kind }) => kind === 'missing-there')!;
      const input = { break: lacking.id, resolution: 'firm-corrects' as const, comment: '物业月底补' };
      ok(await resolveBreak(world.deps, { ...input, actor: CLERK, key: uuid(), scope: 'test' }));
      expect(await openOnes()).toEqual(['amount 2', 'missing-here –']);
      const fourth = await take('四.csv', [posted(2, '10.00', '24')]);
      expect(await openOnes()).toEqual(['missing-here –', 'missing-there 3']);
      expect((await breaks('open')).find(({ kind }) => kind === 'missing-there')).toMatchObject({
        firstSeen: { import: fourth.import },
      });
    });

    it('are noted once where the hold of a posted offset has ended', async () => {
      world.app.clock.now = Date.parse('2026-09-02T09:00:00+08:00');
      const late = await take('五.csv', [posted(3, '10.00', '25')]);
      expect(late.counts).toMatchObject({ captured: 0, failed: 1 });
      expect(await openOnes()).toEqual(['hold-ended 3', 'missing-here –']);
      expect((await breaks('open')).find(({ kind }) => kind === 'hold-ended')!.zh).toMatch(
        /^DK-2606-0003：物业入账太晚。.*请把积分退给居民.*请物业撤销这笔入账，改向居民收 10\.00 元$/,
      );
      const again = await take('六.csv', [posted(3, '10.00', '25'), STRAY]);
      expect(await openOnes()).toEqual(['hold-ended 3', 'missing-here –']);
      expect(await ofList(again.import)).toEqual(['hold-ended', 'missing-here']);
    });
  });

  describe('rows of earlier lists, in lists that go on from the last one', () => {
    const YUAN = ['', '10.00', '11.00', '12.00'];
    const unnumbered = (nth: number) => postedRow(nth, YUAN[nth]!).replace(/^[^,]*/, '');
    let world: FeesWorld;
    const take = async (fileName: string, ...rows: string[]) =>
      (await takePosted(world, fileName, rows)).counts;

    beforeAll(async () => {
      const offsets = [1, 2, 3].map((nth) => [`050${nth}`, YUAN[nth]!] as const);
      world = await openJune(open, { rooms: ['0501', '0502', '0503'], points: { con: 4_000 }, offsets });
      world.app.clock.now += DAY_MS;
    });

    it('are known without a number, once for each that was matched, and compared when there are more', async () => {
      expect(await take('一.csv', unnumbered(1))).toMatchObject({ matched: 1, captured: 1, known: 0 });
      const second = await take('二.csv', unnumbered(2).replace('物业服务费', '物业管理费'), unnumbered(1));
      expect(second).toMatchObject({ known: 1, captured: 1, breaks: 1, 'break:missing-there': 1 });
      const third = await take('三.csv', unnumbered(1), unnumbered(2), unnumbered(1));
      expect(third).toMatchObject({ known: 2, captured: 0, 'break:missing-here': 1 });
    });

    it('are known when a person has accepted them, and posted twice when they say something else', async () => {
      const late = postedRow(3, '12.03');
      expect(await take('四.csv', late)).toMatchObject({ 'break:amount': 1 });
      const { items } = await read<{ items: Break[] }>(
        world,
        `/estates/${world.estate.id}/breaks?state=open`,
      );
      const { id } = items.find(({ kind }) => kind === 'amount')!;
      for (const by of [world.accountant, await secondOf(world)]) {
        const json = { resolution: 'write-off', comment: '三分不改' };
        const path = `/api/v1/breaks/${id}/resolution`;
        expect((await world.app.request(path, { by, key: uuid(), json })).status).toBe(200);
      }
      expect(await take('五.csv', late, unnumbered(1))).toMatchObject({ known: 2, breaks: 0 });
      const again = await take('六.csv', postedRow(3, '12.04'), late);
      expect(again).toMatchObject({ known: 1, 'break:duplicate': 1 });
    });

    it('stand for one row each: a twin is posted twice, until the firm takes it out', async () => {
      const [open, resolved] = ['open', 'resolved'].map(
        (state) => `/estates/${world.estate.id}/breaks?state=${state}&limit=50`,
      );
      const twins = async (path?: string) =>
        (await read<{ items: Break[] }>(world, path!)).items.filter(({ zh }) => zh.includes('DK-2606-0001'));
      world.app.clock.now += DAY_MS;
      const row = postedRow(1, YUAN[1]!);
      expect(await take('七.csv', row, row)).toMatchObject({ known: 1, 'break:duplicate': 1 });
      expect(await take('八.csv', row, row, unnumbered(2))).toMatchObject({ known: 2, again: 1 });
      expect(await twins(open)).toHaveLength(1);
      // Returned in a list of what is new: it is the twin that goes, and the offset stands.
      const back = postedRow(1, YUAN[1]!, '2026-06-22', '已退回,重复入账');
      expect(await take('九.csv', back)).toMatchObject({ known: 1, breaks: 0 });
      expect(await twins(open)).toEqual([]);
      expect(await twins(resolved)).toMatchObject([
        { kind: 'duplicate', resolution: 'later-list', settledBy: { fileName: '九.csv' } },
      ]);
      expect(await take('十.csv', back, row)).toMatchObject({ known: 2, breaks: 0 });
      expect(await take('十一.csv', row, row, back)).toMatchObject({ known: 3, breaks: 0 });
      const gone = await take('十二.csv', row, back, postedRow(1, YUAN[1]!, '2026-06-22', '已退回,账单作废'));
      expect(gone).toMatchObject({ known: 2, 'break:returned': 1 });
    });

    it('may say that only a part was taken: it goes back as a whole, and the rest is a difference', async () => {
      const { app, estate, deps } = world;
      const byTwo = async (of: (found: Break) => boolean, resolution: string) => {
        const { id } = (await openOnes()).find(of)!;
        for (const by of [world.accountant, await secondOf(world)]) {
          const ask = { by, key: uuid(), json: { resolution, comment: '物业只认一部分' } };
          expect((await app.request(`/api/v1/breaks/${id}/resolution`, ask)).status).toBe(200);
        }
      };
      const openOnes = async () =>
        (
          await read<{ items: (Break & { difference: string })[] }>(
            world,
            `/estates/${estate.id}/breaks?state=open&limit=50`,
          )
        ).items;
      const differences = async () =>
        (await openOnes())
          .filter(({ zh }) => zh.includes('DK-2606-0002') || zh.includes('DK-2606-0004'))
          .map(({ kind, difference }) => `${kind} ${difference}`);
      const part = postedRow(2, '5.00', '2026-06-22', '已退回,只抵六元');
      expect(await take('十三.csv', part)).toMatchObject({ 'break:returned': 1 });
      expect(await differences()).toEqual(['returned -5.00']);
      await byTwo(({ zh }) => zh.includes('一共退了 5.00 元，物业账上还有 6.00 元'), 'reverse');
      // What is left in the firm's books is open at once, and is the same in its next list.
      expect(await differences()).toEqual(['duplicate 6.00']);
      const named = `DK-2606-0002${unnumbered(2)}`;
      expect(await take('十四.csv', named, part)).toMatchObject({ known: 1, 'break:duplicate': 1 });
      expect(await differences()).toEqual(['duplicate 6.00']);
      expect(await take('十五.csv', postedRow(2, '6.00', '2026-06-22', '已退回,'))).toMatchObject({
        known: 1,
      });
      expect(await differences()).toEqual([]);
      // Offset anew for what the firm allows; were it to post less again, that goes back as well.
      await offsetBill(world, '0502', '6.00');
      const ask = { key: 'again', scope: `place:${estate.id}` };
      ok(await exportOffsets(deps, { estate: estate.id, actor: CLERK, ...ask }));
      const less = postedRow(2, '4.00', '2026-06-22').replace('0002', '0004');
      expect(await take('十六.csv', less)).toMatchObject({ 'break:amount': 1 });
      await byTwo(({ zh }) => zh.includes('住户按 4.00 元重新抵扣'), 'release');
      expect(await differences()).toEqual(['duplicate 4.00']);
      expect(await take('十七.csv', less)).toMatchObject({ again: 1, breaks: 1 });
      expect((await verify(app.engine, productChecks)).findings).toEqual([]);
    });
  });
});
