/** Merges of a place in one state as a table to take away, both people masked as the list has them. */
import { everyPage, type OutCell } from '../platform/files/index.ts';
import type { ProductDeps } from './index.ts';
import { dayIn } from './houses.ts';
import { listMerges, type MergeState } from './merge-requests.ts';
import { mergeViews } from './merge.views.ts';

const STATES: Readonly<Record<MergeState, string>> = {
  ...{ waiting: '等复核', approved: '已合并', refused: '不同意', withdrawn: '已收回' },
};

export async function* mergeTable(
  deps: Pick<ProductDeps, 'engine' | 'places' | 'clock'>,
  of: { place: string; state: MergeState },
): AsyncGenerator<readonly OutCell[]> {
  yield [
    ...['申请日期', '归属', '重复的人', '手机', '并入', '手机', '原因', '申请人'],
    ...['状态', '复核人', '复核意见'],
  ];
  const { mergeView } = mergeViews(deps);
  const pages = everyPage(
    ({ limit, before }) => listMerges(deps, { ...of, limit, ...(before !== undefined && { after: before }) }),
    ({ id }) => id,
  );
  for await (const rows of pages)
    for (const row of rows) {
      const { duplicate, keeper, ...merge } = await mergeView(row);
      yield [
        ...[{ date: dayIn(row.createdAt) }, merge.placeName, duplicate.name, duplicate.phone],
        ...[keeper.name, keeper.phone, merge.reason, merge.askedByName],
        ...[STATES[row.state], merge.decidedByName ?? '', merge.answer ?? ''],
      ];
    }
}
