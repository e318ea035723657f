import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteOffset, type Holding, type OffsetRequest } from './offset.ts';
import { offsetRuleSchema } from './offset.schemas.ts';
import { demoOffsetRule as rule, type OffsetRule } from './offset-rule.ts';

const at = (local: string): number => Date.parse(`${local}+08:00`);

const con: Holding = { series: 7, unit: 'CON', expiresAt: at('2027-07-01T00:00'), available: 3_189 };
const vol: Holding = { series: 3, unit: 'VOL', expiresAt: at('2028-01-01T00:00'), available: 36 };

/** The worked month: 98.60 m² × 1.20 = 118.32. */
const june: OffsetRequest = {
  at: at('2026-06-20T10:00'),
  household: 'h1',
  relation: 'owner',
  bill: { item: '物业服务费', period: '2026-06', amountFen: 11_832, paidFen: 0, offsetFen: 0 },
  arrearsFen: 0,
  usedThisMonthFen: 0,
  holdings: [vol, con],
  unitNames: {
    VOL: { zh: '志愿积分', en: 'volunteer points' },
    CON: { zh: '消费积分', en: 'consumer points' },
  },
};

function quote(changes: Partial<OffsetRequest> = {}, by: OffsetRule = rule) {
  const answer = quoteOffset(by, { ...june, ...changes });
  if ('refusal' in answer) throw new Error(answer.refusal.code);
  return answer.quote;
}

function refusal(changes: Partial<OffsetRequest>, by: OffsetRule = rule) {
  const answer = quoteOffset(by, { ...june, ...changes });
  return 'refusal' in answer ? answer.refusal : undefined;
}

const bill = (changes: Partial<OffsetRequest['bill']>) => ({ bill: { ...june.bill, ...changes } });
const points = (changes: Partial<OffsetRequest>, by?: OffsetRule) =>
  quote(changes, by).takes.map((take) => `${take.points} ${take.unit}`);

describe('the offset of the worked month', () => {
  it('is 35.49 of 118.32: 3,189 CON, which end first, and 36 VOL; 82.83 are still to pay', () => {
    expect(quote()).toMatchObject({
      valueFen: 3_549,
      valueMicro: 35_490_000,
      toPayFen: 8_283,
      takes: [
        { series: 7, unit: 'CON', points: 3_189, worthMicro: 10_000 },
        { series: 3, unit: 'VOL', points: 36, worthMicro: 100_000 },
      ],
      tallies: [{ key: 'offset:h1:2026-06', add: 3_549, max: 5_000, was: 0 }],
      cutOffAt: at('2026-06-26T00:00'),
    });
  });

  it('is worked out in the resident’s sight', () => {
    expect(quote().steps.map((step) => step.zh)).toEqual([
      '2026-06 物业服务费 118.32 元',
      '最多抵 30%：35.496 元，取整到分是 35.49 元',
      '每户每月最多抵 50.00 元，已抵 0.00 元',
      '消费积分 3189 分抵 31.89 元（2027-06-30 到期，先到期的先用）',
      '志愿积分 36 分抵 3.60 元（2027-12-31 到期，先到期的先用）',
      '一共抵 35.49 元，还需缴 82.83 元',
    ]);
  });

  it('is the same in whatever order the holdings come', () => {
    expect(quote({ holdings: [con, vol] })).toEqual(quote({ holdings: [vol, con] }));
  });
});

