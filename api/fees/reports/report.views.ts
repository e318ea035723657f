/** The report of offsets as it is shown and as a table: money as yuan, whole fen. */
import { formatYuan, wholeFen } from '../../platform/money/index.ts';
import type { OutCell } from '../../platform/files/index.ts';
import type { OffsetReport, Sums } from './offset-report.ts';

/** So many funds are listed; the file has them all. */
const MOST_FUNDS = 100;

export function offsetReportView({
  complete,
  from,
  to,
  total,
  months,
  estates,
  items,
  funds,
}: OffsetReport & { complete: boolean }) {
  return {
    complete,
    ...{ from, to, total: sumsView(total) },
    months: months.map(({ month, ...sums }) => ({ month, ...sumsView(sums) })),
    estates: estates.map(({ estate, name, ...sums }) => ({
      estate: { id: estate, name },
      ...sumsView(sums),
    })),
    items: items.map(({ item, count, valueFen }) => ({ item, count, value: formatYuan(valueFen) })),
    funds: funds.slice(0, MOST_FUNDS).map(({ fund, name, unit, count, points, micro }) => ({
      ...{ fund: { id: fund, name, unit }, count, points: String(points), borne: yuan(micro) },
    })),
    fundsMore: Math.max(0, funds.length - MOST_FUNDS),
  };
}

function sumsView({ count, valueFen, borneFen }: Sums) {
  return {
    ...{ count, value: formatYuan(valueFen), borne: formatYuan(borneFen) },
    concession: formatYuan(valueFen - borneFen),
  };
}

export function* offsetReportRows({
  total,
  months,
  estates,
  items,
  funds,
}: OffsetReport): Generator<readonly OutCell[]> {
  yield ['分类', '名称', '抵扣单', '抵扣金额', '出资方承担', '物业让利', '积分'];
  const line = (kind: string, name: string, { count, valueFen, borneFen }: Sums): OutCell[] => {
    return [kind, name, count, { fen: valueFen }, { fen: borneFen }, { fen: valueFen - borneFen }];
  };
  yield line('合计', '', total);
  for (const row of months) yield line('月份', row.month, row);
  for (const row of estates) yield line('小区', row.name, row);
  for (const { item, count, valueFen } of items) yield ['收费项目', item, count, { fen: valueFen }];
  for (const { name, count, points, micro } of funds)
    yield ['经费', name, count, '', { fen: wholeFen(micro) }, '', points];
}

function yuan(micro: number): string {
  return formatYuan(wholeFen(micro));
}
