import { cleanCell, squeeze } from './clean-text.ts';
import type { Header } from './header.ts';
import type { TableFile } from './table.ts';

export type BodyRow = { readonly index: number; readonly kind: 'row' | 'total' | 'subtotal' };

/** The sum of the whole sheet, or of one building or page: told apart by what stands before the word. */
const TOTAL = /^(?:本表|全部|应收|实收|金额)?(?:合计|总计|共计|总合计|累计|总额|total\b)/i;
const SUBTOTAL = /^.{0,12}(?:小计|页计|合计|总计|subtotal\b)/i;
/** What people write below a table. */
const FOOTER =
  /^(?:制表|审核|复核|审批|负责人|经办|出纳|会计|财务|打印|导出|备注|说明|注|填表|单位盖章|第\d+页|共\d+页)/;

/** The rows below the header: blank rows, repeated headers (page breaks) and notes at the foot are left out. */
export function* bodyRows<Name extends string>(table: TableFile, header: Header<Name>): Generator<BodyRow> {
  const headerCells = table.rows[header.row] ?? [];
  const headerFirst = firstCell(headerCells);
  for (let index = header.row + 1; index < table.rows.length; index += 1) {
    const cells = table.rows[index] ?? [];
    const first = firstCell(cells);
    if (first === '') continue;
    if (TOTAL.test(first)) yield { index, kind: 'total' };
    else if (SUBTOTAL.test(first)) yield { index, kind: 'subtotal' };
    else if (first === headerFirst && isSame(cells, headerCells)) continue;
    else if (!isFooter(first, cells)) yield { index, kind: 'row' };
  }
}

function firstCell(cells: readonly string[]): string {
  return squeeze(cells.find((text) => cleanCell(text) !== '') ?? '');
}

function isSame(cells: readonly string[], others: readonly string[]): boolean {
  return (
    cells.length === others.length && cells.every((text, at) => squeeze(text) === squeeze(others[at] ?? ''))
  );
}

/** A note has few cells; a row whose first column happens to be a remark has many. */
function isFooter(first: string, cells: readonly string[]): boolean {
  return FOOTER.test(first) && cells.filter((text) => text !== '').length <= 4;
}
