import { describe, expect, it } from 'vitest';
import { closingRefusal, nextToClose, reopeningRefusal } from './month-order.ts';

const begins = '2026-01';

describe('months are closed one after the other', () => {
  it('the first one is the first with anything in it, neither before nor after', () => {
    const begins = '2026-05';
    expect(closingRefusal('2026-05', { closed: [], begins })).toBeUndefined();
    for (const month of ['2026-04', '2026-06', '2025-05']) {
      expect(closingRefusal(month, { closed: [], begins })).toEqual({
        code: 'month-not-first',
        month: begins,
      });
    }
  });

  it('where there is nothing yet, it may be any', () => {
    expect(closingRefusal('2026-05', { closed: [], begins: undefined })).toBeUndefined();
  });

  it('what comes into the place later changes nothing once a month is closed', () => {
    expect(closingRefusal('2026-06', { closed: ['2026-05'], begins: '2026-03' })).toBeUndefined();
  });

  it('says whose turn it is', () => {
    expect(nextToClose({ closed: ['2026-05', '2026-04'], begins: '2026-04' }, '2026-09')).toBe('2026-06');
    expect(nextToClose({ closed: [], begins: '2026-04' }, '2026-09')).toBe('2026-04');
    // With nothing in the place, the last one that is over.
    expect(nextToClose({ closed: [], begins: undefined }, '2026-01')).toBe('2025-12');
  });

  it('then comes the month after the latest closed one, over the end of a year too', () => {
    expect(closingRefusal('2026-06', { closed: ['2026-04', '2026-05'], begins })).toBeUndefined();
    expect(closingRefusal('2027-01', { closed: ['2026-12', '2026-11'], begins })).toBeUndefined();
    expect(closingRefusal('2026-07', { closed: ['2026-05', '2026-04'], begins })).toEqual({
      code: 'month-not-next',
      month: '2026-06',
    });
    expect(closingRefusal('2026-03', { closed: ['2026-05'], begins })).toEqual({
      code: 'month-not-next',
      month: '2026-06',
    });
  });

  it('a closed one is closed', () => {
    expect(closingRefusal('2026-04', { closed: ['2026-04', '2026-05'], begins })).toEqual({
      code: 'month-closed',
    });
  });
});

describe('months are opened again from the latest one back', () => {
  it('only the latest closed one', () => {
    expect(reopeningRefusal('2026-05', ['2026-05', '2026-04'])).toBeUndefined();
    expect(reopeningRefusal('2026-04', ['2026-04', '2026-05'])).toEqual({
      code: 'month-not-latest',
      month: '2026-05',
    });
  });
});
