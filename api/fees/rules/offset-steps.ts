/** An offset worked out in the resident's sight: each limit, each kind of points, what is still to pay. */
import { pointsInWholeFen } from '../../ledger/core/index.ts';
import { lastDayBefore, sayMonths, type Step } from '../../programme/rules/index.ts';
import { Exact, formatYuan, microToFen } from '../../platform/money/index.ts';
import type { ItemTerms, OffsetRule } from './offset-rule.ts';
import type { OffsetRequest } from './offset.ts';
import type { Part, Take } from './take-points.ts';

export type UnitNames = Readonly<Record<string, { zh: string; en: string }>>;
type Limits = { shareFen: number; capLeftFen: number; mostFen: number; wantedFen: number };

/** A bill for several months says by which of them it counts. */
function billStep({ months, period, item, amountFen }: OffsetRequest['bill']): Step {
  const value = formatYuan(amountFen);
  const named = months === undefined ? { zh: period, en: period } : sayMonths(months);
  const counted =
    months === undefined
      ? { zh: '', en: '' }
      : { zh: `，按 ${period} 的账单计`, en: `; counts for ${period}` };
  return {
    zh: `${named.zh} ${item} ${value} 元${counted.zh}`,
    en: `${item} for ${named.en}: ${value} yuan${counted.en}`,
    value,
  };
}

export function offsetSteps(
  rule: OffsetRule,
  { maxShare, capFen }: ItemTerms,
  request: OffsetRequest,
  limits: Limits,
  parts: readonly Part[],
  value: string,
  toPay: string,
): Step[] {
  const { bill, usedThisMonthFen } = request;
  const percent = new Exact(maxShare).times(100).toFixed();
  const exact = new Exact(bill.amountFen).times(maxShare).dividedBy(100).toFixed();
  const shareYuan = formatYuan(limits.shareFen);
  const cap = formatYuan(rule.maxFenPerHouseholdMonth);
  const used = formatYuan(usedThisMonthFen);
  const steps: Step[] = [
    billStep(bill),
    {
      zh: `最多抵 ${percent}%：${exact} 元，取整到分是 ${shareYuan} 元`,
      en: `At most ${percent} %: ${exact} yuan, in whole fen ${shareYuan}`,
      value: shareYuan,
    },
    ...(capFen === undefined ? [] : [itemCapStep(bill.item, capFen)]),
    {
      zh: `每户每月最多抵 ${cap} 元，已抵 ${used} 元`,
      en: `At most ${cap} yuan a household a month; ${used} used so far`,
      value: formatYuan(limits.mostFen),
    },
  ];
  if (limits.wantedFen < limits.mostFen) {
    const wanted = formatYuan(limits.wantedFen);
    steps.push({ zh: `您选择抵 ${wanted} 元`, en: `You chose ${wanted} yuan`, value: wanted });
  }
  const family = parts.filter(({ member }) => member !== undefined);
  for (const part of parts) {
    const { takes } = part;
    const whose = whoseWords(family.indexOf(part), family.length);
    for (const take of takes) steps.push(takeStep(take, request.unitNames?.[take.unit], whose));
  }
  steps.push({
    zh: `一共抵 ${value} 元，还需缴 ${toPay} 元`,
    en: `${value} yuan are offset; ${toPay} yuan are still to pay`,
    value: toPay,
  });
  return steps;
}

function itemCapStep(item: string, capFen: number): Step {
  const cap = formatYuan(capFen);
  return {
    zh: `“${item}”每户每月最多抵 ${cap} 元`,
    en: `At most ${cap} yuan of ${item} a household a month`,
    value: cap,
  };
}

/** Nobody's name is written down: several of the family are told apart by their order. */
function whoseWords(nth: number, of: number): Words {
  if (nth === -1) return { zh: '', en: '' };
  return of === 1
    ? { zh: '家人的', en: ' of the family' }
    : { zh: `第 ${nth + 1} 位家人的`, en: ` of relative ${nth + 1}` };
}

type Words = { zh: string; en: string };

function takeStep(take: Take, names: Words | undefined, whose: Words): Step {
  const { amountFen } = microToFen(take.points * take.worthMicro, 'half-up');
  const worth = formatYuan(amountFen);
  const last = lastDayBefore(take.expiresAt);
  const group = pointsInWholeFen(take.worthMicro);
  const whole =
    group === 1
      ? { zh: '', en: '' }
      : { zh: `每 ${group} 分合整分钱，`, en: `${group} at a time come to whole fen; ` };
  return {
    zh: `${whose.zh}${names?.zh ?? take.unit} ${take.points} 分抵 ${worth} 元（${whole.zh}${last ? `${last} 到期，先到期的先用` : '长期有效'}）`,
    en: `${take.points} ${names?.en ?? take.unit}${whose.en} pay ${worth} yuan (${whole.en}${last ? `they end on ${last}` : 'they never end'})`,
    value: worth,
  };
}
