/** What a file of bills hardly means, and a person is asked before it is taken in. */
import { houseCode, houseInWords, type Question } from '../places/index.ts';
import type { Parsed } from '../platform/files/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { addMonths, joinMonths, sayMonths, type Month } from '../programme/index.ts';
import { OTHER_AMOUNT } from './files/bill-reasons.ts';
import type { BillRow } from './files/bills.ts';
import { dueMonthOf, overlapping } from './rules/bill-months.ts';
import { contradictions, moneyLeftOut, paidBeyond } from './paid-questions.ts';
import { ByLine, dueMonthOfNew, type BillChanges, type KnownBill } from './plan-bills.ts';

/** Offsets on any issue of some lines: promised or in the firm's hands, and posted, whose points are spent; of these the value of each line. */
export type OffsetsOfLines = { waiting: number; posted: number; postedFen: ReadonlyMap<string, number> };

type About = {
  changes: BillChanges;
  known: readonly KnownBill[];
  /** Its rows with the house found for each. */
  found: readonly { row: BillRow; house: string }[];
  lines: number;
  /** Offsets that are not posted, on lines that the file changes or cancels: they become breaks. */
  waiting: number;
  ofCancelled: OffsetsOfLines;
  /** What points have paid of each line that is issued anew, or of which other money was received. */
  postedFen: OffsetsOfLines['postedFen'];
  parsed: Parsed<BillRow>;
  thisMonth: Month;
  /** The latest month that the estate has closed. */
  closed: Month | undefined;
  /** Whether every row of this very file was taken in before. */
  seen: boolean;
  /** Rows whose own figures agree once what points have paid is taken off. */
  agreeing: ReadonlySet<number>;
};

export function questionsOf(about: About) {
  const { changes, known, lines, waiting, parsed, thisMonth, closed, seen } = about;
  const asked = [
    mostlyReissued(changes, { lines, waiting }),
    cancels(about),
    otherPeriod(parsed),
    farAhead(parsed.rows, thisMonth),
    twoAmounts(parsed),
    paidAhead(parsed.rows),
    balanceStays(parsed.rows),
    paidBeyond(changes, about),
    contradictions(parsed.rows.filter(({ rowNumber }) => !about.agreeing.has(rowNumber))),
    moneyLeftOut(parsed),
    ofClosedMonth(changes, known, closed),
    forSeveral(changes),
    chargedTwice(about),
    ...(seen ? [olderFile(changes)] : []),
  ];
  return asked.filter((question) => question !== undefined);
}

/** How many bills the file leaves other than they are. */
export function countChanges({ added, cancelled, updated }: BillChanges): number {
  return added.length + cancelled.length + updated.length;
}

function olderFile(changes: BillChanges): Question | undefined {
  const count = countChanges(changes);
  if (count === 0) return undefined;
  return {
    code: 'older-file',
    zh: `这份文件以前导入过，后来账单又变过。再导入一次，会把 ${count} 笔改回这份文件里的样子`,
    en: `This file was taken in before, and bills have changed since. Taking it in again sets back to what it says: ${count}`,
  };
}

/** An empty charge may be a bill that the firm takes back, or a column that somebody forgot to fill. */
function cancels({ changes, known, found, ofCancelled }: About): Question | undefined {
  const gone = new Set(changes.cancelled);
  if (gone.size === 0) return undefined;
  const lines = new ByLine<KnownBill>();
  for (const bill of known) if (gone.has(bill.id)) lines.set(bill, bill);
  const first = found.find(({ row, house }) => row.amountFen === 0 && lines.get({ ...row, house }));
  if (!first) return undefined;
  const { rowNumber, house, item, period } = first.row;
  const code = houseInWords(houseCode(house));
  const yuan = formatYuan(lines.get({ ...first.row, house: first.house })?.amountFen ?? 0);
  const withOffsets = offsetsOfCancelled(ofCancelled);
  return {
    code: 'cancels-bills',
    zh: `有 ${gone.size} 笔以前导入的账单，这份文件里写的是 0.00，例如第 ${rowNumber} 行 ${code} ${period} ${item}，原来是 ${yuan} 元。导入后这些账单作废，不用再缴${withOffsets.zh}。物业确实取消了，不是漏填`,
    en: `Bills that are there and that the file says are 0.00: ${gone.size}; row ${rowNumber}, ${code} ${item} of ${period}, was ${yuan} for one. They will be cancelled and nothing is due on them${withOffsets.en}. The firm has cancelled them, it is no cell left empty`,
  };
}

