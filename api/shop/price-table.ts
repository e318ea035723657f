/** 价目 as a table to take away: the rows of the poster behind the till. */
import type { OutCell } from '../platform/files/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import type { PriceList } from './price-list.ts';

/** What a hundred points stand for: `0.01` yuan a point is easier read as 1.00. */
const yuanOfHundred = (micro: number): string => formatYuan(Math.round(micro / 100));

export function* priceTable({ earns, takes, monthlyCap }: PriceList): Generator<readonly OutCell[]> {
  yield ['项目', '内容', '数目'];
  if (earns) {
    const { rule, examples, lastDay } = earns;
    yield [`每满 ${formatYuan(rule.perFen)} 元`, `得 ${rule.unit} 积分`, rule.points];
    for (const { amountFen, points } of examples)
      yield [`消费 ${formatYuan(amountFen)} 元`, `得 ${rule.unit} 积分`, points];
    yield ['每人每天', `最多得 ${rule.unit} 积分`, rule.maxPointsPerDay];
    yield ['今天得的积分', '最后能用的一天', lastDay === undefined ? '不过期' : { date: lastDay }];
  }
  for (const { unit, leastMicro, mostMicro } of takes) {
    const [least, most] = [yuanOfHundred(leastMicro), yuanOfHundred(mostMicro)];
    yield [`${unit} 积分 100 分`, '抵多少元', least === most ? least : `${least}–${most}`];
  }
  if (monthlyCap !== undefined) yield ['本店每月', '最多收积分', monthlyCap];
}
