import { expect, it } from 'vitest';
import { hasOthersBetween } from './document-span.ts';

it.each([
  ['all of the numbers', 3, 'DK-2606-0001', 'DK-2606-0003', false],
  ['one alone', 1, 'DK-2606-0310', 'DK-2606-0310', false],
  ['some in another estate', 120, 'DK-2606-0003', 'DK-2606-0310', true],
  ['a second firm in the month', 2, 'DK-2606-0001', 'DK-2606-B0001', true],
])('%s: said where numbers of the month stand elsewhere', (_what, count, first, last, others) => {
  expect(hasOthersBetween({ count, first, last })).toBe(others);
});