/** What was posted is a break as well: its points are spent, and what they paid for is no longer due. */
function offsetsOfCancelled({ waiting, posted }: OffsetsOfLines): { zh: string; en: string } {
  const said = [
    waiting > 0 && {
      zh: `其中 ${waiting} 张抵扣单还没入账，会成为差异`,
      en: `offsets on them that are not posted, which become breaks: ${waiting}`,
    },
    posted > 0 && {
      zh: `${waiting > 0 ? `${posted} 张` : `其中 ${posted} 张抵扣单`}已经入账，积分已经付给物业，会成为差异，由两个人冲回`,
      en: `offsets on them that are posted and paid to the firm in points, which become breaks for two people to reverse: ${posted}`,
    },
  ].filter((one) => one !== false);
  return {
    zh: said.map(({ zh }) => `，${zh}`).join(''),
    en: said.map(({ en }) => `; ${en}`).join(''),
  };
}

/** A closed month's figures have been handed on; what the firm still corrects in it must not go by unseen. */
function ofClosedMonth(
  { added, cancelled, updated }: BillChanges,
  known: readonly KnownBill[],
  closed: Month | undefined,
): Question | undefined {
  if (closed === undefined) return undefined;
  const byId = new Map(known.map((bill) => [bill.id, bill]));
  const isClosed = (due: Month | undefined) => due !== undefined && due <= closed;
  const wasClosed = (bill: KnownBill | undefined) => bill?.state === 'open' && isClosed(dueMonthOf(bill));
  // A month that loses a bill to another changes as well.
  const count = [
    ...added.map((bill) => isClosed(dueMonthOfNew(bill)) || wasClosed(bill.before)),
    ...cancelled.map((id) => wasClosed(byId.get(id))),
    ...updated.map(({ id, dueIn }) => {
      const bill = byId.get(id);
      return dueIn !== undefined && (isClosed(dueIn ?? bill?.period) || wasClosed(bill));
    }),
  ].filter((concerned) => concerned).length;
  if (count === 0) return undefined;
  return {
    code: 'closed-month',
    zh: `有 ${count} 笔是已经关账的月份（到 ${closed} 为止）的账单，导入后这些月份的应缴会变。物业确实更正过`,
    en: `Bills of months that are closed (up to ${closed}): ${count}; what is due in these months will change. The firm has corrected them`,
  };
}

/** The month was chosen on the page, and the file names another one. */
function otherPeriod({ implied }: Parsed<BillRow>): Question | undefined {
  const found = implied.find(({ otherwise }) => otherwise !== undefined);
  if (found?.otherwise === undefined) return undefined;
  const [chosen, said] = [sayMonths(found.value), sayMonths(found.otherwise)];
  return {
    code: 'other-period',
    zh: `选的计费月份是 ${chosen.zh}，文件自己写的是 ${said.zh}。按选的 ${chosen.zh} 导入`,
    en: `The month that was chosen is ${chosen.en}, and the file says ${said.en}. It is taken in for ${chosen.en}`,
  };
}

/** A year is charged ahead now and then; more is a slip of the pen. */
const MONTHS_AHEAD = 12;

function farAhead(rows: readonly BillRow[], thisMonth: Month): Question | undefined {
  const last = addMonths(thisMonth, MONTHS_AHEAD);
  const [ahead, ...others] = rows.filter(({ period }) => period > last);
  if (!ahead) return undefined;
  const count = others.length + 1;
  return {
    code: 'dates-ahead',
    zh: `有 ${count} 笔账单的月份在一年以后，例如第 ${ahead.rowNumber} 行的 ${ahead.period}。月份没有写错`,
    en: `Bills of a month more than a year ahead: ${count}; row ${ahead.rowNumber} of ${ahead.period} for one. The months are right`,
  };
}

