import { describe, expect, it } from 'vitest';
import { faultOfWriteOff, type InOrder } from './write-off-order.ts';

const first: InOrder = {
  ...{ id: 'a', nth: 1, reverses: null, amountFen: 1_800 },
  ...{ firm: 'firm', item: '物业服务费', estate: 'estate' },
};
const back: InOrder = { ...first, id: 'b', nth: 2, reverses: 'a', amountFen: -1_800 };
const again: InOrder = { ...first, id: 'c', nth: 3 };

describe('the write-offs of a break', () => {
  it('are written off, taken back, and written off again', () => {
    expect(faultOfWriteOff(first, undefined)).toBeUndefined();
    expect(faultOfWriteOff(back, first)).toBeUndefined();
    expect(faultOfWriteOff(again, back)).toBeUndefined();
  });

  it.each([
    ['one more than stands', { ...again, nth: 2 }, first],
    ['what was taken back before', { ...back, nth: 3 }, back],
    ['another amount', { ...back, amountFen: -1 }, first],
    ['another firm’s', { ...back, firm: 'other' }, first],
    ['what is not there', back, undefined],
    ['something by the first', { ...first, reverses: 'z' }, undefined],
  ])('are at fault where one takes %s', (_what, row, before) => {
    expect(faultOfWriteOff(row, before)).toBeTypeOf('string');
  });
});
