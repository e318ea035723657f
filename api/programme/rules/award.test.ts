import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicHolidays, type HolidayTable } from '../calendar-holidays.ts';
import { awardService, type Service } from './award.ts';
import { GRADES, TRUSTS, type Grade, type Trust } from './award-rule.ts';
import { demoServiceRule as rule } from './demo-programme.ts';

const at = (local: string): number => Date.parse(`${local}+08:00`);

/** Saturday, 13 June 2026, 19:00–21:30, as in the worked month. */
const saturday: Service = {
  member: 'm1',
  startsAt: at('2026-06-13T19:00'),
  endsAt: at('2026-06-13T21:30'),
  servedMinutes: 150,
  trust: 'scan',
  grade: 'very-satisfied',
};
const award = (changes: Partial<Service> = {}, holidays: HolidayTable = publicHolidays) =>
  awardService(rule, { ...saturday, ...changes }, holidays);
const onDay = (day: string): Partial<Service> => ({
  startsAt: at(`${day}T19:00`),
  endsAt: at(`${day}T21:30`),
});

describe('the award for a service', () => {
  it('is 36 for Saturday 19:00–21:30, very satisfied: min(2.5, 2) × 10 × 1.5 × 1.2', () => {
    expect(award()).toEqual({
      points: 36,
      recordedMinutes: 150,
      day: '2026-06-13',
      steps: [
        { zh: expect.stringContaining('服务 2 小时 30 分钟'), en: expect.any(String), value: '2.5' },
        { zh: '每次活动最多计 2 小时', en: expect.any(String), value: '2' },
        { zh: '每小时 10 分', en: '10 points an hour', value: '20' },
        { zh: '周六 × 1.5', en: 'Saturday × 1.5', value: '30' },
        { zh: '评价“非常满意” × 1.2', en: 'Rated very satisfied × 1.2', value: '36' },
      ],
      tallies: [{ key: 'earned:VOL:m1:2026-06-13', add: 36, max: 60, was: 0 }],
    });
  });

  it.each<[Grade, number]>([
    ['very-satisfied', 36],
    ['satisfied', 30],
    ['fairly-satisfied', 24],
    ['dissatisfied', 0],
    ['very-dissatisfied', 0],
  ])('rated %s is %i', (grade, points) => {
    expect(award({ grade }).points).toBe(points);
  });

  it('counts the points of its own type, where the rule names it', () => {
    const typed = { ...rule, typePointsPerHour: { 助老服务: 15 } };
    const elders = awardService(typed, { ...saturday, type: '助老服务' }, publicHolidays);
    expect(elders.points).toBe(54);
    expect(elders.steps.map(({ zh }) => zh)).toContain('“助老服务”每小时 15 分');
    for (const type of ['垃圾分类', 'constructor']) {
      expect(awardService(typed, { ...saturday, type }, publicHolidays).points).toBe(36);
    }
  });

  it('is more from the fifth service of a month on, where the rule says so', () => {
    const often = { ...rule, frequency: { from: 5, factor: '1.2' } };
    const nth = (nthInMonth: number) => awardService(often, { ...saturday, nthInMonth }, publicHolidays);
    expect(nth(4).points).toBe(36);
    expect(nth(5).points).toBe(43);
    expect(nth(5).steps.map(({ zh }) => zh)).toContain('本月第 5 次服务 × 1.2');
  });

  it('is nothing beyond the services of a month that earn, but its hours are recorded', () => {
    const capped = { ...rule, maxServicesPerMonth: 8 };
    const nth = (nthInMonth: number) => awardService(capped, { ...saturday, nthInMonth }, publicHolidays);
    expect(nth(8)).toMatchObject({ points: 36 });
    expect(nth(9)).toMatchObject({ points: 0, recordedMinutes: 150, tallies: [] });
    expect(nth(9).steps.at(-1)?.zh).toContain('每月最多 8 次');
  });

  it('is 30 while it waits for its rating, and its steps say nothing of a rating', () => {
    const { grade: _, ...unrated } = saturday;
    const waiting = awardService(rule, unrated, publicHolidays);
    expect(waiting.points).toBe(30);
    expect(waiting.steps.map((step) => step.zh).join()).not.toContain('评价');
  });

  it('says of a grade that nobody has given yet what it would bring', () => {
    const said = award({ isGradePresumed: true });
    expect(said.points).toBe(36);
    expect(said.steps.map((step) => step.zh)).toContain('如果评为“非常满意” × 1.2');
  });

  it.each([
    ['2026-06-15', '周一', 24, 'a workday'],
    ['2026-06-14', '周日', 36, 'a Sunday'],
    ['2026-06-19', '端午节假期', 36, 'a holiday on a Friday'],
    ['2026-02-28', '周六（调休上班）', 36, 'a Saturday on which offices work'],
  ])('on %s (%s) is %i, %s', (day, word, points) => {
    const found = award(onDay(day));
    expect(found.points).toBe(points);
    if (points === 36) expect(found.steps.map((step) => step.zh)).toContain(`${word} × 1.5`);
  });

  it('follows a programme that pays a make-up Saturday as a workday', () => {
    const strict = { ...rule, dayFactors: { ...rule.dayFactors, 'make-up': '1' } };
    expect(awardService(strict, { ...saturday, ...onDay('2026-02-28') }, publicHolidays).points).toBe(24);
  });

  it('says so when the holidays of the year have not been entered', () => {
    const text = award(onDay('2031-10-01'))
      .steps.map((step) => step.zh)
      .join();
    expect(text).toContain('还没有录入');
  });

  it('counts by the day in Shanghai: Friday 23:30 to Saturday 01:00 is a Friday', () => {
    const night = { startsAt: at('2026-06-12T23:30'), endsAt: at('2026-06-13T01:00'), servedMinutes: 90 };
    expect(award({ ...night, grade: 'satisfied' })).toMatchObject({ points: 15, day: '2026-06-12' });
  });

  it('is nothing below 60 % of the activity, neither hours nor points, and whole from 60 % on', () => {
    expect(award({ servedMinutes: 89 })).toMatchObject({ points: 0, recordedMinutes: 0, tallies: [] });
    expect(award({ servedMinutes: 89 }).steps.at(-1)?.zh).toContain('不到活动时长的 60%');
    // 90 of 150 minutes is exactly 60 %: 1.5 × 10 × 1.5 × 1.2 = 27.
    expect(award({ servedMinutes: 90 })).toMatchObject({ points: 27, recordedMinutes: 90 });
  });

  it.each<[Trust, number]>([
    ['scan', 36],
    ['roll-call', 36],
    ['paper', 0],
    ['typed', 0],
  ])('of hours known by %s is %i, and the hours are recorded all the same', (trust, points) => {
    expect(award({ trust })).toMatchObject({ points, recordedMinutes: 150 });
  });

  it('keeps the hours of a badly rated service', () => {
    expect(award({ grade: 'very-dissatisfied' })).toMatchObject({
      points: 0,
      recordedMinutes: 150,
      tallies: [],
    });
  });

  it('gives what is left of the day: 36 + 24, then nothing', () => {
    expect(award({ earnedThatDay: 36 })).toMatchObject({
      points: 24,
      tallies: [{ key: 'earned:VOL:m1:2026-06-13', add: 24, max: 60, was: 36 }],
    });
    expect(award({ earnedThatDay: 36 }).steps.at(-1)?.zh).toBe(
      '每天最多 60 分，2026-06-13 已得 36 分，这次计 24 分',
    );
    // Nothing is counted, but that the day was used up has to be still so.
    expect(award({ earnedThatDay: 60 })).toMatchObject({ points: 0, tallies: [{ add: 0, was: 60 }] });
    expect(award({ earnedThatDay: 61 }).points).toBe(0);
  });

  it('rounds once, at the end, as the rule says: 50 minutes on a workday are 8.33, so 8', () => {
    const short = { ...onDay('2026-06-15'), endsAt: at('2026-06-15T19:50'), servedMinutes: 50 };
    const down = award({ ...short, grade: 'satisfied' });
    expect(down.points).toBe(8);
    expect(down.steps.at(-1)).toMatchObject({ zh: '取整为 8 分', value: '8' });
    const up = awardService(
      { ...rule, rounding: 'up' },
      { ...saturday, ...short, grade: 'satisfied' },
      publicHolidays,
    );
    expect(up.points).toBe(9);
  });

  it('loses nothing to thirds: 20 minutes at 9 points an hour are 3 and not 2', () => {
    const third = { ...onDay('2026-06-15'), endsAt: at('2026-06-15T19:20'), servedMinutes: 20 };
    const nine = { ...rule, pointsPerHour: 9 };
    expect(awardService(nine, { ...saturday, ...third, grade: 'satisfied' }, publicHolidays).points).toBe(3);
  });

  it('of an activity without length is nothing', () => {
    expect(award({ endsAt: saturday.startsAt, servedMinutes: 0 }).points).toBe(0);
  });

  it('expresses another town: 1 an hour, at most 2 hours, typed hours never', () => {
    const hailin = { ...rule, pointsPerHour: 1, earningTrust: ['scan' as const] };
    expect(
      awardService(hailin, { ...saturday, ...onDay('2026-06-15'), grade: 'satisfied' }, publicHolidays)
        .points,
    ).toBe(2);
  });
});

