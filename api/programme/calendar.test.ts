import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as calendar from './calendar.ts';
import { bucketOf, dayOf, lastDayBefore, monthOf, NEVER, parseDay, weekOf, type Bucket } from './calendar.ts';

const at = (local: string): number => Date.parse(`${local}+08:00`);
const anyInstant = fc.integer({ min: at('1992-01-01T00:00'), max: at('2199-12-31T23:59') });
const anyBucket = fc.constantFrom<Bucket>('month', 'quarter', 'year');

describe('the calendar of Asia/Shanghai', () => {
  it('begins a day at midnight in Shanghai, which is 16:00 of the day before in UTC', () => {
    expect(dayOf(Date.parse('2026-05-31T15:59:59.999Z'))).toBe('2026-05-31');
    expect(dayOf(Date.parse('2026-05-31T16:00:00.000Z'))).toBe('2026-06-01');
    expect(monthOf(Date.parse('2026-05-31T16:00:00.000Z'))).toBe('2026-06');
    expect(calendar.quarterOf(at('2026-06-30T23:59'))).toBe('2026-Q2');
    expect(calendar.yearOf(at('2026-01-01T00:00'))).toBe(2026);
  });

  it('agrees with the time zone database on every day', () => {
    const official = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });
    fc.assert(
      fc.property(anyInstant, (instant) => {
        expect(dayOf(instant)).toBe(official.format(instant));
      }),
    );
  });

  it.each([
    ['2026-06-13T19:00', '2026-W24'],
    ['2026-06-14T23:59', '2026-W24'],
    ['2026-06-15T00:00', '2026-W25'],
    ['2027-01-01T12:00', '2026-W53'],
    ['2025-12-29T00:00', '2026-W01'],
    ['2024-12-29T12:00', '2024-W52'],
  ])('counts %s in week %s', (local, week) => {
    expect(weekOf(at(local))).toBe(week);
  });

  it('knows Saturday and Sunday as the weekend', () => {
    expect(
      ['2026-06-12', '2026-06-13', '2026-06-14', '2026-06-15'].map((day) => calendar.isWeekend(day)),
    ).toEqual([false, true, true, false]);
    expect(calendar.weekdayOf('2026-06-14')).toBe(7);
  });

  it('reads only days that exist', () => {
    expect(parseDay('2028-02-29')).toBe('2028-02-29');
    for (const text of [
      '2026-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-6-1',
      '2026-06-31',
      '0026-06-01',
      '',
    ]) {
      expect(parseDay(text)).toBeUndefined();
    }
    expect(calendar.parseMonth('2026-06')).toBe('2026-06');
    expect(calendar.parseMonth('2026-13')).toBeUndefined();
    expect(() => calendar.startOfDay('soon')).toThrow(RangeError);
  });

  it('counts days across the end of February', () => {
    expect(calendar.addDays('2028-02-28', 2)).toBe('2028-03-01');
    expect(calendar.daysBetween('2026-02-28', '2026-03-01')).toBe(1);
    expect(calendar.daysBetween('2026-03-01', '2026-02-28')).toBe(-1);
    expect(calendar.endOfDay('2026-06-25')).toBe(at('2026-06-26T00:00'));
  });

  it('counts months across the end of a year', () => {
    expect(calendar.addMonths('2026-11', 3)).toBe('2027-02');
    expect(calendar.addMonths('2026-01', -1)).toBe('2025-12');
    expect(calendar.periodOfMonth('2026-12')).toEqual({
      start: at('2026-12-01T00:00'),
      end: at('2027-01-01T00:00'),
    });
  });
});

describe('a bucket', () => {
  it.each([
    ['month', 0, '2026-06-01', '2026-07-01'],
    ['month', 12, '2027-06-01', '2027-07-01'],
    ['quarter', 0, '2026-04-01', '2026-07-01'],
    ['quarter', 3, '2027-01-01', '2027-04-01'],
    ['year', 0, '2026-01-01', '2027-01-01'],
    ['year', 1, '2027-01-01', '2028-01-01'],
  ] as const)('%s + %i of 13 June 2026 runs from %s to before %s', (bucket, later, start, end) => {
    expect(bucketOf(at('2026-06-13T19:00'), bucket, later)).toEqual({
      start: at(`${start}T00:00`),
      end: at(`${end}T00:00`),
    });
  });

  it('holds its instant, and its end is the start of the next', () => {
    fc.assert(
      fc.property(anyInstant, anyBucket, fc.nat(40), (instant, bucket, later) => {
        const here = bucketOf(instant, bucket);
        expect(here.start <= instant && instant < here.end).toBe(true);
        expect(bucketOf(instant, bucket, later).end).toBe(bucketOf(instant, bucket, later + 1).start);
        expect(bucketOf(here.end, bucket).start).toBe(here.end);
      }),
    );
  });

  it('is shown by its last day, and never by one that does not come', () => {
    expect(lastDayBefore(at('2028-01-01T00:00'))).toBe('2027-12-31');
    expect(lastDayBefore(NEVER)).toBeUndefined();
    expect(dayOf(NEVER)).toBe('9999-12-31');
  });
});
