/** A fund's month as a table to take away: its sums, whom it owes, and every document behind them. */
import { type OutCell } from '../platform/files/index.ts';
import type { Fund } from '../programme/index.ts';
import type { Side } from './our-side.ts';
import { signedFen } from './rules/difference.ts';
import { inFen } from './rules/fen-month.ts';
import type { Settles } from './rules/fund-month.ts';

const THROUGH: Readonly<Record<Settles, string>> = {
  ...{ direct: '', cleared: '经结算方', none: '自备货，不结算' },
};

export function* fundMonthRows({ figures, items, names }: Side, fund: Fund): Generator<readonly OutCell[]> {
  const { budget, points, debt } = figures;
  const { owed, parties } = inFen(figures);
  yield ['项目', fund.name, '期初', '增加', '减少', '期末', '说明'];
  yield [
    ...[
      '可发额度',
      fund.unit,
      budget.opening,
      budget.approved + budget.returned,
      budget.used,
      budget.closing,
    ],
    `批准 ${budget.approved}，退回额度 ${budget.returned}`,
  ];
  yield [
    ...['居民手里的积分', fund.unit, points.opening, points.given + points.refunded],
    ...[points.takenBack + points.offsets + points.goods + points.ended, points.closing],
    `发出 ${points.given}，收回 ${points.takenBack}，抵物业费 ${points.offsets}，兑换 ${points.goods}，退还 ${points.refunded}，到期 ${points.ended}`,
  ];
  yield ['居民欠分', fund.unit, debt.opening, debt.added, debt.netted, debt.closing, ''];
  const money = (fen: number): OutCell => ({ fen });
  yield [
    ...[
      '应付',
      '元',
      money(owed.opening),
      money(owed.accepted),
      money(owed.reversed + owed.paid),
      money(owed.closing),
    ],
    '增加是收分，减少是冲回和已付',
  ];
  yield [];
  yield ['收分方', '积分', '期初应付', '本期应付', '冲回', '已付', '期末应付'];
  for (const { party, settles, points: taken, accepted, reversed, balance } of parties)
    yield [
      ...[names.get(party) ?? '', taken, balance ? money(balance.opening) : THROUGH[settles]],
      ...[money(accepted), money(reversed), balance ? money(balance.paid) : ''],
      balance ? money(balance.closing) : '',
    ];
  yield [];
  yield ['单号', '收分方', '用途', '积分', '本期应付'];
  for (const { number, redeemer, what, points: taken, micro } of items)
    yield [
      ...[number, names.get(redeemer) ?? '', what === 'offset' ? '抵物业费' : '兑换', taken],
      money(signedFen(micro)),
    ];
}
