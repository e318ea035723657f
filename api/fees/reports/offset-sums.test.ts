import { expect, it } from 'vitest';
import { borneInFen } from './offset-sums.ts';

it('what funds bear is whole fen as the months’ statements have it, for each firm of an estate by itself', () => {
  const of = (month: string, micro: number, more = {}) => ({
    estate: 'e',
    redeemer: 'f',
    month,
    micro,
    ...more,
  });
  const fen = (months: ReturnType<typeof of>[], before: Parameters<typeof borneInFen>[1] = []) =>
    borneInFen(months, before).map(({ borneFen }) => borneFen);
  expect(fen([of('2026-06', 12_255_000)])).toEqual([1_225]);
  // What June leaves of a fen, and what months before the first one left, goes on.
  expect(fen([of('2026-07', 5_000), of('2026-06', 12_255_000)])).toEqual([1_225, 1]);
  expect(fen([of('2026-07', 5_000)], [{ estate: 'e', redeemer: 'f', micro: 12_255_000 }])).toEqual([1]);
  expect(fen([of('2026-06', 5_000), of('2026-06', 5_000, { redeemer: 'g' })])).toEqual([0, 0]);
  // Taken back whole, nothing is left of it.
  expect(fen([of('2026-06', 12_255_000), of('2026-07', -12_255_000)])).toEqual([1_225, -1_225]);
});
