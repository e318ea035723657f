/** What may happen to the bill of a house and to the offsets of its people, in any order. */
import fc from 'fast-check';

export type Step =
  | { do: 'pay'; who: number; together: boolean; thousandths: number }
  | { do: 'issue'; amountFen: number; paidInThousand: number }
  | { do: 'cancel' | 'reverse'; which: number }
  | { do: 'list'; which: number; says: '已入账' | '已退回'; moreFen: number }
  | { do: 'hand-over' | 'cancel-bill' | 'release' };

const which = fc.nat(9);
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      who: fc.nat(2),
      together: fc.boolean(),
      thousandths: fc.integer({ min: 300, max: 1_000 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('issue' as const),
      amountFen: fc.integer({ min: 1_000, max: 20_000 }),
      paidInThousand: fc.constantFrom(0, 0, 400, 1_000),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'reverse' as const), which }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('list' as const),
      which,
      says: fc.constantFrom('已入账' as const, '已入账' as const, '已退回' as const),
      moreFen: fc.constantFrom(0, 0, 0, 1),
    }),
  },
  { weight: 4, arbitrary: fc.constant({ do: 'hand-over' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'cancel-bill' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'release' as const }) },
);

/** So that every kind of step does something in each run of the test. */
const OWN = { do: 'pay', who: 2, together: false, thousandths: 500 } as const;
export const TOGETHER = { do: 'pay', who: 0, together: true, thousandths: 1_000 } as const;
const HANDED_OVER = { do: 'hand-over' } as const;
const CANCELLED = { do: 'cancel', which: 0 } as const;
export const POSTED_AND_REVERSED: Step[] = [
  ...[CANCELLED, OWN, { ...CANCELLED, which: 1 }, TOGETHER, HANDED_OVER],
  { do: 'issue', amountFen: 9_000, paidInThousand: 400 },
  { do: 'list', which: 0, says: '已入账', moreFen: 0 },
  { do: 'reverse', which: 0 },
];
export const RETURNED: Step[] = [
  HANDED_OVER,
  { do: 'list', which: 0, says: '已退回', moreFen: 0 },
  { do: 'release' },
  OWN,
  HANDED_OVER,
];
