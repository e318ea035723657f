/**
 * Every way in which an offset can be declined, in words for the resident: why, and what they can do. A refusal is a
 * value; its facts are codes and amounts only, so that it may be stored with the request.
 */
import type { Day, Instant } from '../../programme/rules/index.ts';
import { lastDayBefore } from '../../programme/rules/index.ts';
import { formatYuan } from '../../platform/money/index.ts';

export type OffsetRefusalCode =
  | 'not-owner-or-family'
  | 'item-not-allowed'
  | 'below-threshold'
  | 'outside-window'
  | 'after-cut-off'
  | 'older-bill-first'
  | 'other-item-first'
  | 'arrears'
  | 'already-paid'
  | 'share-used'
  | 'monthly-cap-used'
  | 'no-points'
  | 'more-than-allowed'
  | 'nothing-to-offset';

export type OffsetRefusal = {
  code: OffsetRefusalCode;
  facts?: Readonly<Record<string, string | number>>;
  zh: string;
  en: string;
};

type Before = { item: string; period: string; leftFen: number };

export const offsetRefusals = {
  notOwnerOrFamily: (): OffsetRefusal => ({
    code: 'not-owner-or-family',
    zh: '只有业主和家庭成员可以用积分抵扣这套房屋的费用',
    en: 'Only the owner and their family can offset the fees of this home',
  }),
  itemNotAllowed: (item: string, allowed: readonly string[]): OffsetRefusal => ({
    code: 'item-not-allowed',
    facts: { item },
    zh: `“${item}”不能用积分抵扣，可以抵扣的有：${allowed.join('、')}`,
    en: `Points cannot pay "${item}"; they can pay ${allowed.join(', ')}`,
  }),
  belowThreshold: (amountFen: number, leastFen: number): OffsetRefusal => ({
    code: 'below-threshold',
    facts: { amountFen, leastFen },
    zh: `这一项是 ${formatYuan(amountFen)} 元，满 ${formatYuan(leastFen)} 元才能用积分抵扣`,
    en: `This line is ${formatYuan(amountFen)} yuan; points can be used from ${formatYuan(leastFen)} on`,
  }),
  outsideWindow: (
    item: string,
    { from, until }: { from: Day | undefined; until: Day | undefined },
  ): OffsetRefusal => {
    const [zh, en] =
      from !== undefined && until !== undefined
        ? [`${from} 到 ${until}`, `from ${from} to ${until}`]
        : from === undefined
          ? [`${until} 以前`, `until ${until}`]
          : [`${from} 起`, `from ${from} on`];
    return {
      code: 'outside-window',
      facts: { item, ...(from !== undefined && { from }), ...(until !== undefined && { until }) },
      zh: `“${item}”${zh}可以用积分抵扣，今天不在这段时间`,
      en: `Points can pay "${item}" ${en}, and not today`,
    };
  },
  olderFirst: ({ item, period, leftFen }: Before): OffsetRefusal => ({
    code: 'older-bill-first',
    facts: { item, period, leftFen },
    zh: `要先抵最早的一张：${period} 的“${item}”还有 ${formatYuan(leftFen)} 元没有缴清`,
    en: `The oldest bill comes first: ${formatYuan(leftFen)} yuan of "${item}" for ${period} are unpaid`,
  }),
  otherItemFirst: ({ item, period, leftFen }: Before): OffsetRefusal => ({
    code: 'other-item-first',
    facts: { item, period, leftFen },
    zh: `按规则要先抵同一个月的“${item}”（还需 ${formatYuan(leftFen)} 元），再抵这一项`,
    en: `"${item}" of the same month comes first (${formatYuan(leftFen)} yuan to pay), then this one`,
  }),
  afterCutOff: (cutOffAt: Instant): OffsetRefusal => ({
    code: 'after-cut-off',
    facts: { cutOffAt },
    zh: `这张账单的抵扣已于 ${lastDayBefore(cutOffAt)} 截止，下个月的账单出来后可以再抵`,
    en: `This bill could be offset until ${lastDayBefore(cutOffAt)}; the next month's bill can be offset again`,
  }),
  arrears: (arrearsFen: number): OffsetRefusal => ({
    code: 'arrears',
    facts: { arrearsFen },
    zh: `还有 ${formatYuan(arrearsFen)} 元以前的费用没有缴清，缴清后就可以用积分抵扣`,
    en: `${formatYuan(arrearsFen)} yuan of earlier fees are unpaid; once they are paid, points can be used`,
  }),
  arrearsInMoney: (arrearsFen: number): OffsetRefusal => ({
    code: 'arrears',
    facts: { arrearsFen },
    zh: `还有 ${formatYuan(arrearsFen)} 元以前的费用没有缴清，这部分不能用积分抵（月份已关账，或不在这里的账单上），请直接向物业缴清，之后这张就可以抵扣`,
    en: `${formatYuan(arrearsFen)} yuan of earlier fees are unpaid and points cannot pay them (their month is closed, or they are on no bill here); pay them to the firm, then this bill can be offset`,
  }),
  alreadyPaid: (): OffsetRefusal => ({
    code: 'already-paid',
    zh: '这一项已经缴清，不需要再抵扣',
    en: 'This line is paid already; there is nothing left to offset',
  }),
  shareUsed: (maxFen: number): OffsetRefusal => ({
    code: 'share-used',
    facts: { maxFen },
    zh: `这一项最多抵 ${formatYuan(maxFen)} 元，已经抵满了`,
    en: `At most ${formatYuan(maxFen)} yuan of this line can be offset, and that has been done`,
  }),
  monthlyCapUsed: (maxFen: number, usedFen: number): OffsetRefusal => ({
    code: 'monthly-cap-used',
    facts: { maxFen, usedFen },
    zh: `每户每月最多抵 ${formatYuan(maxFen)} 元，这个月的账单已经抵了 ${formatYuan(usedFen)} 元`,
    en: `A household can offset ${formatYuan(maxFen)} yuan a month; ${formatYuan(usedFen)} are used for this month`,
  }),
  noPoints: (): OffsetRefusal => ({
    code: 'no-points',
    zh: '现在没有可以用来抵扣的积分',
    en: 'There are no points that could be used now',
  }),
  moreThanAllowed: (wantedFen: number, mostFen: number): OffsetRefusal => ({
    code: 'more-than-allowed',
    facts: { wantedFen, mostFen },
    zh: `这次最多可以抵 ${formatYuan(mostFen)} 元`,
    en: `At most ${formatYuan(mostFen)} yuan can be offset now`,
  }),
  /** `points` of one kind are the fewest that come to whole fen. */
  lessThanFewest: (points: number, worthFen: number): OffsetRefusal => ({
    code: 'nothing-to-offset',
    facts: { points, worthFen },
    zh: `每次最少用 ${points} 分，抵 ${formatYuan(worthFen)} 元；这次要抵的钱，或者您现有的积分，还不到这个数`,
    en: `The fewest are ${points} points for ${formatYuan(worthFen)} yuan; what is to be paid, or the points you have, are fewer`,
  }),
  nothingToOffset: (): OffsetRefusal => ({
    code: 'nothing-to-offset',
    zh: '按规则算下来，这次没有可以抵扣的金额',
    en: 'By the rules there is no amount to offset',
  }),
} as const;
