import { expect, test } from 'vitest';
import { feeItem } from './fee-item.ts';

test('an item is one item, however it is spaced out to fill its column', () => {
  expect([feeItem('垃 圾费'), feeItem('垃圾费'), feeItem('垃　圾 费')]).toEqual([
    '垃圾费',
    '垃圾费',
    '垃圾费',
  ]);
  expect([feeItem('物 业 费'), feeItem('物业服务费')]).toEqual(['物业服务费', '物业服务费']);
  // Between words of other scripts a space is part of the name.
  expect(feeItem('车位费 A 12')).toBe('车位费 A 12');
});
