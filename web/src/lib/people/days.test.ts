import { expect, it } from 'vitest';
import { dayAfter, dayBefore, isDay, lastMoment, today, unreadableDays, validOf } from './days.ts';

it('a role of some days runs to the end of the last one, in Shanghai', () => {
  expect(validOf({ from: '2026-06-01', until: '2026-06-30' })).toEqual({
    validFrom: '2026-06-01T00:00:00+08:00',
    validTo: '2026-07-01T00:00:00+08:00',
  });
  expect(validOf({ from: '', until: '' })).toEqual({});
});

it('what ends when July begins has its last moment in June', () => {
  expect(new Date(lastMoment('2026-06-30T16:00:00.000Z')).toISOString()).toBe('2026-06-30T15:59:59.999Z');
  expect(dayAfter('2026-12-31')).toBe('2027-01-01');
  expect(today(Date.parse('2026-06-30T16:00:00.000Z'))).toBe('2026-07-01');
});

it('an end that cannot be read is said, never taken for a post without end', () => {
  expect(unreadableDays({ from: '1.6.2026', until: '2026-13-01' })).toEqual({
    validFrom: true,
    validTo: true,
  });
  expect(unreadableDays({ from: '2026-06-01', until: '2026年6月30日' })).toEqual({ validTo: true });
  expect(unreadableDays({ from: '', until: '2026-06-30' })).toEqual({});
  expect(isDay('2026-02-31')).toBe(false);
});

it('what ends when a month begins had its last day in the month before', () => {
  expect(dayBefore('2026-07-01')).toBe('2026-06-30');
  expect(dayAfter(dayBefore('2028-03-01'))).toBe('2028-03-01');
});
