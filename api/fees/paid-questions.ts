/** What a file of bills says, or leaves unsaid, of payments and hardly means. */
import { houseCode, houseInWords, type Question } from '../places/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import type { Parsed } from '../platform/files/index.ts';
import type { BillRow } from './files/bills.ts';
import type { Contradiction } from './files/contradiction.ts';
import { billLine, ByLine, type BillChanges, type KnownBill } from './plan-bills.ts';

/**
 * More is paid than is due, in money and by points (`postedFen`, by line), once a file is taken in: what is too much goes back,
 * or stands for another bill. What was received is the money alone here. Without points it is asked only where the file is
 * silent about payments; what its own figures say is held against each other elsewhere.
 */
export function paidBeyond(
  changes: BillChanges,
  about: { known: readonly KnownBill[]; found: Lines; postedFen: ReadonlyMap<string, number> },
): Question | undefined {
  const beyond = [...anewBeyond(changes, about.postedFen), ...paidBeyondPoints(changes, about)];
  const [first] = beyond;
  if (!first) return undefined;
  const { rowNumber, house, item, period, amountFen } = first.row;
  const code = houseInWords(houseCode(house));
  const [yuan, paid] = [formatYuan(amountFen), formatYuan(first.paidFen)];
  const line = {
    zh: `第 ${rowNumber} 行 ${code} ${period} ${item}`,
    en: `row ${rowNumber}, ${code} ${item} of ${period}`,
  };
  if (beyond.every(({ byPoints }) => byPoints === 0)) {
    return {
      code: 'paid-beyond',
      zh: `有 ${beyond.length} 笔账单改了金额，以前说的已收比新的金额还多，例如${line.zh}，新的是 ${yuan} 元，已收 ${paid} 元。这份文件没有写已收，导入后已收照旧。多收的钱由物业退给住户或另记`,
      en: `Bills whose new amount is less than what was received before: ${beyond.length}; ${line.en}, is ${yuan} now and ${paid} was received, for one. The file says nothing of payments, so what was received stands. The firm gives back or keeps for another bill what is too much`,
    };
  }
  const points = formatYuan(first.byPoints);
  return {
    code: 'paid-beyond',
    zh: `有 ${beyond.length} 笔账单，收的钱和已入账的抵扣加起来比应收还多，例如${line.zh}，应收 ${yuan} 元，收的钱 ${paid} 元，积分抵扣已入账 ${points} 元。多收的由物业退给住户或另记；抵扣本身超过新金额的，会成为差异，由两个人冲回`,
    en: `Bills paid by more than is due, in money and in points: ${beyond.length}; ${line.en}, is ${yuan}, ${paid} was received in money and ${points} paid in points, for one. The firm gives back or keeps for another bill what is too much; offsets that are more than a new amount become breaks for two people to reverse`,
  };
}

type Lines = readonly { row: BillRow; house: string }[];
type Beyond = { row: BillRow; paidFen: number; byPoints: number };

function anewBeyond({ added }: BillChanges, postedFen: ReadonlyMap<string, number>): Beyond[] {
  return added.flatMap((line) => {
    const { row, house, before } = line;
    const byPoints = postedFen.get(billLine({ ...row, house })) ?? 0;
    const paidFen = row.paidFen ?? before?.paidFen ?? 0;
    const isAsked = before && (row.paidFen === undefined || byPoints > 0);
    return isAsked && paidFen + byPoints > row.amountFen ? [{ row, paidFen, byPoints }] : [];
  });
}

/** Bills of the same amount, of which more was received than before. */
function paidBeyondPoints(
  { updated }: BillChanges,
  {
    known,
    found,
    postedFen,
  }: { known: readonly KnownBill[]; found: Lines; postedFen: ReadonlyMap<string, number> },
): Beyond[] {
  const news = new Map(updated.map(({ id, paidFen }) => [id, paidFen]));
  const lines = new ByLine<{ paidFen: number; byPoints: number }>();
  let count = 0;
  for (const bill of known) {
    const paidFen = news.get(bill.id) ?? 0;
    const byPoints = paidFen > bill.paidFen ? (postedFen.get(billLine(bill)) ?? 0) : 0;
    if (byPoints === 0 || paidFen + byPoints <= bill.amountFen) continue;
    lines.set(bill, { paidFen, byPoints });
    count += 1;
  }
  if (count === 0) return [];
  return found.flatMap(({ row, house }) => {
    const over = lines.get({ ...row, house });
    return over ? [{ row, ...over }] : [];
  });
}

/** Rows whose own figures do not agree. */
export function contradictions(rows: readonly BillRow[]): Question | undefined {
  let count = 0;
  let first: { rowNumber: number; figures: Contradiction } | undefined;
  let last: number | undefined;
  for (const { rowNumber, contradicts } of rows) {
    if (contradicts === undefined || rowNumber === last) continue;
    count += 1;
    last = rowNumber;
    first ??= { rowNumber, figures: contradicts };
  }
  if (!first) return undefined;
  const { rowNumber, figures } = first;
  const [due, paid] = [formatYuan(figures.sumFen), formatYuan(figures.paidFen)];
  const unpaid = figures.unpaidFen === undefined ? undefined : formatYuan(figures.unpaidFen);
  return {
    code: 'figures-contradict',
    zh: `有 ${count} 行自己的数字对不上，例如第 ${rowNumber} 行应收 ${due} 元，已收 ${paid} 元${unpaid === undefined ? '，收的比应收还多' : `，欠费 ${unpaid} 元`}。核对过，就按应收和已收导入`,
    en: `Rows whose own figures do not agree: ${count}; row ${rowNumber} has ${due} due and ${paid} received${unpaid === undefined ? ', more than is due' : `, and ${unpaid} unpaid`}, for one. They were checked and go by what is due and received`,
  };
}

export function moneyLeftOut({ leftOut = [] }: Parsed<BillRow>): Question | undefined {
  if (leftOut.length === 0) return undefined;
  const named = leftOut.slice(0, COLUMNS_NAMED);
  const more = leftOut.length > named.length;
  const zh = named.map(({ label, sumFen }) => `“${label}”（合计 ${formatYuan(sumFen)} 元）`).join('、');
  const en = named.map(({ label, sumFen }) => `“${label}” (${formatYuan(sumFen)} in all)`).join(', ');
  const changes = leftOut.some(({ changesDue }) => changesDue);
  return {
    code: 'money-left-out',
    zh: `这些列有金额，没有算进账单：${zh}${more ? '等' : ''}。${changes ? '账单按没有减去优惠的应收导入；' : ''}要算进去的，请在列对应里说明。不算，账单的金额就是对的`,
    en: `These columns hold money that is in no bill: ${en}${more ? ' and more' : ''}. ${changes ? 'Bills are taken in as due before any discount. ' : ''}What belongs to them is said in the column mapping. Without them the bills are right`,
  };
}

const COLUMNS_NAMED = 6;
