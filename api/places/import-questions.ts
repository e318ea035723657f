/**
 * Protects: what a file hardly means is written only when a person has said that it does mean it: another estate's
 * file, a house beside its twin, a list that matches nothing.
 */
import type { TableFile } from '../platform/files/index.ts';
import { problem, type Problem, type Words } from '../platform/index.ts';

export type QuestionCode =
  | 'other-estate'
  | 'estate-namesake'
  | 'new-houses'
  | 'shared-phones'
  | 'namesake'
  | 'mostly-reissued'
  | 'cancels-bills'
  | 'touches-offsets'
  | 'nothing-matched'
  | 'unreadable-rows'
  | 'dates-ahead'
  | 'two-amounts'
  | 'prepaid-beside-paid'
  | 'prepaid-balance'
  | 'paid-beyond'
  | 'paid-has-points'
  | 'paid-has-money'
  | 'paid-less'
  | 'bills-missing'
  | 'older-file'
  | 'closed-month'
  | 'several-months'
  | 'overlapping-months'
  | 'amounts-in-fen'
  | 'other-sheets'
  | 'other-period'
  | 'figures-contradict'
  | 'money-left-out';

/** A sentence that a person answers with yes by its code; without that the file is not taken in. */
export type Question = Words & { readonly code: QuestionCode };

/** What stands on other sheets is taken in by itself, or not at all: somebody says that it is meant. */
export function otherSheetsQuestion({ sheet, otherSheets }: TableFile): Question[] {
  if (otherSheets.length === 0) return [];
  const named = otherSheets.slice(0, SHEETS_NAMED);
  const more = otherSheets.length - named.length;
  // Of one that could not be read nobody knows how many.
  const zh = named.map(({ name, rows }) => `“${name}”${rows > 0 ? `（${rows} 行）` : ''}`).join('、');
  const en = named.map(({ name, rows }) => `“${name}”${rows > 0 ? ` (${rows} rows)` : ''}`).join(', ');
  return [
    {
      code: 'other-sheets',
      zh: `这个文件还有 ${otherSheets.length} 张工作表的表头也对得上，这次没有读：${zh}${more > 0 ? '等' : ''}。这次只导入“${sheet}”，其余的另外选出来导入，或者不用导入`,
      en: `The file has other sheets whose header fits as well, and which are not read now: ${en}${more > 0 ? ` and ${more} more` : ''}. Only “${sheet}” is taken in now; the others are chosen and taken in by themselves, or are not wanted`,
    },
  ];
}

const SHEETS_NAMED = 8;

/** Refuses with each question that is not answered yet. */
export function unanswered(
  questions: readonly Question[],
  confirmed: readonly string[] = [],
): Problem | undefined {
  const open = questions.filter(({ code }) => !confirmed.includes(code));
  if (open.length === 0) return undefined;
  return problem('not-confirmed', { fields: open.map(({ zh, en }) => ({ field: 'confirm', zh, en })) });
}
