/** What may happen to the bills of a family's two homes and to the offsets of its people, in any order. */
import fc from 'fast-check';

/** `home`: which of the two; `which`: of the offsets of both. */
export type Step =
  | { do: 'pay'; home: number; who: number; together: boolean; thousandths: number }
  | { do: 'issue'; home: number; amountFen: number; paidInThousand: number }
  | { do: 'cash'; home: number; paidInThousand: number }
  | { do: 'cancel' | 'reverse'; which: number }
  | { do: 'accept'; home: number; people: 1 | 2 }
  /** `all`: with a row for each that the firm has of that home; `twice`: each row twice. */
  | { do: 'list'; which: number; all: boolean; says: '已入账' | '已退回'; moreFen: number; twice?: boolean }
  | { do: 'hand-over' | 'cancel-bill' | 'release'; home: number };

const which = fc.nat(9);
const home = fc.nat(1);
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      home,
      who: fc.nat(2),
      together: fc.boolean(),
      thousandths: fc.integer({ min: 300, max: 1_000 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('issue' as const),
      home,
      amountFen: fc.integer({ min: 1_000, max: 20_000 }),
      paidInThousand: fc.constantFrom(0, 0, 400, 1_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('cash' as const),
      home,
      paidInThousand: fc.constantFrom(0, 400, 700, 1_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('accept' as const),
      home,
      people: fc.constantFrom(1 as const, 2 as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'reverse' as const), which }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('list' as const),
      ...{ which, all: fc.boolean() },
      says: fc.constantFrom('已入账' as const, '已入账' as const, '已退回' as const),
      moreFen: fc.constantFrom(0, 0, 0, 1, -500),
      twice: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('hand-over' as const), home }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel-bill' as const), home }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), home }) },
);

/** So that every kind of step does something in each run of the test. */
const OWN = { do: 'pay', home: 0, who: 2, together: false, thousandths: 500 } as const;
export const TOGETHER = { do: 'pay', home: 0, who: 0, together: true, thousandths: 1_000 } as const;
const HANDED_OVER = { do: 'hand-over', home: 0 } as const;
const ELSEWHERE = { ...OWN, home: 1 } as const;
const CANCELLED = { do: 'cancel', which: 0 } as const;
export const POSTED_AND_REVERSED: Step[] = [
  ...[CANCELLED, ELSEWHERE, OWN, { ...CANCELLED, which: 1 }, TOGETHER, HANDED_OVER],
  { do: 'list', which: 0, all: false, says: '已入账', moreFen: 0 },
  { do: 'issue', home: 0, amountFen: 9_000, paidInThousand: 400 },
  { do: 'reverse', which: 0 },
];
export const RETURNED: Step[] = [
  HANDED_OVER,
  { do: 'list', which: 0, all: false, says: '已退回', moreFen: 0 },
  { do: 'release', home: 0 },
  OWN,
  HANDED_OVER,
];
const POSTED = { do: 'list', which: 0, all: true, says: '已入账', moreFen: 0 } as const;
/** Two offsets of one line, each of which fits its newest bill, and both do not. */
export const TWO_OF_A_LINE: Step[] = [
  ...[CANCELLED, { ...OWN, thousandths: 300 }, HANDED_OVER],
  { do: 'issue', home: 0, amountFen: 9_000, paidInThousand: 0 },
  ...[{ ...OWN, who: 1, thousandths: 1_000 }, HANDED_OVER],
  { do: 'issue', home: 0, amountFen: 8_000, paidInThousand: 0 },
  POSTED,
  { do: 'accept', home: 0, people: 1 },
  { do: 'accept', home: 0, people: 2 },
];
export const PAID_MEANWHILE: Step[] = [
  ...[CANCELLED, { ...OWN, thousandths: 1_000 }, HANDED_OVER],
  { do: 'cash', home: 0, paidInThousand: 1_000 },
  POSTED,
  { do: 'accept', home: 0, people: 1 },
  { do: 'accept', home: 0, people: 2 },
];
