import { expect, it } from 'vitest';
import { needsRemark } from './statements.ts';

it('who agrees says why wherever it is not plain that both sides say the same', () => {
  const same = { oursFen: 4_489, theirsFen: 4_489, differences: 0, rejected: 0 };
  expect(needsRemark(same)).toBe(false);
  // A list of documents says no sum.
  expect(needsRemark({ ...same, theirsFen: null })).toBe(false);
  expect(needsRemark({ ...same, theirsFen: 999_999 })).toBe(true);
  expect(needsRemark({ ...same, differences: 1 })).toBe(true);
  expect(needsRemark({ ...same, rejected: 1 })).toBe(true);
});
