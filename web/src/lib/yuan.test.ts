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

it.each(['12，5', '12,5', '12,50', '1,23', '1,2345', '1234,500', '12 5', '1,234,5', '12元5', '12。5'])(
  '“%s” has no separator of thousands, and is no amount',
  (typed) => {
    expect(fenOf(plainNumber(typed))).toBeUndefined();
  },
);

it.each([
  ['１２，５００', 1_250_000],
  ['1,234,567.8', 123_456_780],
  ['1 234.50', 123_450],
  ['￥ 58.5', 5_850],
])('“%s” is %d fen', (typed, fen) => {
  expect(fenOf(plainNumber(typed))).toBe(fen);
});
