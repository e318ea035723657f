import { expect, it } from 'vitest';
import { fenOf, plainNumber } from './yuan.ts';

it.each(['1e9', '-0', '0.001', '', '58.5.0', '00.5', '12345678'])('“%s” is no amount', (amount) => {
  expect(fenOf(amount)).toBeUndefined();
});

it('yuan count in fen', () => {
  expect([fenOf('58.5'), fenOf('58.50'), fenOf('58'), fenOf('0.01')]).toEqual([5850, 5850, 5800, 1]);
});

it('full-width digits, a yuan sign and separators mean what they say', () => {
  expect(plainNumber(' ¥１，２３４．５０ 元')).toBe('1234.50');
});
