/** Protects: two estates with the same people's names for houses. A row that names another estate stays out. */
import type { RejectedRow, RowReason, RowWarning, TableFile } from '../platform/files/index.ts';
import { rejectRow } from './imports.ts';

type Named = { readonly rowNumber: number; readonly house: { readonly estate?: string } };

/**
 * A file that names one other estate throughout was probably made under that estate's old or short name: a warning.
 * One that names several is a file of several estates, and only this one's rows belong here. Codes (JKY) are no names.
 */
export function sortByEstate<Row extends Named>(
  table: TableFile,
  rows: readonly Row[],
  estateName: string,
): { rows: Row[]; rejected: RejectedRow[]; warnings: RowWarning[] } {
  const names = new Set(rows.flatMap(({ house: { estate } }) => (isName(estate) ? [estate] : [])));
  const others = [...names].filter((name) => plain(name) !== plain(estateName));
  const [other] = others;
  if (other === undefined) return { rows: [...rows], rejected: [], warnings: [] };
  if (names.size === 1) return { rows: [...rows], rejected: [], warnings: [warning(other, estateName)] };
  const kept: Row[] = [];
  const refused = new Map<number, RejectedRow>();
  for (const row of rows) {
    const name = row.house.estate;
    if (!isName(name) || plain(name) === plain(estateName)) kept.push(row);
    else refused.set(row.rowNumber, rejectRow(table, row.rowNumber, reason(name, estateName)));
  }
  return { rows: kept, rejected: [...refused.values()], warnings: [] };
}

function isName(estate: string | undefined): estate is string {
  return estate !== undefined && /\p{Script=Han}/u.test(estate);
}

/** 和美苑（演示） and 和美苑小区 are 和美苑. */
function plain(name: string): string {
  return name.replace(/[（(].*?[)）]|小区$|\s/g, '');
}

function warning(other: string, estate: string): RowWarning {
  return {
    code: 'other-estate-name',
    field: 'estate',
    zh: `文件里的小区写的是“${other}”，将导入到“${estate}”，请确认没有选错`,
    en: `The file names the estate “${other}”; it will be imported into “${estate}”. Please check`,
  };
}

function reason(other: string, estate: string): RowReason {
  return {
    code: 'other-estate',
    field: 'estate',
    zh: `这一行是“${other}”的，不是“${estate}”的`,
    en: `this row belongs to “${other}”, not to “${estate}”`,
  };
}
