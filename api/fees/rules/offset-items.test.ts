import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demoOffsetRule as rule, type OffsetRule } from './offset-rule.ts';
import { offsetRuleSchema } from './offset.schemas.ts';
import { quoteOffset, type OffsetRequest } from './offset.ts';
import type { WaitingLine } from './offset-turn.ts';

const at = (local: string): number => Date.parse(`${local}+08:00`);

const june: OffsetRequest = {
  at: at('2026-06-20T10:00'),
  household: 'h1',
  relation: 'owner',
  bill: { item: '物业服务费', period: '2026-06', amountFen: 11_832, paidFen: 0, offsetFen: 0 },
  arrearsFen: 0,
  usedThisMonthFen: 0,
  holdings: [
    { series: 7, unit: 'CON', expiresAt: at('2027-07-01T00:00'), available: 9_000 },
    { series: 3, unit: 'VOL', expiresAt: at('2028-01-01T00:00'), available: 900 },
  ],
};
const of = (item: string, changes: Partial<OffsetRequest['bill']> = {}) => ({
  bill: { ...june.bill, item, ...changes },
});
const answer = (by: OffsetRule, changes: Partial<OffsetRequest> = {}) =>
  quoteOffset(by, { ...june, ...changes });
const valueFen = (by: OffsetRule, changes: Partial<OffsetRequest> = {}) => {
  const found = answer(by, changes);
  return 'quote' in found ? found.quote.valueFen : found.refusal.code;
};
const waiting = (item: string, period: string, leftFen: number, changes: Partial<WaitingLine> = {}) => ({
  ...{ item, period, amountFen: 11_832, leftFen, offsetFen: 0 },
  ...changes,
});

const parts: OffsetRule = {
  ...rule,
  feeItems: ['物业服务费', '公摊水电', '车位费'],
  items: {
    公摊水电: { maxShare: '1', maxFenPerHouseholdMonth: 1_000, worthMicro: { VOL: 50_000 } },
    车位费: { minBillFen: 20_000, from: '2026-06-21', until: '2026-06-22' },
  },
};

describe('a fee item with a part of its own in the rule', () => {
  it('has its own share, cap and worth per point, and the rest is as for all', () => {
    expect(valueFen(parts)).toBe(3_549);
    const water = answer(parts, of('公摊水电', { amountFen: 1_240 }));
    expect('quote' in water && water.quote).toMatchObject({
      valueFen: 1_000,
      takes: [{ unit: 'VOL', points: 200, worthMicro: 50_000 }],
      worthMicro: { VOL: 50_000 },
    });
    expect('quote' in water && water.quote.steps.map(({ zh }) => zh)).toContain(
      '“公摊水电”每户每月最多抵 10.00 元',
    );
  });

  it('counts what is offset of the line against its own cap', () => {
    expect(valueFen(parts, of('公摊水电', { amountFen: 9_000, offsetFen: 400 }))).toBe(600);
    // A year's bill that is due in June has taken its part of June's cap.
    const year = waiting('公摊水电', '2026-06', 90_000, { offsetFen: 700 });
    const before = waiting('公摊水电', '2026-05', 90_000, { offsetFen: 700 });
    expect(valueFen(parts, { ...of('公摊水电', { amountFen: 9_000 }), waiting: [year, before] })).toBe(300);
    expect(valueFen(parts, of('公摊水电', { amountFen: 9_000, offsetFen: 1_000 }))).toBe('share-used');
  });

  it('stays within the cap over all items', () => {
    expect(valueFen(parts, { ...of('公摊水电', { amountFen: 9_000 }), usedThisMonthFen: 4_500 })).toBe(500);
  });

  it('has its own threshold and its own days, the last one included', () => {
    const parking = (amountFen: number, local: string) =>
      valueFen(parts, { ...of('车位费', { amountFen }), at: at(local) });
    expect(parking(19_999, '2026-06-21T10:00')).toBe('below-threshold');
    expect(parking(20_000, '2026-06-20T23:59')).toBe('outside-window');
    expect(parking(20_000, '2026-06-22T23:59')).toBe(5_000);
    expect(parking(20_000, '2026-06-23T00:00')).toBe('outside-window');
  });
});

