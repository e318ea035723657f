import { expect, it } from 'vitest';
import { kindCounts } from './kind-counts.ts';

it('counts each kind, the most first', () => {
  const items = ['spend', 'credit', 'credit', 'partner'].map((kind) => ({ kind }));
  expect(kindCounts(items)).toBe('消费得分 2、兑换 1、partner 1');
  expect(kindCounts([])).toBe('');
});
