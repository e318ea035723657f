/**
 * What a rule for offsetting fees says, as data: the firm's and the programme's agreement, kept as the JSON body of a
 * dated, versioned rule. Which estate, which items, how much and until when is theirs to decide, never the code's.
 */
import type { Rounding } from '../../platform/money/index.ts';

export type OffsetRule = {
  kind: 'offset';
  /** Fee items that points may pay, by the name that the bills carry. */
  feeItems: readonly string[];
  /** Smaller bill lines are paid in money; none when left out. */
  minBillFen?: number | undefined;
  /** The most that points may pay of one bill line, as a decimal text: '0.3'. */
  maxShare: string;
  rounding: Rounding;
  /** The most for all bill lines of one household with the same period (计费月份). */
  maxFenPerHouseholdMonth: number;
  /** The last day of the bill's own month on which it can be offset; later the firm's list is made. */
  cutOffDay: number;
  /** Who of a house may: 'owner', 'family', 'tenant'. */
  relations: readonly string[];
  refusesArrears: boolean;
  /** What a bill falls by for one point of each unit, in micro-yuan. A unit that is not named cannot be used. */
  worthMicro: Readonly<Record<string, number>>;
};

/** The offset rule of the demo programme. */
export const demoOffsetRule: OffsetRule = {
  kind: 'offset',
  feeItems: ['物业服务费'],
  maxShare: '0.3',
  rounding: 'down',
  maxFenPerHouseholdMonth: 5_000,
  cutOffDay: 25,
  relations: ['owner', 'family'],
  refusesArrears: true,
  worthMicro: { VOL: 100_000, CON: 10_000 },
};
