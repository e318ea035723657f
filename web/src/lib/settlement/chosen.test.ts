import { expect, it } from 'vitest';
import { sumOfYuan } from './chosen.ts';

it('adds what is chosen in fen, also what was given back, and says by how much the sides differ', () => {
  expect(sumOfYuan([])).toBe('0.00');
  expect(sumOfYuan(['35.49', '10.00', '-2.00'])).toBe('43.49');
  expect(sumOfYuan(['3.00'], ['5.00'])).toBe('-2.00');
  expect(sumOfYuan(['0.05'], ['0.10'])).toBe('-0.05');
  expect(sumOfYuan(['-0.05'], ['-0.05'])).toBe('0.00');
});
