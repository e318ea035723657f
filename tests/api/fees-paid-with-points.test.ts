/**
 * What a firm calls received, in its sheets as they really are: points that it posted are in there as well, a column may be
 * left out, a line may be lost. Nothing is counted twice, forgotten or dropped without a question.
 */
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { importBills } from '../../api/fees/index.ts';
import { addPlace } from '../../api/places/index.ts';
import { isProblem } from '../../api/platform/index.ts';
import { eachEngine } from '../support/database.ts';
import { fileOf, ok, type FeesWorld } from '../support/fees-world.ts';
import { DAY_MS, openJune, postedRow, read, takePosted } from '../support/june-month.ts';

const ROOMS = ['0501', '0502', '0503', '0504', '0505', '0506', '0507', '0508', '0509', '0510', '0511'];
const HEADER = '房号,收费项目,计费月份,应收金额,已收,欠费';

type Bill = { house: { code: string }; paid: string; offset: string; toPay: string; state: string };
type More = { dryRun?: boolean; confirmed?: string[]; paidHas?: 'points' | 'money' };

eachEngine((_name, open) => {
  describe('received', () => {
    let world: FeesWorld;
    const take = (rows: readonly string[], more: More = {}) => {
      const file = fileOf([HEADER, ...rows, ''].join('\n'), `${uuid()}.csv`);
      const by = { actor: 'person:accountant', dryRun: false, ...more };
      return importBills(world.deps, { estate: world.estate.id, file, ...by });
    };
    const line = (room: string, paid: string, unpaid = '') =>
      `3-2-${room},物业服务费,202606,118.32,${paid},${unpaid}`;
    const asked = async (rows: readonly string[], more: More = {}) => {
      const { questions } = ok(await take(rows, { ...more, dryRun: true }));
      return questions.map(({ code }) => code);
    };
    const billOf = async (room: string) => {
      const path = `/estates/${world.estate.id}/bills?period=2026-06&house=${room}&limit=10`;
      const { items } = await read<{ items: Bill[] }>(world, path);
      const { paid, offset, toPay } = items.find(({ state }) => state === 'open')!;
      return { paid, offset, toPay };
    };

    beforeAll(async () => {
      const offsets = ['0501', '0502', '0503', '0504'].map((room) => [room, '10.00'] as const);
      world = await openJune(open, { rooms: ROOMS, points: { con: 2_000 }, offsets });
      world.app.clock.now += 5 * DAY_MS;
    });

    it('in full, before the list of a firm that counts points in, is no second payment that two people must sign', async () => {
      expect(await asked([line('0501', '118.32', '0.00')])).toEqual(['paid-has-points']);
      expect(await asked([line('0501', '118.32', '0.00')], { paidHas: 'money' })).toEqual([
        'touches-offsets',
      ]);
      const refused = await take([line('0501', '118.32', '0.00')]);
      expect(isProblem(refused) && refused.code).toBe('not-confirmed');
      ok(await take([line('0501', '118.32', '0.00')], { confirmed: ['paid-has-points'] }));
      expect(await billOf('0501')).toEqual({ paid: '108.32', offset: '10.00', toPay: '0.00' });
    });

    it('is asked about once, and then the firm’s files are read so without a word', async () => {
      await takePosted(world, 'posted.csv', [
        postedRow(1, '10.00'),
        postedRow(2, '10.00'),
        postedRow(3, '10.00'),
      ]);
      const rows = [line('0502', '10.00', '108.32'), line('0503', '60.00', '58.32')];
      expect(ok(await take(rows)).questions).toEqual([]);
      expect(await billOf('0502')).toEqual({ paid: '0.00', offset: '10.00', toPay: '108.32' });
      expect(await billOf('0503')).toEqual({ paid: '50.00', offset: '10.00', toPay: '58.32' });
    });

    it('is asked about again where the file’s own figures say otherwise, and a person may say which it is', async () => {
      const other = [line('0503', '50.00', '58.32')];
      const dry = ok(await take(other, { dryRun: true }));
      expect(dry.questions).toMatchObject([{ code: 'paid-has-money' }]);
      expect(dry.questions[0]?.zh).toContain('0 行像是含，1 行像是不含');
      expect(dry.paidHas).toBe('money');
      expect(await asked(other, { paidHas: 'points' })).toEqual(['figures-contradict', 'paid-less']);
      expect(await asked([line('0503', '60.00', '58.32')])).toEqual([]);
    });

    it('more than is due, money and points together, is asked about whether the bill is issued anew or only paid', async () => {
      const anew = (paid: string) => [`3-2-0502,物业服务费,202606,100.00,${paid},-18.32`];
      const dry = ok(await take(anew('118.32'), { dryRun: true, paidHas: 'points' }));
      expect(dry.questions.map(({ code }) => code)).toEqual(['paid-beyond']);
      expect(dry.questions[0]?.zh).toContain('应收 100.00 元，收的钱 108.32 元，积分抵扣已入账 10.00 元');
      expect(await asked(anew('108.32'), { paidHas: 'money' })).toEqual(['paid-beyond']);
      expect(await asked([line('0502', '118.32')], { paidHas: 'money' })).toEqual(['paid-beyond']);
      expect(await asked([line('0502', '118.32')], { paidHas: 'points' })).toEqual([]);
      expect(await asked([line('0502', '108.32')], { paidHas: 'money' })).toEqual([]);
    });

    it('agrees with 欠费 in a wide sheet, whatever item of the row has 0.00', async () => {
      const text = '房号,计费月份,物业服务费,车位费,已收,欠费\n3-2-0503,202606,118.32,0.00,50.00,58.32\n';
      const of = { estate: world.estate.id, file: fileOf(text, `${uuid()}.csv`), paidHas: 'money' as const };
      const dry = ok(await importBills(world.deps, { ...of, actor: 'person:accountant', dryRun: true }));
      expect(dry.questions.map(({ code }) => code)).toEqual([]);
    });

    it('less than before is asked about with the number of bills and the sum, and nobody’s payments are forgotten', async () => {
      const none = ROOMS.map((room) => `3-2-${room},物业服务费,202606,118.32,0.00,`);
      const dry = ok(await take(none, { dryRun: true }));
      expect(dry.questions.map(({ code }) => code)).toEqual(['paid-less']);
      expect(dry.questions[0]?.zh).toContain(
        '有 2 笔账单的已收变少，一共少 158.32 元，例如 2026-06 物业服务费 的一笔，以前是 108.32 元，这份文件写 0.00 元',
      );
      const refused = await take(none);
      expect(isProblem(refused) && refused.code).toBe('not-confirmed');
      expect(await billOf('0501')).toMatchObject({ paid: '108.32' });
    });

    it('adds up: due − received − offset + too much is what is still to pay', async () => {
      ok(await take([line('0505', '120.72', '')], { confirmed: ['figures-contradict'] }));
      const path = `/estates/${world.estate.id}/bill-totals?period=2026-06`;
      expect(await read(world, path)).toMatchObject({
        ...{ amount: '1301.52', paid: '279.04', offset: '40.00', over: '2.40', toPay: '984.88' },
      });
    });

    it('a bill that a whole month’s sheet lacks is named, with its offset, and stays as it is', async () => {
      const all = ROOMS.filter((room) => room !== '0504').map(
        (room) => `3-2-${room},物业服务费,202606,118.32,,`,
      );
      const dry = ok(await take(all, { dryRun: true }));
      expect(dry.questions.map(({ code }) => code)).toEqual(['bills-missing']);
      expect(dry.questions[0]?.zh).toContain(
        '却少了以前导入过的 1 笔：3-2-0504 2026-06 物业服务费 118.32。其中有 1 张抵扣单',
      );
      expect(await asked(all.slice(1))).toEqual([]);
      ok(await take(all, { confirmed: ['bills-missing'] }));
      expect(await billOf('0504')).toMatchObject({ toPay: '108.32' });
    });

    it('is asked about anew of another firm, whatever the one before wrote', async () => {
      const { deps, app, community, estate } = world;
      expect(await asked([line('0503', '70.00')])).toEqual([]);
      const next = { book: 1, parent: community.id, kind: 'firm' as const, name: '新物业' };
      const firm = ok(await addPlace(deps, next)).id;
      const { estateFirms: t } = app.engine.tables;
      await app.engine.db.delete(t);
      const of = { id: uuid(), version: 1, estate: estate.id, firm, since: '2026-06-01', until: null };
      await app.engine.db.insert(t).values({ ...of, reason: 'x', namedBy: 'test', createdAt: 0 });
      expect(await asked([line('0503', '70.00')])).toEqual(['paid-has-points']);
    });

    it('a row that was refused is no bill that the sheet lacks', async () => {
      const all = ROOMS.map((room) => line(room, '', '')).map((row, nth) =>
        nth === 5 ? row.replace('118.32', '12x.00') : row,
      );
      expect(await asked(all)).not.toContain('bills-missing');
    });
  });
});