describe('an offset is declined', () => {
  it.each<[string, Partial<OffsetRequest>]>([
    ['not-owner-or-family', { relation: 'tenant' }],
    ['item-not-allowed', bill({ item: '公摊水电' })],
    ['after-cut-off', { at: at('2026-06-26T00:00') }],
    ['arrears', { arrearsFen: 1 }],
    ['already-paid', bill({ paidFen: 11_832 })],
    ['share-used', bill({ offsetFen: 3_549 })],
    ['monthly-cap-used', { usedThisMonthFen: 5_000 }],
    ['no-points', { holdings: [] }],
    ['more-than-allowed', { wantedFen: 3_550 }],
    ['nothing-to-offset', { wantedFen: 0 }],
    ['nothing-to-offset', bill({ amountFen: 3 })],
    ['nothing-to-offset', { holdings: [{ ...vol, available: 1 }], wantedFen: 9 }],
  ])('as %s, in words for the resident', (code, changes) => {
    const found = refusal(changes);
    expect(found?.code).toBe(code);
    expect(found?.zh).toMatch(/\p{Script=Han}/u);
    expect(found?.en).toMatch(/[a-z]/);
  });

  it('as fewer than come to whole fen, saying how many do', () => {
    const hundred = { ...rule, worthMicro: { CON: 6_700 } };
    const found = refusal({ holdings: [{ ...con, available: 99 }] }, hundred);
    expect(found).toMatchObject({ code: 'nothing-to-offset', facts: { points: 100, worthFen: 67 } });
    expect(found?.zh).toContain('每次最少用 100 分，抵 0.67 元');
    const { valueFen, steps } = quote({ holdings: [{ ...con, available: 199 }] }, hundred);
    expect([valueFen, steps.at(-2)?.zh]).toEqual([
      67,
      expect.stringContaining('100 分抵 0.67 元（每 100 分合整分钱，'),
    ]);
  });

  it('as too small a bill, where the rule asks for more', () => {
    expect(refusal({}, { ...rule, minBillFen: 11_833 })?.code).toBe('below-threshold');
    expect(quote({}, { ...rule, minBillFen: 11_832 }).valueFen).toBe(3_549);
  });

  it('for a stranger before anything about the bill is told', () => {
    expect(refusal({ relation: 'none', arrearsFen: 500, ...bill({ paidFen: 11_832 }) })?.code).toBe(
      'not-owner-or-family',
    );
  });

  it('not on the 25th itself', () => {
    expect(quote({ at: at('2026-06-25T23:59:59.999') }).valueFen).toBe(3_549);
  });

  it('when all points have expired, whether or not the expiry run has passed', () => {
    const expired = { ...con, expiresAt: june.at };
    expect(refusal({ holdings: [expired] })?.code).toBe('no-points');
    expect(points({ holdings: [expired, vol] })).toEqual(['36 VOL']);
  });

  it('not for arrears where the firm does not mind them', () => {
    expect(quote({ arrearsFen: 100 }, { ...rule, refusesArrears: false }).valueFen).toBe(3_549);
  });

  it('for a unit that the firm does not take', () => {
    expect(points({}, { ...rule, worthMicro: { VOL: 100_000 } })).toEqual(['36 VOL']);
    expect(refusal({ holdings: [con] }, { ...rule, worthMicro: { VOL: 100_000 } })?.code).toBe('no-points');
  });
});

describe('the limits of an offset', () => {
  it('are the share of the line, less what was offset before', () => {
    expect(quote(bill({ offsetFen: 549 }))).toMatchObject({ valueFen: 3_000, toPayFen: 8_283 });
  });

  it('are what is left of the household’s month', () => {
    expect(quote({ usedThisMonthFen: 4_000 })).toMatchObject({ valueFen: 1_000, toPayFen: 10_832 });
  });

  it('are what is still due, when most has been paid in money', () => {
    expect(quote(bill({ paidFen: 11_732 }))).toMatchObject({ valueFen: 100, toPayFen: 0 });
  });

  it('are what the resident chose, which the steps say', () => {
    const chosen = quote({ wantedFen: 1_000 });
    expect(chosen).toMatchObject({ valueFen: 1_000, takes: [{ points: 1_000, unit: 'CON' }] });
    expect(chosen.steps.map((step) => step.zh)).toContain('您选择抵 10.00 元');
  });

  it('leave fen that volunteer points of ten fen cannot reach, rather than a broken point', () => {
    expect(quote({ holdings: [{ ...vol, available: 400 }] })).toMatchObject({
      valueFen: 3_540,
      toPayFen: 8_292,
    });
  });

  it('let consumer points fill those fen even when they end later', () => {
    const late = { ...con, expiresAt: at('2029-01-01T00:00'), available: 50 };
    expect(points({ holdings: [{ ...vol, available: 400 }, late] })).toEqual(['354 VOL', '9 CON']);
  });

  it('take the older of two series that end together', () => {
    const older = { ...con, series: 2, available: 100 };
    expect(quote({ holdings: [con, older], wantedFen: 150 }).takes.map((take) => take.series)).toEqual([
      2, 7,
    ]);
  });
});

