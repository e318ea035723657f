import { expect, it } from 'vitest';
import { paidWasOf, receivedSince, type PaidWas } from './received-since.ts';

const bill = (paidFen: number, paidWas: PaidWas | null, state = 'open') => ({ state, paidFen, paidWas });

it('money that came after an instant is what bills have more than before, of those that stand', () => {
  const parts = [
    { at: 20, fen: 0 },
    { at: 30, fen: 8_283 },
  ];
  expect(receivedSince([bill(11_832, parts), bill(500, [{ at: 9, fen: 0 }])], 10)).toBe(11_832);
  expect(receivedSince([bill(11_832, parts)], 20)).toBe(3_549);
  expect(receivedSince([bill(11_832, parts), bill(500, null)], 30)).toBe(0);
  expect(receivedSince([bill(0, [{ at: 20, fen: 300 }]), bill(500, parts, 'reissued')], 10)).toBe(0);
});

it('the news of a year are kept, the oldest go', () => {
  const many = Array.from({ length: 12 }, (_, nth) => ({ at: nth, fen: nth }));
  expect(paidWasOf({ paidFen: 99, paidWas: many }, 50)).toEqual([...many.slice(1), { at: 50, fen: 99 }]);
  expect(paidWasOf({ paidFen: 0, paidWas: null }, 5)).toEqual([{ at: 5, fen: 0 }]);
});