describe('a rule that goes by turns', () => {
  const first: OffsetRule = { ...rule, arrears: 'oldest-first' };
  const listed: OffsetRule = { ...parts, itemOrder: 'as-listed' };
  const may = waiting('物业服务费', '2026-05', 8_000);

  it('lets only the oldest unpaid line be offset, and names it', () => {
    const found = answer(first, { waiting: [waiting('车位费', '2026-05', 0), may], arrearsFen: 8_000 });
    expect(found).toMatchObject({ refusal: { code: 'older-bill-first', facts: { period: '2026-05' } } });
    const oldest = of('物业服务费', { period: '2026-05' });
    expect(valueFen(first, { ...oldest, waiting: [waiting('物业服务费', '2026-06', 11_832)] })).toBe(3_549);
  });

  it('lets who pays ahead go on where points have paid their share of a month to come, but not of one that has begun', () => {
    const ahead = of('物业服务费', { period: '2026-09' });
    const august = waiting('物业服务费', '2026-08', 8_283);
    expect(valueFen(first, { ...ahead, waiting: [{ ...august, offsetFen: 3_549 }] })).toBe(3_549);
    expect(valueFen(first, { ...ahead, waiting: [august] })).toBe('older-bill-first');
    const june6 = { ...august, period: '2026-06', offsetFen: 3_549 };
    expect(valueFen(first, { ...ahead, waiting: [june6] })).toBe('older-bill-first');
  });

  it('takes an older line until the cut-off of the month that runs', () => {
    const oldest = of('物业服务费', { period: '2026-05' });
    expect(valueFen(first, { ...oldest, at: at('2026-06-25T23:59') })).toBe(3_549);
    expect(valueFen(first, { ...oldest, at: at('2026-06-26T00:00') })).toBe('after-cut-off');
    expect(valueFen(rule, { ...oldest, at: at('2026-06-20T10:00') })).toBe('after-cut-off');
  });

  it('wants in money what the firm says is owed from before all bills that we know', () => {
    expect(valueFen(first, { arrearsFen: 1 })).toBe('arrears');
  });

  it('pays the items of a month in the order of the list', () => {
    const water = of('公摊水电', { amountFen: 1_240 });
    const fee = waiting('物业服务费', '2026-06', 11_832);
    expect(valueFen(listed, { ...water, waiting: [fee] })).toBe('other-item-first');
    expect(valueFen(listed, { ...water, waiting: [{ ...fee, offsetFen: 100, leftFen: 11_732 }] })).toBe(
      1_000,
    );
    expect(valueFen(listed, { ...water, waiting: [{ ...fee, period: '2026-05' }] })).toBe(1_000);
    expect(valueFen(listed, { waiting: [waiting('公摊水电', '2026-06', 1_240)] })).toBe(3_549);
  });

  it('waits for no line that points cannot pay today', () => {
    const order: OffsetRule = { ...listed, feeItems: ['车位费', '物业服务费', '公摊水电'] };
    const parking = waiting('车位费', '2026-06', 20_000, { amountFen: 20_000 });
    expect(valueFen(order, { waiting: [parking] })).toBe(3_549);
    expect(valueFen(order, { waiting: [parking], at: at('2026-06-21T10:00') })).toBe('other-item-first');
  });
});

describe('any rule with parts', () => {
  const anyLine = fc.record({
    item: fc.constantFrom(...parts.feeItems),
    period: fc.constantFrom('2026-04', '2026-05', '2026-06'),
    amountFen: fc.integer({ min: 1, max: 30_000 }),
    leftFen: fc.nat(30_000),
    offsetFen: fc.nat(500),
  });

  it('of the old kind means what it meant: whatever else waits, and with no parts in it', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 6 }), fc.nat(12_000), (lines, offsetFen) => {
        const request = { ...of('物业服务费', { offsetFen }), waiting: lines };
        const old = offsetRuleSchema.parse(JSON.parse(JSON.stringify(rule)));
        expect(answer(old, request)).toEqual(answer(rule, of('物业服务费', { offsetFen })));
        expect(answer({ ...rule, items: {} }, request)).toEqual(answer(rule, request));
      }),
    );
  });

  it('pays a household’s lines of a month within every cap, in whatever order they are offset', () => {
    const amounts = fc.tuple(...parts.feeItems.map(() => fc.integer({ min: 1, max: 40_000 })));
    const order = fc.shuffledSubarray([0, 1, 2], { minLength: 3 });
    fc.assert(
      fc.property(amounts, order, (amountsFen, turns) => {
        const paid = new Map<string, number>();
        for (const turn of turns) {
          const item = parts.feeItems[turn]!;
          const usedThisMonthFen = [...paid.values()].reduce((sum, fen) => sum + fen, 0);
          const found = answer(parts, { ...of(item, { amountFen: amountsFen[turn]! }), usedThisMonthFen });
          if ('quote' in found) paid.set(item, found.quote.valueFen);
        }
        const sum = [...paid.values()].reduce((total, fen) => total + fen, 0);
        expect(sum).toBeLessThanOrEqual(rule.maxFenPerHouseholdMonth);
        expect(paid.get('公摊水电') ?? 0).toBeLessThanOrEqual(1_000);
      }),
    );
  });

  it('is written only about items that it has, with days in their order', () => {
    const written = (items: OffsetRule['items']) => offsetRuleSchema.safeParse({ ...rule, items }).success;
    expect(written({ 物业服务费: { maxShare: '0.5', from: '2026-06-01', until: '2026-06-30' } })).toBe(true);
    expect(written({ 车位费: { maxShare: '0.5' } })).toBe(false);
    expect(written({ 物业服务费: { from: '2026-06-30', until: '2026-06-01' } })).toBe(false);
  });
});
