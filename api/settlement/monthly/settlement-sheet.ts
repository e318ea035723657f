/** A settlement, and a clearing party's month, as files. */
import type { Engine } from '../../db/index.ts';
import { formatUppercase, formatMicro } from '../../platform/money/index.ts';
import type { OutCell } from '../../platform/files/index.ts';
import { factorText } from '../../programme/index.ts';
import type { ClearingMonth, ClearingRow } from './clearing-month.ts';

import type { namesOfParties } from './monthly.views.ts';
import { allLinesOf } from './settlement-claims.ts';
import { MOST_PAYMENTS, paymentsOf, type Settlement, type SettlementPayment } from './settlements.ts';

type Named = Awaited<ReturnType<typeof namesOfParties>>;

const PAYMENT_STANDS = {
  ...{ 'taken-back': '已撤回', waiting: '等收款方确认', received: '已收到', disputed: '收款方说没有收到' },
};

/** In whole fen where it is paid, exactly where it accrues. */
export async function settlementRows(
  engine: Engine,
  { settlement: row, named }: { settlement: Settlement; named: (ids: readonly string[]) => Promise<Named> },
): Promise<(readonly OutCell[])[]> {
  const lines = await allLinesOf(engine, row.id);
  const name = await named([
    row.payer,
    row.payee,
    ...lines.flatMap(({ fund, redeemer }) => [fund, redeemer]),
  ]);
  const payments: SettlementPayment[] = [];
  for (let after: string | undefined; ;) {
    const page = await paymentsOf(engine, { settlement: row.id, after, limit: MOST_PAYMENTS });
    payments.push(...page);
    after = page.at(-1)?.id;
    if (page.length < MOST_PAYMENTS) break;
  }
  const span = row.since === row.month ? row.month : `${row.since} 至 ${row.month}`;
  return [
    ['结算单', row.number, '', '', '', '', '', '', ''],
    ['收款方', name(row.payee).name, '付款方', name(row.payer).name, '月份', span, '', '', ''],
    [
      '收分方',
      '经费',
      '积分种类',
      '每分结算（元）',
      '系数',
      '收分（分）',
      '金额（元）',
      '退回（分）',
      '退回金额（元）',
    ],
    ...lines.map((line): OutCell[] => [
      ...[name(line.redeemer).name, name(line.fund).name, line.unit, formatMicro(line.rateMicro)],
      ...[factorText(line.factor), line.takenPoints, formatMicro(line.takenMicro)],
      ...[line.returnedPoints, formatMicro(line.returnedMicro)],
    ]),
    ...(
      [
        ['上期结转', formatMicro(row.carriedInMicro)],
        ['本期收分金额', formatMicro(row.takenMicro)],
        ['退回', formatMicro(row.returnedMicro)],
        ['其中已让给付款方（系数）', formatMicro(row.concededMicro)],
        ['应付', { fen: row.netFen }],
        ['大写', formatUppercase(row.netFen)],
        ['结转下期', formatMicro(row.carriedOutMicro)],
        ['已付', { fen: row.paidFen }],
      ] as const
    ).map(([label, amount]): OutCell[] => [label, amount]),
    ...payments.map(({ number, paidOn, reference, amountFen, state, receipt }): OutCell[] => [
      ...[
        '付款',
        number,
        { date: paidOn },
        reference,
        PAYMENT_STANDS[state === 'taken-back' ? state : (receipt ?? 'waiting')],
      ],
      { fen: amountFen },
    ]),
  ];
}

export function* clearingRows(
  { fromFunds, toRedeemers }: ClearingMonth,
  named: Named,
): Generator<readonly OutCell[]> {
  yield ['方向', '对方', '期初（元）', '本期（元）', '退回（元）', '收付（元）', '期末（元）'];
  const row = (side: string, one: ClearingRow): OutCell[] => [
    ...[side, named(one.party).name],
    ...[one.opening, one.taken, one.returned, one.paid, one.closing].map(formatMicro),
  ];
  for (const one of fromFunds) yield row('收', one);
  for (const one of toRedeemers) yield row('付', one);
}