function twoAmounts({ rejected }: Parsed<BillRow>): Question | undefined {
  const rows = rejected.filter(({ reasons }) => reasons.some(({ code }) => code === OTHER_AMOUNT));
  if (rows.length === 0) return undefined;
  const named = rows.slice(0, NAMED).map(({ rowNumber }) => rowNumber);
  const more = rows.length > named.length;
  return {
    code: 'two-amounts',
    zh: `第 ${named.join('、')} 行${more ? '等' : ''}和前面的是同一笔，金额却不一样，不知道哪个对。先按前面那一行的金额导入`,
    en: `Rows ${named.join(', ')}${more ? ' and others' : ''} are charges that stand further up with another amount. Take the amount of the earlier row for now`,
  };
}

/** Some firms count what was paid ahead in what they received; only they know, and a bill would be paid twice over. */
function paidAhead(rows: readonly BillRow[]): Question | undefined {
  return ahead(rows, 'prepaidFen', ({ count, rowNumber, yuan }) => ({
    code: 'prepaid-beside-paid',
    zh: `有 ${count} 行的预存抵扣没有欠费可以核对，或和欠费对不上，导入时和已收加起来算已缴，例如第 ${rowNumber} 行的预存抵扣 ${yuan} 元。已收里不包括预存抵扣`,
    en: `Rows with an amount paid ahead and taken for the bill that no unpaid amount agrees with: ${count}; it is counted as paid beside what was received, in row ${rowNumber} ${yuan} for one. What was received does not include it`,
  }));
}

/** 预存 is most often what is in the house's account; taken for paid, the bill would never be collected. */
function balanceStays(rows: readonly BillRow[]): Question | undefined {
  return ahead(rows, 'balanceFen', ({ count, rowNumber, yuan }) => ({
    code: 'prepaid-balance',
    zh: `有 ${count} 行写了预存（预缴），例如第 ${rowNumber} 行 ${yuan} 元，看不出有没有用来付这笔账单。导入时不算已缴。这是账户里的余额，没有用来付这些账单；如果已经扣了，请在列对应里把这一列设为“预存抵扣”`,
    en: `Rows with 预存 or 预缴: ${count}, in row ${rowNumber} ${yuan} for one, and nothing shows whether it paid the bill. It is not counted as paid. It is the balance of an account and these bills were not taken from it; where they were, map the column to 预存抵扣 instead`,
  }));
}

/** How many rows have such an amount, and the first of them. */
function ahead(
  rows: readonly BillRow[],
  name: 'prepaidFen' | 'balanceFen',
  question: (first: { count: number; rowNumber: number; yuan: string }) => Question,
): Question | undefined {
  const doubtful = rows.filter((row) => row[name] !== undefined);
  const [first] = doubtful;
  if (!first) return undefined;
  const count = new Set(doubtful.map(({ rowNumber }) => rowNumber)).size;
  return question({ count, rowNumber: first.rowNumber, yuan: formatYuan(first[name] ?? 0) });
}

/** A year paid at once is one line, and what goes by month goes by one of them: whoever takes it in should know which. */
function forSeveral({ added }: BillChanges): Question | undefined {
  const several = added.filter(({ row }) => row.periodTo !== undefined);
  const [first] = several;
  if (!first) return undefined;
  const { row } = first;
  const [months, due] = [sayMonths(joinMonths(row)), dueMonthOfNew(first)];
  const [count, code] = [several.length, houseInWords(houseCode(row.house))];
  return {
    code: 'several-months',
    zh: `有 ${count} 笔账单一次收几个月，例如第 ${row.rowNumber} 行 ${code} ${row.item} ${months.zh}。每笔按一张账单计；抵扣截止、每户每月上限和月结按应缴的那个月计，这一笔是 ${due}（文件里有截止日期的按截止日期；没有的，重新出的账单照旧，其余按第一个月）`,
    en: `Bills for several months at once: ${count}; row ${row.rowNumber}, ${code} ${row.item} ${months.en} for one. Each is one bill; its cut-off, the household's cap and the month close go by the month it is due in, ${due} for this one (by the due date in the file; else as before where it is issued anew, or its first month)`,
  };
}

