/** An estate's bills by month, house and state, page by page, and what exactly those add up to. */
import { beforeAll, describe, expect, it } from 'vitest';
import { dueOnHouse } from '../../api/fees/due.ts';
import { importBills, quoteForBill } from '../../api/fees/index.ts';
import { eachEngine } from '../support/database.ts';
import { fileOf, offsetBill, ok, residentOf, takeBills, type FeesWorld } from '../support/fees-world.ts';
import { openEstate, read } from '../support/june-month.ts';

type Bill = { id: string; house: { id: string; code: string }; state: string; offset: string; toPay: string };
type Page = { items: Bill[]; next?: string };

const ROOMS = ['0501', '0502', '0503', '0504', '1501'];

eachEngine((_name, open) => {
  describe('bills of an estate', () => {
    let world: FeesWorld;
    const page = (query: string) => read<Page>(world, `/estates/${world.estate.id}/bills?${query}`);
    const totals = (query: string) => read<object>(world, `/estates/${world.estate.id}/bill-totals?${query}`);
    const rooms = async (query: string) =>
      (await page(`limit=100&${query}`)).items.map(({ house }) => house.code.slice(-4)).sort();
    const house = (text: string) => `house=${encodeURIComponent(text)}`;

    beforeAll(async () => {
      world = await openEstate(open, { rooms: ROOMS, points: { con: 4_000 } });
      await offsetBill(world, '0501', '35.00');
      await offsetBill(world, '0502', '10.00');
      await offsetBill(world, '0504', '20.00');
      // The firm issues two anew, one of them for what is offset of it and no more.
      await takeBills(world, { '0502': '10.00', '0504': '200.00' }, 'june-2.csv');
      await offsetBill(world, '0503', '5.00');
    });

    it('add up to what is due, offset and still to pay; of one that was issued anew the newest issue counts', async () => {
      expect(await page('limit=100')).toMatchObject({ items: { length: ROOMS.length + 2 } });
      const all = {
        period: '2026-06',
        count: 5,
        amount: '564.96',
        paid: '0.00',
        offset: '70.00',
        over: '0.00',
      };
      expect(await totals('')).toEqual({ ...all, toPay: '494.96' });
      expect(await totals('period=2026-05')).toEqual({
        ...{ period: '2026-05', count: 0, amount: '0.00' },
        ...{ paid: '0.00', offset: '0.00', over: '0.00', toPay: '0.00' },
      });
    });

    it.each([
      ['3-2-0501', ['0501']],
      ['3栋2单元0501', ['0501']],
      ['501', ['0501']],
      ['1501', ['1501']],
      ['3-2', ['0501', '0502', '0502', '0503', '0504', '0504', '1501']],
      ['3', ['0501', '0502', '0502', '0503', '0504', '0504', '1501']],
      ['4-2-0501', []],
      ["%' or '1'='1", []],
    ])('of the house %s', async (text, found) => {
      expect(await rooms(house(text))).toEqual(found);
    });

    it('what points paid of an issue before is off the newest, in the lists, the sums, the household and the quote', async () => {
      const [bill] = (await page(`state=open&${house('3-2-0504')}`)).items;
      expect(bill).toMatchObject({ offset: '20.00', toPay: '180.00' });
      expect(await totals(house('3-2-0504'))).toMatchObject({ offset: '20.00', toPay: '180.00' });
      const [old] = (await page(`state=reissued&${house('3-2-0504')}`)).items;
      expect(old).toMatchObject({ offset: '0.00', toPay: '0.00' });
      expect(await dueOnHouse(world.app.engine, bill!.house.id)).toEqual({ bills: 1, toPayFen: 18_000 });
      const member = await residentOf(world, '0504');
      const { quote } = ok(await quoteForBill(world.deps, { bill: bill!.id, member }));
      expect(quote.toPayFen + quote.valueFen).toBe(18_000);
    });

    it('of a house add up to that house', async () => {
      const sums = { count: 1, amount: '118.32', offset: '35.00', toPay: '83.32' };
      expect(await totals(house('3-2-0501'))).toMatchObject(sums);
    });

    it('of a state', async () => {
      expect(await rooms('state=reissued')).toEqual(['0502', '0504']);
      expect(await rooms('state=cancelled')).toEqual([]);
      const toPay = (await page('state=open&limit=100')).items;
      expect(toPay.map((bill) => bill.toPay)).not.toContain('0.00');
      const { count } = (await totals('state=open')) as { count: number };
      expect(count).toBe(toPay.length);
      const paid = (await page('state=paid&limit=100')).items;
      expect(paid.map((bill) => bill.toPay)).toEqual(paid.map(() => '0.00'));
      expect(toPay.length + paid.length).toBe(ROOMS.length);
    });

    it('come page by page under every filter, each once', async () => {
      const seen: string[] = [];
      let cursor = '';
      do {
        const { items, next } = await page(`limit=2&state=open&${house('3')}${cursor}`);
        seen.push(...items.map((bill) => bill.house.code.slice(-4)));
        cursor = next === undefined ? '' : `&cursor=${next}`;
      } while (cursor !== '');
      expect(seen.sort()).toEqual(await rooms(`state=open&${house('3')}`));
      expect(new Set(seen).size).toBe(seen.length);
    });

    it('an offset stands on one line of the list when its bill was cancelled and charged again later', async () => {
      const offsets = async () =>
        (await page(house('3-2-0503'))).items.map(({ state, offset, toPay }) => [state, offset, toPay]);
      const file = fileOf('房号,收费项目,计费月份,应收金额\n3-2-0503,物业服务费,2026-06,0.00\n', 'none.csv');
      const confirmed = ['cancels-bills', 'touches-offsets'];
      const asked = { estate: world.estate.id, file, actor: 'test', confirmed };
      ok(await importBills(world.deps, { ...asked, dryRun: false }));
      expect(await offsets()).toEqual([['cancelled', '5.00', '0.00']]);
      await takeBills(world, { '0503': '90.00' }, 'june-3.csv');
      expect((await offsets()).sort()).toEqual([
        ['cancelled', '0.00', '0.00'],
        ['open', '5.00', '85.00'],
      ]);
    });
  });
});
