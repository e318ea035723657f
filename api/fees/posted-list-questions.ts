/** What a posted list hardly means, for a person to say. */
import type { FileRead, Question } from '../places/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { IN_FEN, type PostedListRow } from './files/posted-list.ts';
import type { EstateReconciliation } from './reconcile-estate.ts';

const NAMED = 5;

/** Rows that nobody can read leave offsets out, and a list that names none of ours is most likely another's. */
export function postedListQuestions(
  { parsed: { rows, rejected, implied } }: FileRead<PostedListRow>,
  { matches, known, breaks, leftOut, offsets }: EstateReconciliation,
  { estate, today }: { estate: string; today: string },
): Question[] {
  const questions: Question[] = [];
  const [first] = rows;
  if (implied.includes(IN_FEN) && first) {
    const yuan = formatYuan(first.amountFen);
    questions.push({
      code: 'amounts-in-fen',
      zh: `导出格式以分为单位，这份清单的金额没有写单位，都是整数，按分来读，例如第 ${first.rowNumber} 行是 ${yuan} 元。如果是元，请在表头写“金额（元）”再传。确实是分`,
      en: `The layout is in fen; this list does not say its unit and has whole numbers only, which are read as fen: row ${first.rowNumber} is ${yuan} yuan, for one. If it is in yuan, write （元） in the header and send it again. It is in fen`,
    });
  }
  // One that was settled already and is named again is ours as well; money for a house may be of any estate's.
  const touches = breaks.some(
    ({ offset, kind, rows: of }) =>
      (offset !== undefined || kind === 'duplicate') &&
      of.some(({ state, offsetNumber }) => state !== 'paid-otherwise' || offsetNumber === offset?.number),
  );
  const ours = new Set([...offsets.values()].map(({ number }) => number));
  const waits = rows.some(({ state, offsetNumber }) => state === 'waiting' && ours.has(offsetNumber));
  if (rows.length > 0 && matches.length + known === 0 && !touches && !waits) {
    questions.push({
      code: 'nothing-matched',
      zh: `清单里的 ${rows.length} 行，没有一行是“${estate}”的抵扣单。没有传错小区，也没有传错文件，就按这份清单记下差异`,
      en: `None of the list’s ${rows.length} rows is an offset of “${estate}”. It is the right estate and the right file: keep the breaks`,
    });
  }
  const [ahead, ...others] = rows.filter(({ postedOn }) => postedOn !== null && postedOn > today);
  if (ahead) {
    const count = others.length + 1;
    questions.push({
      code: 'dates-ahead',
      zh: `有 ${count} 行的入账日期还没有到，例如第 ${ahead.rowNumber} 行的 ${ahead.postedOn}。日期没有写错，就按这份清单对账`,
      en: `Rows posted on a day that is still to come: ${count}; row ${ahead.rowNumber} on ${ahead.postedOn} for one. The dates are right: reconcile this list`,
    });
  }
  if (rejected.length > 0) {
    const named = leftOut.slice(0, NAMED).map(({ number }) => number);
    const more = leftOut.length > named.length ? { zh: '等', en: ' and others' } : { zh: '', en: '' };
    const out =
      named.length === 0
        ? { zh: '', en: '' }
        : {
            zh: `其中写到的 ${named.join('、')}${more.zh} 共 ${leftOut.length} 张这次不比较，也不算“物业没有”。`,
            en: `${leftOut.length} offsets that they name (${named.join(', ')}${more.en}) are not compared and not missing there. `,
          };
    questions.push({
      code: 'unreadable-rows',
      zh: `有 ${rejected.length} 行读不懂，没有参加对账。${out.zh}先按读得懂的行对账，改好的行以后再传`,
      en: `${rejected.length} rows cannot be read and are not compared. ${out.en}Reconcile the readable rows now; the mended ones follow`,
    });
  }
  return questions;
}
