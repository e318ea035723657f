/**
 * What a rule for offsetting fees says, as data: the firm's and the programme's agreement, kept as the JSON body of a
 * dated, versioned rule. Which estate, which items, how much and until when is theirs to decide, never the code's.
 */
import type { Rounding } from '../../platform/money/index.ts';
import type { Day } from '../../programme/rules/index.ts';

/** What one fee item has otherwise than the rest; what is left out is as the rule says for all. */
export type ItemPart = {
  minBillFen?: number | undefined;
  maxShare?: string | undefined;
  /** The most for this item of one household and period; the cap over all items holds as well. */
  maxFenPerHouseholdMonth?: number | undefined;
  worthMicro?: Readonly<Record<string, number>> | undefined;
  /** The first and the last day on which points pay it. */
  from?: Day | undefined;
  until?: Day | undefined;
};

export type OffsetRule = {
  kind: 'offset';
  /** Fee items that points may pay, by the name that the bills carry; the order is `itemOrder`'s. */
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
  /**
   * Instead of refusing whoever has arrears: only the oldest line that is unpaid may be offset, until the cut-off day of
   * the month that runs.
   */
  arrears?: 'oldest-first' | undefined;
  /** Where several lines of a month wait, points pay them in the order of `feeItems`; left out, in any. */
  itemOrder?: 'as-listed' | undefined;
  /** By fee item, each of which `feeItems` has. */
  items?: Readonly<Record<string, ItemPart>> | undefined;
  /** What a bill falls by for one point of each unit, in micro-yuan. A unit that is not named cannot be used. */
  worthMicro: Readonly<Record<string, number>>;
};

/** What holds for one fee item. `capFen`: its own cap, none when undefined. */
export type ItemTerms = Pick<OffsetRule, 'maxShare' | 'worthMicro'> & {
  minBillFen: number;
  capFen: number | undefined;
  from: Day | undefined;
  until: Day | undefined;
};

export function termsOfItem(rule: OffsetRule, item: string): ItemTerms {
  const own = rule.items && Object.hasOwn(rule.items, item) ? rule.items[item] : undefined;
  return {
    minBillFen: own?.minBillFen ?? rule.minBillFen ?? 0,
    maxShare: own?.maxShare ?? rule.maxShare,
    worthMicro: own?.worthMicro ?? rule.worthMicro,
    capFen: own?.maxFenPerHouseholdMonth,
    ...{ from: own?.from, until: own?.until },
  };
}

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
