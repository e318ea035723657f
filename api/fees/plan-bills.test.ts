import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BillRow } from './files/bills.ts';
import { billOf, planBills, type BillChanges, type KnownBill } from './plan-bills.ts';
import { moneyIn, type PaidHas } from './rules/points-in-paid.ts';

const row = (changes: Partial<BillRow> = {}) => ({
  house: 'h1',
  row: {
    rowNumber: 4,
    house: { building: '3', unit: '2', room: '0501' },
    item: '物业服务费',
    itemText: '物业费',
    period: '2026-06',
    amountFen: 11_832,
    ...changes,
  },
});
const known = (changes: Partial<KnownBill> = {}): KnownBill => ({
  id: 'b1',
  house: 'h1',
  item: '物业服务费',
  period: '2026-06',
  periodTo: null,
  dueIn: null,
  issue: 1,
  amountFen: 11_832,
  paidFen: 0,
  pastDueFen: null,
  state: 'open',
  ...changes,
});
const plan = (rows: ReturnType<typeof row>[], bills: KnownBill[] = []) => planBills(rows, bills);

/** The bills as a file leaves them; `id` for the new one. */
const taken = (bills: readonly KnownBill[], changes: BillChanges, id: string): KnownBill[] => [
  ...bills.map((bill) => ({
    ...bill,
    ...(changes.reissued.includes(bill.id) && { state: 'reissued' as const }),
    ...(changes.cancelled.includes(bill.id) && { state: 'cancelled' as const }),
    ...changes.updated.find((one) => one.id === bill.id),
  })),
  ...changes.added.map((line) => known({ ...billOf(line), id })),
];

