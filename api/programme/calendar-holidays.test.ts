import { describe, expect, it } from 'vitest';
import { addDays, isWeekend } from './calendar.ts';
import { coversDay, dayKind, holidayOn, publicHolidays } from './calendar-holidays.ts';

const kindOf = (day: string) => dayKind(day, publicHolidays);

describe('the public holidays', () => {
  it.each([
    ['2026-06-13', 'weekend'],
    ['2026-06-15', 'workday'],
    ['2026-02-14', 'make-up'],
    ['2026-02-15', 'holiday'],
    ['2026-02-23', 'holiday'],
    ['2026-02-24', 'workday'],
    ['2026-06-19', 'holiday'],
    ['2026-06-21', 'holiday'],
    ['2026-09-20', 'make-up'],
    ['2026-10-07', 'holiday'],
    ['2026-10-08', 'workday'],
    ['2025-01-27', 'workday'],
    ['2025-02-04', 'holiday'],
    ['2025-10-08', 'holiday'],
    ['2025-10-11', 'make-up'],
  ])('make %s a %s', (day, kind) => {
    expect(kindOf(day)).toBe(kind);
  });

  it('have names that residents know', () => {
    expect(holidayOn('2026-06-20', publicHolidays)).toMatchObject({ zh: '端午节' });
    expect(holidayOn('2026-06-22', publicHolidays)).toBeUndefined();
  });

  it.each([
    [2025, 28],
    [2026, 33],
  ])('of %i are %i days off', (year, days) => {
    let off = 0;
    for (let day = `${year}-01-01`; day.startsWith(String(year)); day = addDays(day, 1)) {
      if (kindOf(day) === 'holiday') off += 1;
    }
    expect(off).toBe(days);
  });

  it('let offices work only on Saturdays and Sundays that are no holiday', () => {
    for (const day of publicHolidays.makeUpWorkdays) {
      expect(isWeekend(day)).toBe(true);
      expect(holidayOn(day, publicHolidays)).toBeUndefined();
    }
  });

  it('know only weekends in a year that has not been announced', () => {
    expect(coversDay('2026-10-01', publicHolidays)).toBe(true);
    expect(coversDay('2031-10-01', publicHolidays)).toBe(false);
    expect(kindOf('2031-10-01')).toBe('workday');
    expect(kindOf('2031-10-04')).toBe('weekend');
  });
});
