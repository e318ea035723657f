import { describe, expect, it } from 'vitest';
import { lastDayBefore, NEVER } from '../calendar.ts';
import { awardRuleSchema } from './award.schemas.ts';
import { expiryOf, type ServiceAwardRule } from './award-rule.ts';
import { withinDay } from './daily-cap.ts';
import { demoPurchaseRule, demoServiceRule } from './demo-programme.ts';

const at = (local: string): number => Date.parse(`${local}+08:00`);

describe('the end of points', () => {
  it.each([
    ['2026-06-13T19:00', '2027-12-31'],
    ['2026-01-01T00:00', '2027-12-31'],
    ['2026-12-31T23:59', '2027-12-31'],
    ['2027-01-01T00:00', '2028-12-31'],
  ])('of volunteer points earned %s is %s, the last day included', (earned, last) => {
    const end = expiryOf(demoServiceRule.expiry, at(earned), at(earned));
    expect(lastDayBefore(end)).toBe(last);
    expect(end).toBe(at(`${last}T23:59:59.999`) + 1);
  });

  it.each([
    ['2026-06-13T10:00', '2027-06-30'],
    ['2026-06-30T23:59', '2027-06-30'],
    ['2026-07-01T00:00', '2027-07-31'],
    ['2027-02-10T10:00', '2028-02-29'],
  ])('of consumer points earned %s is %s: the end of the month + 12', (earned, last) => {
    expect(lastDayBefore(expiryOf(demoPurchaseRule.expiry, at(earned), at(earned)))).toBe(last);
  });

  it('may be 31 December of the same year, or never', () => {
    const earned = at('2026-06-13T19:00');
    expect(expiryOf({ bucket: 'year', later: 0 }, earned, earned)).toBe(at('2027-01-01T00:00'));
    expect(expiryOf({ never: true }, earned, at('2050-01-01T00:00'))).toBe(NEVER);
  });

  it.each([
    ['in time, and end as all do', 1, '2026-06-30T23:59', '2026-06-30'],
    ['after their end, with the end of the month after', 1, '2026-07-01T00:00', '2026-08-31'],
    ['after their end, with the end of that month', 0, '2026-07-02T09:00', '2026-07-31'],
    ['after their end without a grace, and have ended', undefined, '2026-07-02T09:00', '2026-06-30'],
  ])('points of June are given %s', (_, graceMonths, given, last) => {
    const expiry = { bucket: 'month' as const, later: 0, ...(graceMonths !== undefined && { graceMonths }) };
    expect(lastDayBefore(expiryOf(expiry, at('2026-06-13T19:00'), at(given)))).toBe(last);
  });
});

describe('the body of an award rule', () => {
  it('is taken back from JSON as it was written', () => {
    for (const rule of [demoServiceRule, demoPurchaseRule]) {
      expect(awardRuleSchema.parse(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
    }
  });

  it.each<[string, Partial<Record<keyof ServiceAwardRule, unknown>>]>([
    ['a factor as a number', { dayFactors: { ...demoServiceRule.dayFactors, weekend: 1.5 } }],
    ['a factor in scientific notation', { dayFactors: { ...demoServiceRule.dayFactors, weekend: '1e2' } }],
    ['a negative factor', { gradeFactors: { ...demoServiceRule.gradeFactors, satisfied: '-1' } }],
    ['a missing grade', { gradeFactors: { satisfied: '1' } }],
    ['a share above one', { minimumShare: '1.2' }],
    ['half a point', { pointsPerHour: 0.5 }],
    ['a grade of trust that does not exist', { earningTrust: ['rumour'] }],
    ['nobody who earns', { earningTrust: [] }],
    ['the same trust twice', { earningTrust: ['scan', 'scan'] }],
    ['another rounding', { rounding: 'sideways' }],
    ['an end in minus one months', { expiry: { bucket: 'month', later: -1 } }],
    ['a grace of minus one months', { expiry: { bucket: 'month', later: 1, graceMonths: -1 } }],
    ['a grace for what never ends', { expiry: { never: true, graceMonths: 1 } }],
    ['two ends at once', { expiry: { bucket: 'month', later: 1, never: true } }],
    ['a field that nobody knows', { bonus: 5 } as Partial<Record<keyof ServiceAwardRule, unknown>>],
  ])('refuses %s', (_, change) => {
    expect(awardRuleSchema.safeParse({ ...demoServiceRule, ...change }).success).toBe(false);
  });
});

describe('the daily cap', () => {
  const earning = { unit: 'CON', member: 'm1', day: '2026-06-13', points: 120 };

  it('adds nothing to the steps when it does not bite', () => {
    expect(withinDay(earning, { max: 500, earned: 380 })).toEqual({
      points: 120,
      steps: [],
      tallies: [{ key: 'earned:CON:m1:2026-06-13', add: 120, max: 500, was: 380 }],
    });
  });

  it('names what was earned before when it does', () => {
    const capped = withinDay(earning, { max: 500, earned: 450 });
    expect(capped.points).toBe(50);
    expect(capped.steps).toHaveLength(1);
    expect(capped.steps[0]?.en).toContain('450 already earned');
  });
});
