import { describe, expect, it } from 'vitest';
import { closingRefusal, reopeningRefusal } from './month-order.ts';

describe('months are closed one after the other', () => {
  it('the first one may be any; books begin somewhere', () => {
    expect(closingRefusal('2026-05', [])).toBeUndefined();
  });

  it('then comes the month after the latest closed one, over the end of a year too', () => {
    expect(closingRefusal('2026-06', ['2026-04', '2026-05'])).toBeUndefined();
    expect(closingRefusal('2027-01', ['2026-12', '2026-11'])).toBeUndefined();
    expect(closingRefusal('2026-07', ['2026-05', '2026-04'])).toEqual({
      code: 'month-not-next',
      month: '2026-06',
    });
    expect(closingRefusal('2026-03', ['2026-05'])).toEqual({ code: 'month-not-next', month: '2026-06' });
  });

  it('a closed one is closed', () => {
    expect(closingRefusal('2026-04', ['2026-04', '2026-05'])).toEqual({ code: 'month-closed' });
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