describe('whatever is held', () => {
  const anyHolding = fc.record({
    series: fc.nat(40),
    unit: fc.constantFrom('VOL', 'CON', 'ODD', 'OFF'),
    expiresAt: fc.integer({ min: june.at - 5, max: june.at + 20 }),
    available: fc.nat(2_000),
  });
  const anyRequest = fc.record({
    holdings: fc.uniqueArray(anyHolding, { selector: (holding) => holding.series, maxLength: 12 }),
    amountFen: fc.integer({ min: 1, max: 40_000 }),
    usedThisMonthFen: fc.nat(5_000),
  });
  // A point of ODD is worth two thirds of a fen and a bit: a hundred of them make whole fen, the hardest case.
  const odd = { ...rule, worthMicro: { VOL: 100_000, CON: 10_000, ODD: 6_700 } };
  const answer = ({
    amountFen,
    ...rest
  }: {
    amountFen: number;
    holdings: Holding[];
    usedThisMonthFen: number;
  }) => quoteOffset(odd, { ...june, ...rest, ...bill({ amountFen }) });

  it('the value is whole fen, within every limit, and exactly what its points are worth', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const found = answer(request);
        if ('refusal' in found) return;
        const { valueFen, valueMicro, takes, toPayFen } = found.quote;
        expect(Number.isSafeInteger(valueFen) && valueFen > 0).toBe(true);
        expect(valueMicro).toBe(takes.reduce((sum, take) => sum + take.points * take.worthMicro, 0));
        expect(valueFen * 10_000).toBe(valueMicro);
        expect(valueFen).toBeLessThanOrEqual(Math.floor((request.amountFen * 3) / 10));
        expect(valueFen + request.usedThisMonthFen).toBeLessThanOrEqual(5_000);
        expect(valueFen + toPayFen).toBe(request.amountFen);
        for (const take of takes) {
          const held = request.holdings.find((holding) => holding.series === take.series);
          expect(take.points).toBeLessThanOrEqual(held?.available ?? 0);
          expect(held?.expiresAt).toBeGreaterThan(june.at);
          expect(held?.unit).not.toBe('OFF');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('asking again for the value that was quoted takes the same points, as the ledger will', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const first = answer(request);
        if ('refusal' in first) return;
        const again = quoteOffset(odd, {
          ...june,
          ...bill({ amountFen: request.amountFen }),
          holdings: request.holdings,
          usedThisMonthFen: request.usedThisMonthFen,
          wantedFen: first.quote.valueFen,
        });
        expect('quote' in again && again.quote.takes).toEqual(first.quote.takes);
      }),
      { numRuns: 500 },
    );
  });

  it('no point stays behind that would have ended sooner and still have fitted', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const found = quoteOffset(rule, {
          ...june,
          ...bill({ amountFen: request.amountFen }),
          holdings: request.holdings,
        });
        if ('refusal' in found) return;
        const { takes } = found.quote;
        const last = takes.at(-1);
        for (const { series, unit, expiresAt, available } of request.holdings) {
          if (unit !== 'CON' || expiresAt <= june.at || expiresAt >= (last?.expiresAt ?? 0)) continue;
          expect(takes.find((take) => take.series === series)?.points ?? 0).toBe(available);
        }
      }),
    );
  });
});

describe('the body of an offset rule', () => {
  it('is taken back from JSON as it was written', () => {
    expect(offsetRuleSchema.parse(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a share above the whole line', { maxShare: '1.01' }],
    ['a share as a number', { maxShare: 0.3 }],
    ['a cut-off that February lacks', { cutOffDay: 30 }],
    ['a point worth nothing', { worthMicro: { VOL: 0 } }],
    ['no unit at all', { worthMicro: {} }],
    ['no fee item', { feeItems: [] }],
    ['a relation that nobody has', { relations: ['guest'] }],
    ['a field that nobody knows', { bonus: 1 }],
  ])('refuses %s', (_, change) => {
    expect(offsetRuleSchema.safeParse({ ...rule, ...change }).success).toBe(false);
  });
});
