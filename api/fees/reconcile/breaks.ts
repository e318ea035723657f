/** One constructor for each kind of break, so that a kind, its difference and its proposal are decided in one place. */
import * as explain from './explain.ts';
import {
  agrees,
  billSince,
  differencesOf,
  hasRoom,
  type Break,
  type BreakKind,
  type Match,
  type OurOffset,
  type PostedRow,
} from './reconciliation.ts';

const none = { also: [], rows: [], candidateOffsets: [], candidateRows: [] };
const countedFen = (row: PostedRow): number => (row.state === 'posted' ? row.amountFen : 0);

type Beside = {
  /** What the list has in money for the same bill. */
  receivedFen?: number;
  /** The row names another voucher. */
  isForeign?: boolean;
};

/** Undefined when both sides of the pair agree. */
export function pairBreak(
  match: Match,
  { receivedFen = 0, isForeign = false }: Beside = {},
): Break | undefined {
  const { offset, row, back = [] } = match;
  if (row.state === 'returned') return returned(offset, row);
  const seen = withReceived(offset, receivedFen);
  const since = billSince(seen);
  if (since.length === 0 && !isForeign && agrees(offset, row)) return undefined;
  const kinds = [...since, ...differencesOf(offset, row)];
  if (isForeign) kinds.push('wrong-number');
  const [kind, ...also] = kinds;
  if (!kind) return undefined;
  return {
    ...none,
    kind,
    also,
    offset,
    rows: [row, ...back],
    differenceFen: row.amountFen - offset.valueFen,
    proposal: isForOne(seen, kinds) ? 'accept' : 'firm-corrects',
    ...explain.explainPair({ ...match, offset: seen }, kinds),
  };
}

function withReceived(offset: OurOffset, receivedFen: number): OurOffset {
  const { bill } = offset;
  return receivedFen > (bill.paidFen ?? 0) ? { ...offset, bill: { ...bill, paidFen: receivedFen } } : offset;
}

/** Late, or on a bill issued anew that has room for it: one person may say that it stands. */
function isForOne(offset: OurOffset, kinds: readonly BreakKind[]): boolean {
  return kinds.every((kind) => kind === 'late' || kind === 'reissued') && hasRoom(offset);
}

export function missingThere(offset: OurOffset, candidateRows: PostedRow[] = []): Break {
  return {
    ...none,
    kind: 'missing-there',
    offset,
    candidateRows,
    differenceFen: -offset.valueFen,
    proposal: candidateRows.length > 0 ? 'choose' : offset.bill.cancelled ? 'release' : 'firm-corrects',
    ...explain.explainMissingThere(offset, candidateRows),
  };
}

export function missingHere(row: PostedRow, candidateOffsets: OurOffset[] = []): Break {
  return {
    ...none,
    kind: 'missing-here',
    rows: [row],
    candidateOffsets,
    differenceFen: countedFen(row),
    proposal: candidateOffsets.length > 0 ? 'choose' : 'firm-corrects',
    ...explain.explainMissingHere(row, candidateOffsets),
  };
}

export function duplicate(offset: OurOffset, row: PostedRow): Break {
  return {
    ...none,
    kind: 'duplicate',
    offset,
    rows: [row],
    differenceFen: countedFen(row),
    proposal: 'firm-corrects',
    ...explain.explainDuplicate(offset, row),
  };
}

export function unclear(offset: OurOffset, rows: PostedRow[]): Break {
  const theirs = rows.reduce((sum, row) => sum + countedFen(row), 0);
  return {
    ...none,
    kind: 'duplicate',
    offset,
    rows,
    candidateRows: rows,
    differenceFen: theirs - offset.valueFen,
    proposal: 'choose',
    ...explain.explainUnclear(offset, rows),
  };
}

export function reissued(offset: OurOffset): Break {
  return lost('reissued', offset, [], 'offset-new-bill', explain.explainReissued(offset));
}

export function paidFirst(offset: OurOffset, rows: readonly PostedRow[], receivedFen: number): Break {
  return lost('paid-first', offset, rows, 'release', explain.explainPaidFirst(offset, receivedFen));
}

/** Points go back by themselves for what is returned as a whole; what is returned of it in part the firm has to look at. */
export function returned(offset: OurOffset, row: PostedRow): Break {
  if (!isWholeReturn(offset, row))
    return lost('returned', offset, [row], 'firm-corrects', explain.explainPartReturned(offset, row));
  return lost('returned', offset, [row], 'release', explain.explainReturned(offset, row));
}

/** Some firms write nothing, or 0.00, beside what they return. */
function isWholeReturn({ valueFen }: OurOffset, { state, amountFen }: PostedRow): boolean {
  return state === 'returned' && (amountFen === valueFen || amountFen === 0);
}

/** The firm takes back `fen` of what it had posted by an earlier list, or does not have it any more. */
export function noLongerPosted(
  offset: OurOffset,
  row: PostedRow,
  said: { fen: number; writtenOffFen: number },
): Break {
  const { fen } = said;
  const words = explain.explainNoLongerPosted(offset, row, said);
  const isWhole = fen === offset.valueFen;
  const proposal = isWhole && row.state === 'returned' ? 'reverse' : 'firm-corrects';
  return { ...lost('returned', offset, [row], proposal, words), differenceFen: -fen };
}

/** The firm posted what is not in its hands: the offset waits for its first batch, or for another one. */
export function notHandedOver(offset: OurOffset, row: PostedRow): Break {
  return {
    ...none,
    kind: 'not-handed-over',
    offset,
    rows: [row],
    differenceFen: countedFen(row),
    proposal: 'firm-corrects',
    ...explain.explainNotHandedOver(offset.number, row),
  };
}

/** The firm counts nothing of this offset. */
function lost(
  kind: BreakKind,
  offset: OurOffset,
  rows: readonly PostedRow[],
  proposal: Break['proposal'],
  words: { zh: string; en: string },
): Break {
  return { ...none, kind, offset, rows, differenceFen: -offset.valueFen, proposal, ...words };
}
