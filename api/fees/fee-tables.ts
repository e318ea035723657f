/** The firm's lists as tables to take away: as they are shown, all of what the filter finds, a page at a time. */
import type { Engine } from '../db/index.ts';
import type { Instant } from '../programme/index.ts';
import { everyPage, type OutCell } from '../platform/files/index.ts';
import { breakViews } from './break-views.ts';
import { billViews, offsetViews } from './fees.views.ts';
import { billKey, findBills, type BillFilter, type BillSort } from './find-bills.ts';
import {
  offsetKey,
  offsetsOfEstate,
  type OffsetFilter,
  type OffsetSort,
  type OffsetState,
} from './offsets.ts';
import { breakKey, breaksOfEstate, type BreakFilter, type BreakSort } from './list-breaks.ts';

type Rows = AsyncGenerator<readonly OutCell[]>;

const BILLS: Readonly<Record<string, string>> = { open: '有效', reissued: '已重新出账', cancelled: '已作废' };
const OFFSETS: Readonly<Record<OffsetState, string>> = {
  ...{ held: '待导出', exported: '已交给物业', posted: '物业已入账', reversed: '入账后冲回' },
  ...{ cancelled: '已取消', returned: '已退回' },
};

const fenOf = (yuan: string): { fen: number } => ({ fen: Math.round(Number(yuan) * 100) });
const dayOfInstant = (at: string): OutCell => ({
  date: new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10),
});

export async function* billTable(engine: Engine, filter: BillFilter & { sort: BillSort }): Rows {
  yield ['房号', '收费项目', '计费月份', '应缴', '已收', '积分抵扣', '还需', '状态'];
  const pages = everyPage((page) => findBills(engine, { ...filter, ...page }), billKey(filter.sort));
  for await (const rows of pages)
    for (const bill of await billViews(engine, rows)) {
      const sums = [bill.amount, bill.paid, bill.offset, bill.toPay].map(fenOf);
      yield [bill.house.code, bill.item, bill.period, ...sums, BILLS[bill.state] ?? bill.state];
    }
}

export async function* offsetTable(engine: Engine, of: OffsetFilter & { sort: OffsetSort }): Rows {
  yield ['抵扣单号', '房号', '居民', '收费项目', '计费月份', '抵扣金额', '积分', '日期', '状态'];
  const pages = everyPage((page) => offsetsOfEstate(engine, { ...of, ...page }), offsetKey(of.sort));
  for await (const rows of pages)
    for (const offset of await offsetViews(engine, rows)) {
      const points = offset.points.map(({ unit, points: many }) => `${many} ${unit}`).join(' + ');
      const { number, house, member, item, period, value, at, state } = offset;
      yield [
        ...[number, house.code, member.name, item, period, fenOf(value), points, dayOfInstant(at)],
        OFFSETS[state],
      ];
    }
}

export async function* breakTable(engine: Engine, of: BreakFilter & { sort: BreakSort; now: Instant }): Rows {
  yield [
    ...['差异', '抵扣单号', '我们的房号', '我们的金额', '物业的房号', '物业的金额', '相差', '最早的清单'],
    ...['状态', '说明', '天数', '跟进人', '经过'],
  ];
  const pages = everyPage((page) => breaksOfEstate(engine, { ...of, ...page }), breakKey(of.sort));
  for await (const rows of pages)
    for (const found of await breakViews(engine, rows, { reader: '', now: of.now })) {
      const { ours, theirs } = found;
      yield [
        ...[found.zh, ours?.number ?? theirs?.number ?? ''],
        ...[ours?.house ?? '', ours ? fenOf(ours.value) : null],
        ...[theirs?.house ?? '', theirs ? fenOf(theirs.value) : null],
        ...[fenOf(found.difference), found.firstSeen.fileName],
        ...[stateOfBreak(found), found.comment ?? '', found.age, found.owner?.name ?? ''],
        found.events.map(({ at, by, comment }) => `${at.slice(0, 10)} ${by} ${comment}`.trim()).join('；'),
      ];
    }
}

function stateOfBreak({ state, carriedTo }: { state: string; carriedTo?: string }): string {
  if (state !== 'open') return '已处理';
  return carriedTo === undefined ? '待处理' : `结转到 ${carriedTo}`;
}
