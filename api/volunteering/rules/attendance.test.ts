import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlapsWith, servedMinutes, type Span } from './attendance.ts';

const at = (time: string): number => Date.parse(`2026-06-13T${time}+08:00`);
const span = (from: string, to: string): Span => ({ from: at(from), to: at(to) });
const evening = span('19:00', '21:30');

describe('the minutes that someone served', () => {
  it.each([
    ['all of it', '19:00', '21:30', 150],
    ['coming early and staying on', '18:30', '22:00', 150],
    ['coming late', '19:20', '21:30', 130],
    ['leaving early', '19:00', '20:00', 60],
    ['a broken minute', '19:00:30', '20:00:29', 59],
    ['another time altogether', '08:00', '09:00', 0],
    ['signed out before signing in', '20:00', '19:30', 0],
  ])('%s', (_, from, to, minutes) => {
    expect(servedMinutes(evening, span(from, to))).toBe(minutes);
  });

  it('are never more than the activity has, nor than they were there', () => {
    const anyTime = fc.integer({ min: at('00:00'), max: at('23:59') });
    fc.assert(
      fc.property(anyTime, anyTime, (from, to) => {
        const minutes = servedMinutes(evening, { from, to });
        expect(minutes).toBeGreaterThanOrEqual(0);
        expect(minutes).toBeLessThanOrEqual(150);
        expect(minutes * 60_000).toBeLessThanOrEqual(Math.max(0, to - from));
      }),
    );
  });
});

describe('one person in two places at once', () => {
  it('is found, also when one service lies within the other', () => {
    const garden = { id: 'garden', ...span('20:00', '20:10') };
    const street = { id: 'street', ...span('21:00', '22:00') };
    expect(overlapsWith(evening, [garden, street]).map((service) => service.id)).toEqual([
      'garden',
      'street',
    ]);
  });

  it('is not coming straight from another service', () => {
    expect(overlapsWith(evening, [span('18:00', '19:00'), span('21:30', '22:00')])).toEqual([]);
  });
});
