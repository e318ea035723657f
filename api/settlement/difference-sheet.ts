/** What differs as a table to take away, page by page. */
import type { ProductDeps } from '../places/index.ts';
import { type OutCell } from '../platform/files/index.ts';
import { differenceView, FIELD_WORDS } from './settlement.views.ts';
import { differencesOf } from './statements.ts';

const AT_ONCE = 100;

export async function* differenceRows(
  deps: Pick<ProductDeps, 'engine' | 'places'>,
  statement: string,
): AsyncGenerator<readonly OutCell[]> {
  yield ['差异', '哪一项', '收分方', '单号', '对方第几行', '我们的账', '对方', '相差'];
  for (let after: string | undefined; ;) {
    const rows = await differencesOf(deps.engine, {
      ...{ statement, limit: AT_ONCE },
      ...(after !== undefined && { after }),
    });
    for (const row of rows) {
      const { zh, party, written, number } = await differenceView(deps, row);
      const { field, ours, theirs, rowNumber } = row;
      const shown = (amount: number | null): OutCell =>
        amount === null || field === 'points' ? amount : { fen: amount };
      yield [
        ...[zh, field === null ? '' : FIELD_WORDS[field], party?.name ?? written, number, rowNumber],
        ...[shown(ours), shown(theirs), shown((theirs ?? 0) - (ours ?? 0))],
      ];
    }
    after = rows.at(-1)?.id;
    if (rows.length < AT_ONCE) return;
  }
}
