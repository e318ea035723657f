/**
 * Protects: two estates with the same people's names for houses. A row that names another estate stays out, and a file
 * that names another one throughout is taken in only when a person says that it is this one's.
 */
import type { RejectedRow, RowReason, TableFile } from '../platform/files/index.ts';
import type { Question } from './import-questions.ts';
import { rejectRow } from './imports.ts';

type Named = { readonly rowNumber: number; readonly house: { readonly estate?: string } };

export type SortedByEstate<Row> = {
  rows: Row[];
  rejected: RejectedRow[];
  /** The names and codes that the file gives the estate and that are not its name. */
  otherNames: string[];
  questions: Question[];
};

/**
 * A file that names one other estate throughout, or a code (JKY) that nobody here has seen, was made under the
 * estate's old or short name, or is another estate's: a question. `known` names were confirmed with an earlier file.
 * One that names several is a file of several estates, and only this one's rows belong here.
 */
export function sortByEstate<Row extends Named>(
  table: TableFile,
  rows: readonly Row[],
  estateName: string,
  known: readonly string[],
): SortedByEstate<Row> {
  const names = new Set(rows.flatMap(({ house: { estate } }) => (isName(estate) ? [estate] : [])));
  const others = [...names].filter((name) => plainEstateName(name) !== plainEstateName(estateName));
  const codes = new Set(rows.flatMap(({ house: { estate } }) => (estate && !isName(estate) ? [estate] : [])));
  if (names.size <= 1 || others.length === 0) {
    const otherNames = [...others, ...codes];
    const strange = otherNames.filter((name) => !known.includes(name));
    const questions = strange.length === 0 ? [] : [otherEstateQuestion(strange, estateName)];
    return { rows: [...rows], rejected: [], otherNames, questions };
  }
  const kept: Row[] = [];
  const refused = new Map<number, RejectedRow>();
  for (const row of rows) {
    const name = row.house.estate;
    if (!isName(name) || plainEstateName(name) === plainEstateName(estateName)) kept.push(row);
    else refused.set(row.rowNumber, rejectRow(table, row.rowNumber, reason(name, estateName)));
  }
  return { rows: kept, rejected: [...refused.values()], otherNames: [], questions: [] };
}

function isName(estate: string | undefined): estate is string {
  return estate !== undefined && /\p{Script=Han}/u.test(estate);
}

/** 和美苑（演示） and 和美苑小区 are 和美苑: what people say and write for either. */
export function plainEstateName(name: string): string {
  return name.replace(/[（(].*?[)）]|小区$|\s/g, '');
}

export function otherEstateQuestion(others: readonly string[], estate: string): Question {
  const named = others.slice(0, 5).map((name) => `“${name}”`);
  return {
    code: 'other-estate',
    zh: `文件写的小区是${named.join('、')}，不是“${estate}”。没有选错小区，这就是“${estate}”的文件`,
    en: `The file names the estate ${named.join(', ')}, not “${estate}”. It is the file of “${estate}” all the same`,
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