describe('whatever the service', () => {
  const anyService = fc.record({
    member: fc.constant('m1'),
    startsAt: fc.integer({ min: at('2025-01-01T00:00'), max: at('2027-12-31T00:00') }),
    planned: fc.integer({ min: 1, max: 600 }),
    servedMinutes: fc.nat(600),
    trust: fc.constantFrom(...TRUSTS),
    grade: fc.constantFrom(...GRADES),
    earnedThatDay: fc.nat(80),
  });
  const awarded = ({ planned, ...service }: { planned: number } & Omit<Service, 'endsAt'>) =>
    awardService(rule, { ...service, endsAt: service.startsAt + planned * 60_000 }, publicHolidays);

  it('the points are whole, never negative, never above the caps, and the last step shows them', () => {
    fc.assert(
      fc.property(anyService, (service) => {
        const { points, steps, tallies, recordedMinutes } = awarded(service);
        expect(Number.isSafeInteger(points) && points >= 0 && points <= 36).toBe(true);
        expect(points + Math.min(service.earnedThatDay, 60)).toBeLessThanOrEqual(60);
        expect(Number(steps.at(-1)?.value)).toBe(points);
        expect(tallies.reduce((sum, tally) => sum + tally.add, 0)).toBe(points);
        expect([0, service.servedMinutes]).toContain(recordedMinutes);
      }),
    );
  });

  it('staying longer never earns less', () => {
    fc.assert(
      fc.property(anyService, fc.nat(100), (service, more) => {
        const longer = { ...service, servedMinutes: service.servedMinutes + more };
        expect(awarded(longer).points).toBeGreaterThanOrEqual(awarded(service).points);
      }),
    );
  });

  it('a better rating never earns less', () => {
    fc.assert(
      fc.property(anyService, (service) => {
        const points = GRADES.map((grade) => awarded({ ...service, grade }).points);
        expect(points).toEqual([...points].sort((a, b) => b - a));
      }),
    );
  });
});