describe('a file of bills', () => {
  it('adds a line that is not known', () => {
    expect(plan([row()]).added.map(billOf)).toMatchObject([{ issue: 1, amountFen: 11_832, paidFen: 0 }]);
    expect(plan([row()], [known({ house: 'h2' })]).added).toHaveLength(1);
  });

  it('with another amount issues the bill anew, after the newest issue there is', () => {
    const changes = plan(
      [row({ amountFen: 11_000 })],
      [known({ state: 'reissued' }), known({ id: 'b2', issue: 2 })],
    );
    expect(changes).toMatchObject({ reissued: ['b2'], added: [{ issue: 3, row: { amountFen: 11_000 } }] });
  });

  it('that says 0.00 cancels the bill, and a later amount issues it again', () => {
    expect(plan([row({ amountFen: 0 })], [known()])).toMatchObject({ cancelled: ['b1'], added: [] });
    expect(plan([row()], [known({ state: 'cancelled' })])).toMatchObject({
      reissued: [],
      added: [{ issue: 2 }],
    });
  });

  it('that says 0.00 of a month leaves the year alone that is billed at once', () => {
    const year = known({ period: '2026-01', periodTo: '2026-12', amountFen: 120_000, paidFen: 120_000 });
    const nil = { period: '2026-01', amountFen: 0, isNil: true as const };
    expect(plan([row(nil)], [year])).toMatchObject({ cancelled: [], added: [], unchanged: 1 });
    expect(plan([row({ ...nil, periodTo: '2026-12' })], [year])).toMatchObject({ cancelled: ['b1'] });
  });

  it('sets a wrong due date right, back to the first month too, and keeps it where it says none', () => {
    const months = { period: '2026-01', periodTo: '2026-12' };
    const due = (dueIn: string | null, dueDate?: string) =>
      plan([row({ ...months, ...(dueDate !== undefined && { dueDate }) })], [known({ ...months, dueIn })]);
    expect(due('2026-06', '2026-01-31').updated).toMatchObject([{ id: 'b1', dueIn: null }]);
    expect(due(null, '2026-06-30').updated).toMatchObject([{ id: 'b1', dueIn: '2026-06' }]);
    expect(due('2026-06')).toMatchObject({ unchanged: 1, updated: [] });
    expect(due(null, '2026-01-31')).toMatchObject({ unchanged: 1, updated: [] });
    const { added } = plan([row({ ...months, dueDate: '2026-01-31' })]);
    expect(added.map(billOf)).toMatchObject([{ period: '2026-01', dueIn: null }]);
    // Issued anew for another amount by a file without the column, as well.
    const anew = (more: object, before: object = {}) =>
      plan(
        [row({ ...months, amountFen: 90_000, ...more })],
        [known({ ...months, dueIn: '2026-06', ...before })],
      )
        .added.map(billOf)
        .map(({ dueIn }) => dueIn);
    expect(anew({})).toEqual(['2026-06']);
    expect(anew({ dueDate: '2026-09-30' })).toEqual(['2026-09']);
    expect(anew({ dueDate: '2026-01-31' })).toEqual([null]);
    expect(anew({ periodTo: '2026-08' })).toEqual([null]);
    expect(anew({}, { state: 'cancelled' })).toEqual([null]);
  });

  it('that is silent about payments takes none back when it issues the bill anew', () => {
    const paid = known({ paidFen: 9_832, pastDueFen: 300 });
    const issued = (changes: Partial<BillRow>, before = paid) =>
      plan([row({ amountFen: 11_800, ...changes })], [before]).added.map(billOf);
    expect(issued({})).toMatchObject([{ issue: 2, amountFen: 11_800, paidFen: 9_832, pastDueFen: 300 }]);
    expect(issued({ paidFen: 0, pastDueFen: 0 })).toMatchObject([{ paidFen: 0, pastDueFen: 0 }]);
    expect(issued({}, known({ ...paid, state: 'cancelled' }))).toMatchObject([{ paidFen: 9_832 }]);
  });

  it('whatever files came before, what was last said to be paid stands', () => {
    const said = fc.record({
      amountFen: fc.constantFrom(0, 11_800, 11_832, 20_000),
      paidFen: fc.option(fc.integer({ min: 0, max: 11_800 }), { nil: undefined }),
      pastDueFen: fc.option(fc.integer({ min: 0, max: 900 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(said, { maxLength: 8 }), (files) => {
        let bills: KnownBill[] = [];
        const last = { paidFen: 0, pastDueFen: null as number | null };
        for (const [nth, { amountFen, paidFen, pastDueFen }] of files.entries()) {
          const changes = plan(
            [
              row({
                amountFen,
                ...(paidFen !== undefined && { paidFen }),
                ...(pastDueFen !== undefined && { pastDueFen }),
              }),
            ],
            bills,
          );
          const touched = changes.added.length + changes.updated.length + changes.unchanged;
          // What a file says of a bill that it cancels, or does not bring about, is said of nothing.
          if (touched > 0 && (amountFen > 0 || changes.updated.length > 0)) {
            last.paidFen = paidFen ?? last.paidFen;
            last.pastDueFen = pastDueFen ?? last.pastDueFen;
          }
          bills = taken(bills, changes, `b${nth}`);
        }
        const open = bills.find(({ state }) => state === 'open');
        if (open) expect(open).toMatchObject(last);
      }),
    );
  });

  it('whatever came in whichever order, points that a firm counts as received are counted once, and no bill is below zero', () => {
    const event = fc.oneof(
      fc.record({ do: fc.constant('pay' as const), inThousand: fc.integer({ min: 0, max: 1_000 }) }),
      fc.record({ do: fc.constant('post' as const) }),
      fc.record({ do: fc.constant('list' as const) }),
      fc.record({ do: fc.constant('file' as const), isSilent: fc.boolean(), isAnew: fc.boolean() }),
    );
    const firm = fc.record({
      has: fc.constantFrom<PaidHas>('points', 'money'),
      offsetFen: fc.integer({ min: 1, max: 5_000 }),
    });
    fc.assert(
      fc.property(firm, fc.array(event, { maxLength: 12 }), ({ has, offsetFen }, events) => {
        let bills: KnownBill[] = [];
        let [cashFen, saidCashFen, amountFen] = [0, 0, 11_832];
        let [isPosted, isListed, isSure] = [false, false, true];
        for (const [nth, one] of events.entries()) {
          if (one.do === 'pay')
            cashFen += Math.floor(((amountFen - offsetFen - cashFen) * one.inThousand) / 1_000);
          else if (one.do === 'post' || one.do === 'list')
            [isPosted, isListed] = [true, one.do === 'list' || isListed];
          else {
            if (one.isAnew) amountFen += 100;
            const paidFen = cashFen + (isPosted && has === 'points' ? offsetFen : 0);
            const of = isListed
              ? { postedFen: offsetFen, givenFen: 0 }
              : { postedFen: 0, givenFen: offsetFen };
            const money = has === 'money' ? paidFen : moneyIn({ sumFen: amountFen, paidFen, ...of });
            const changes = plan([row({ amountFen, ...(!one.isSilent && { paidFen: money }) })], bills);
            bills = taken(bills, changes, `b${nth}`);
            if (one.isSilent) continue;
            saidCashFen = cashFen;
            // Paid in part, before the firm's list has come: then its 已收 may have them in there or not.
            const isTold = isPosted ? [0, amountFen - offsetFen].includes(cashFen) : cashFen !== offsetFen;
            isSure = has === 'money' || isListed || isTold;
          }
          const open = bills.find(({ state }) => state === 'open');
          if (!open || !isSure) continue;
          expect(open.amountFen - open.paidFen - offsetFen).toBe(open.amountFen - saidCashFen - offsetFen);
          expect(open.amountFen - open.paidFen - offsetFen).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('that is silent about payments takes none back', () => {
    const paid = known({ paidFen: 8_283, pastDueFen: 0 });
    expect(plan([row()], [paid])).toMatchObject({ unchanged: 1, updated: [] });
    expect(plan([row({ paidFen: 11_832 })], [paid]).updated).toEqual([
      { id: 'b1', paidFen: 11_832, pastDueFen: 0, saysPastDue: false, before: paid },
    ]);
    expect(plan([row({ pastDueFen: 500 })], [paid]).updated).toEqual([
      { id: 'b1', paidFen: 8_283, pastDueFen: 500, saysPastDue: true },
    ]);
  });
});