/** A year's bill and a month's of the same item: the firm may mean both, or have sent both by mistake. */
function chargedTwice({ changes, known, found }: About): Question | undefined {
  // Two of one month are one bill and its new issue: without any for several nothing can overlap.
  const isForSeveral = found.some(({ row }) => row.periodTo !== undefined);
  if (!isForSeveral && known.every(({ periodTo }) => periodTo === null)) return undefined;
  const gone = new Set(changes.cancelled);
  const lines = found
    .filter(({ row }) => row.amountFen > 0)
    .map(({ row, house }) => ({ ...monthsOf(row), house, item: row.item, row }));
  const open = known.filter(({ id, state }) => state === 'open' && !gone.has(id));
  const { replaced, both } = overlapping(lines, open);
  const said = [
    say(replaced, ({ count, row, mine, other }) => ({
      zh: `有 ${count} 笔账单换了月份，例如${row.zh} ${mine.zh}，原来是 ${other.zh}。导入后新的代替旧的`,
      en: `Bills that change their months: ${count}; ${row.en} ${mine.en}, which was ${other.en}, for one. The new one takes the place of the old`,
    })),
    say(both, ({ count, row, mine, other }) => ({
      zh: `有 ${count} 笔账单和同一户同一项目的另一笔有重叠的月份，例如${row.zh} ${mine.zh}，另有一笔 ${other.zh}。导入后两笔都要缴`,
      en: `Bills that share months with another one of the same house and item: ${count}; ${row.en} ${mine.en}, and another for ${other.en}, for one. Both will be due`,
    })),
  ].filter((part) => part !== undefined);
  if (said.length === 0) return undefined;
  return {
    code: 'overlapping-months',
    zh: `${said.map(({ zh }) => zh).join('。')}。没有重复收费`,
    en: `${said.map(({ en }) => en).join('. ')}. Nothing is charged twice`,
  };
}

type Said = { zh: string; en: string };
type Twice = { row: { row: BillRow }; other: Pick<BillRow, 'period'> & { periodTo?: string | null } };

/** How many pairs, and the first of them. */
function say(
  pairs: readonly Twice[],
  inWords: (first: Record<'row' | 'mine' | 'other', Said> & { count: number }) => Said,
): Said | undefined {
  const [first] = pairs;
  if (!first) return undefined;
  const { row } = first.row;
  const line = `${houseInWords(houseCode(row.house))} ${row.item}`;
  const named = { zh: `第 ${row.rowNumber} 行 ${line}`, en: `row ${row.rowNumber}, ${line}` };
  const [mine, other] = [sayMonths(joinMonths(row)), sayMonths(joinMonths(first.other))];
  return inWords({ count: pairs.length, row: named, mine, other });
}

function monthsOf({ period, periodTo }: BillRow): { period: Month; periodTo: Month | null } {
  return { period, periodTo: periodTo ?? null };
}

const NAMED = 5;

/** A month's file adds; one that changes most of what is there is a wrong estate's, or a wrong month's. */
const FEW_REISSUED = 3;

function mostlyReissued(
  { reissued, cancelled }: BillChanges,
  { lines, waiting }: { lines: number; waiting: number },
): Question | undefined {
  const changed = reissued.length + cancelled.length;
  if (changed < FEW_REISSUED || changed * 2 <= lines) return undefined;
  const offsets =
    waiting === 0
      ? { zh: '', en: '' }
      : {
          zh: `，其中 ${waiting} 张抵扣单还没入账，改后会成为差异`,
          en: `; offsets on them that are not posted and become breaks: ${waiting}`,
        };
  return {
    code: 'mostly-reissued',
    zh: `${lines} 笔账单里有 ${changed} 笔会改掉已经导入的金额${offsets.zh}。不是传错了文件，这些账单确实重新出过`,
    en: `${changed} of ${lines} lines change bills that are there already${offsets.en}. It is the right file: these bills were issued anew`,
  };
}
