/** The differences of rows whose number is settled, or was never handed over. */
import { formatYuan } from '../../platform/money/index.ts';
import { missingHere } from './breaks.ts';
import { explainStillPosted } from './explain.ts';
import type { Break, OurOffset, PostedRow } from './reconciliation.ts';

export function postedTooLate(row: PostedRow, offset: OurOffset): Break {
  return {
    kind: 'hold-ended',
    also: [],
    offset,
    rows: [row],
    candidateOffsets: [],
    candidateRows: [],
    differenceFen: row.amountFen,
    proposal: 'firm-corrects',
    zh: `${offset.number}：物业入账太晚。为这张单预留的积分到期时，系统已经退给居民，不能再付给物业。请物业撤销清单第 ${row.rowNumber} 行，改向居民收 ${formatYuan(row.amountFen)} 元；说好以后，在这里选“请物业更正”并写明`,
    en: `${offset.number}: the firm posted it too late. The points set aside for it had gone back to the resident when their time was over, and can no longer be paid to the firm. Have the firm take row ${row.rowNumber} out and collect ${formatYuan(row.amountFen)} in money; once agreed, choose “the firm corrects” here and say so`,
  };
}

export function postedThoughCancelled(row: PostedRow): Break {
  return {
    ...missingHere(row),
    zh: `${row.offsetNumber}：这张抵扣单在交给物业以前已经取消，积分还在居民手里。请物业撤销清单第 ${row.rowNumber} 行，改向居民收 ${formatYuan(row.amountFen)} 元`,
    en: `${row.offsetNumber}: this offset was cancelled before it was handed over, and the resident has the points. Have the firm take row ${row.rowNumber} out and collect ${formatYuan(row.amountFen)} in money`,
  };
}

export function postedTwice(row: PostedRow, state: string): Break {
  const [zh, en] = state === 'posted' ? ['入账', 'posted'] : ['退回', 'returned'];
  return {
    ...ofRow(row),
    zh: `${row.offsetNumber}：清单第 ${row.rowNumber} 行又写了这个号，以前的清单已经${zh}过`,
    en: `${row.offsetNumber}: row ${row.rowNumber} carries this number again; an earlier list ${en} it`,
  };
}

/** Reversed, and `fen` of it the firm has not taken out of its books. */
export function stillPosted(row: PostedRow, fen: number): Break {
  return {
    ...ofRow(row),
    differenceFen: fen,
    ...explainStillPosted(row.offsetNumber, { rowNumber: row.rowNumber, fen }),
  };
}

/** What it takes back was written off: that is taken back first. */
export function returnsWrittenOff(row: PostedRow): Break {
  const yuan = formatYuan(row.amountFen);
  return {
    ...ofRow(row),
    kind: 'returned',
    differenceFen: -row.amountFen,
    zh: `${row.offsetNumber}：清单第 ${row.rowNumber} 行退回 ${yuan} 元。这个号多入账的一行以前已经转销，抵扣单本身没有动。物业更正的是多入账的那一行，就先撤销那笔转销；退的是抵扣单，请物业写明`,
    en: `${row.offsetNumber}: row ${row.rowNumber} returns ${yuan}. A row that posted this number too much was written off; the offset itself stands. Where the firm corrects that row, take the write-off back first; where it returns the offset, have it say so`,
  };
}

function ofRow(row: PostedRow): Omit<Break, 'zh' | 'en'> {
  return {
    kind: 'duplicate',
    also: [],
    rows: [row],
    candidateOffsets: [],
    candidateRows: [],
    differenceFen: row.state === 'posted' ? row.amountFen : 0,
    proposal: 'firm-corrects',
  };
}
