/** What may happen to a shop's shelves and to the orders of a member, in any order. */
import fc from 'fast-check';

export type Step =
  | { do: 'deliver' | 'break' | 'count'; goods: number; quantity: number }
  | { do: 'sell' | 'order'; goods: number; quantity: number; also: number }
  | { do: 'collect'; which: number; part: number; rest: 'keep' | 'release' }
  | { do: 'exchange'; which: number; goods: number; agree: boolean }
  | { do: 'cancel' | 'undo'; which: number }
  | { do: 'end' };

const [goods, which, quantity] = [fc.nat(2), fc.nat(5), fc.integer({ min: 1, max: 4 })];
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('deliver', 'break', 'count'), goods, quantity }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('sell', 'order', 'order'), goods, quantity, also: goods }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ do: fc.constant('collect' as const), which, part: fc.nat(3) },
      rest: fc.constantFrom('keep' as const, 'release' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('exchange' as const), which, goods, agree: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'undo' as const), which }) },
  { weight: 1, arbitrary: fc.constant({ do: 'end' as const }) },
);

/** So that every kind of step does something in each run of the test. */
export const EVERYTHING: Step[] = [
  { do: 'deliver', goods: 0, quantity: 2 },
  { do: 'break', goods: 1, quantity: 1 },
  { do: 'count', goods: 2, quantity: 2 },
  { do: 'order', goods: 0, quantity: 3, also: 1 },
  { do: 'sell', goods: 1, quantity: 1, also: 2 },
  { do: 'exchange', which: 0, goods: 1, agree: true },
  { do: 'collect', which: 0, part: 0, rest: 'keep' },
  { do: 'undo', which: 1 },
  { do: 'order', goods: 2, quantity: 2, also: 0 },
  { do: 'cancel', which: 0 },
  { do: 'order', goods: 2, quantity: 1, also: 0 },
  { do: 'end' },
];
