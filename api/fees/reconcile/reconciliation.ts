/**
 * The words of reconciling our offsets (抵扣单) with the rows that a firm says it has posted. A break (差异) is typed,
 * explained and proposed to a person; the machine decides nothing that has two possible answers.
 */
import { addMonths, type Day, type Month } from '../../programme/rules/index.ts';

export type OurOffset = {
  id: string;
  /** The voucher's number: unique, and what the firm should write back. */
  number: string;
  /** As `3-2-0501`; 0501 and 501 are two houses. */
  house: string;
  item: string;
  /** Of a bill for several months the first and the last, as `2026-01~2026-12`. */
  period: Month;
  /** The month that the bill is due in, where that is not its only one: what is paid ahead is not posted before. */
  due?: Month;
  valueFen: number;
  offsetOn: Day;
  /** When it was handed over to the firm, which could not post it before. */
  exportedOn: Day;
  /** The newest issue of the bill that the offset was put against, and the issue of then. */
  billIssue: number;
  bill: {
    issue: number;
    amountFen: number;
    cancelled: boolean;
    /** What the bills say was received in money. */
    paidFen?: number;
    /** Of another issue than the offset's the most that its rule lets points pay. */
    mostFen?: number;
  };
};

export type PostedRow = {
  id: string;
  rowNumber: number;
  /** '' where the row names none. */
  offsetNumber: string;
  /** As `3-2-0501`, '' where the list does not say. */
  house: string;
  item: string;
  /** '' where the list does not say. */
  period: Month | '';
  /** Below zero for money given back. */
  amountFen: number;
  postedOn: Day | null;
  /** Nothing in it says that it is about points. */
  isUnsaid?: boolean;
  /** `waiting`: not decided yet. `paid-otherwise`: money (cash, WeChat …) received for the bill line, not points. */
  state: 'posted' | 'returned' | 'waiting' | 'paid-otherwise';
  remark: string;
};

export const BREAK_KINDS = [
  'missing-there',
  'missing-here',
  'amount',
  'duplicate',
  'wrong-period',
  'wrong-house',
  'wrong-item',
  'wrong-number',
  'reissued',
  'paid-first',
  'returned',
  'late',
  'hold-ended',
  'not-handed-over',
] as const;
export type BreakKind = (typeof BREAK_KINDS)[number];

/**
 * What a person will most likely do: ask the firm to correct its books, accept what it posted, give the points back, or
 * offset the new bill, or take back what was posted.
 */
export type Proposal = 'firm-corrects' | 'accept' | 'release' | 'offset-new-bill' | 'reverse' | 'choose';

export type Break = {
  kind: BreakKind;
  /** Further differences of the same pair: a wrong period may come with a wrong amount. */
  also: readonly BreakKind[];
  offset?: OurOffset;
  rows: readonly PostedRow[];
  /** Equally good partners, between which only a person may choose. */
  candidateOffsets: readonly OurOffset[];
  candidateRows: readonly PostedRow[];
  /** Theirs less ours. Over all breaks it is the difference of the totals. */
  differenceFen: number;
  proposal: Proposal;
  zh: string;
  en: string;
};

/** `score`: found without the number, and worth a look. `back`: what the list takes back of the row, whose amount is what is left. */
export type Match = { offset: OurOffset; row: PostedRow; by: 'number' | 'score'; back?: PostedRow[] };

export type Reconciliation = {
  matches: Match[];
  breaks: Break[];
  /** Handed over after the list was drawn up: for a later list, and no part of this comparison. */
  notYetDue: OurOffset[];
  /** The last day, not after today, that the list knows of; null where it says none, and everything is due. */
  drawnUpOn: Day | null;
  /** `theirsFen` counts what is posted as points: neither money nor what was posted and returned again. */
  totals: { oursFen: number; theirsFen: number; matchedFen: number; differenceFen: number };
};

/**
 * The last day on which a list has anything: it was drawn up on that day or later. A day after `today` is mistyped, and
 * would make due what no list can have yet.
 */
export function lastDayOf(rows: readonly Pick<PostedRow, 'postedOn'>[], today?: Day): Day | null {
  let last: Day | null = null;
  for (const { postedOn } of rows) {
    if (postedOn === null || (today !== undefined && postedOn > today)) continue;
    if (last === null || postedOn > last) last = postedOn;
  }
  return last;
}

/** What two sides of a pair disagree about. An empty field of the firm's list disagrees with nothing. */
export function differencesOf(offset: OurOffset, row: PostedRow): BreakKind[] {
  const found: BreakKind[] = [];
  if (!sameHouse(offset, row)) found.push('wrong-house');
  if (!samePeriod(offset, row)) found.push('wrong-period');
  if (!sameItem(offset, row)) found.push('wrong-item');
  if (offset.valueFen !== row.amountFen) found.push('amount');
  if (isLate(offset, row)) found.push('late');
  return found;
}

/** Whether that is nothing: of a whole district most pairs are asked no more. */
export function agrees(offset: OurOffset, row: PostedRow): boolean {
  return (
    offset.valueFen === row.amountFen &&
    sameHouse(offset, row) &&
    samePeriod(offset, row) &&
    sameItem(offset, row) &&
    !isLate(offset, row)
  );
}

/** What has become of the bill since: its points are taken by no machine. */
export function billSince({ bill, billIssue, valueFen }: OurOffset): BreakKind[] {
  if (bill.cancelled || bill.issue > billIssue) return ['reissued'];
  return (bill.paidFen ?? 0) + valueFen > bill.amountFen ? ['paid-first'] : [];
}

/** Whether the newest issue of the bill has room for the offset, by its rule and beside what was received in money. */
export function hasRoom({ bill, valueFen }: OurOffset): boolean {
  const { cancelled, amountFen, paidFen = 0, mostFen = amountFen } = bill;
  return !cancelled && valueFen <= mostFen && paidFen + valueFen <= amountFen;
}

/** Posted after the month that follows the one from which the firm could: by then both sides have closed the months that it belongs to. */
function isLate(offset: OurOffset, { postedOn }: PostedRow): boolean {
  if (postedOn === null || postedOn <= offset.exportedOn) return false;
  const [postable, posted] = [postableFrom(offset), postedOn.slice(0, 7)];
  return posted > postable && posted > addMonths(postable, 1);
}

/** The month in which a firm should post an offset: that of its hand-over, or of what is paid ahead (预缴) the month that it is for. */
export function postableFrom({ exportedOn, due, period }: OurOffset): Month {
  const [handedOver, dueIn] = [exportedOn.slice(0, 7), due ?? period];
  return handedOver > dueIn ? handedOver : dueIn;
}

export function sameHouse(offset: OurOffset, row: PostedRow): boolean {
  return row.house === '' || row.house === offset.house;
}

export function samePeriod(offset: OurOffset, row: PostedRow): boolean {
  return row.period === '' || row.period === offset.period;
}

/** A house may have two offsets of one month and value, each against an item of its own. Both sides come under its one name. */
export function sameItem(one: { item: string }, other: { item: string }): boolean {
  return one.item === '' || other.item === '' || one.item === other.item;
}
