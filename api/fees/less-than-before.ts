/** What a file of bills no longer says that an earlier one did: money that was received, and whole bills. */
import type { Engine } from '../db/index.ts';
import { getHouses, houseCode, houseInWords, type Question } from '../places/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { billLine, billOf, ByLine, type BillChanges, type KnownBill } from './plan-bills.ts';
import type { BillsRead } from './read-bills.ts';

const NAMED = 10;

/** `takenOff`: by line, points that a file is the first to have taken off what was received. */
export function paidLess(
  { added, updated }: BillChanges,
  known: readonly KnownBill[],
  takenOff: ReadonlyMap<string, number>,
): Question | undefined {
  const bills = new Map(known.map((bill) => [bill.id, bill]));
  const now = [
    ...updated.map(({ id, paidFen }) => ({ before: bills.get(id), paidFen })),
    ...added.map((line) => ({ before: line.before, paidFen: billOf(line).paidFen })),
  ];
  const less = now.flatMap(({ before, paidFen }) => {
    if (before?.state !== 'open') return [];
    const saidFen = paidFen + (takenOff.get(billLine(before)) ?? 0);
    return saidFen < before.paidFen ? [{ before, saidFen, paidFen }] : [];
  });
  const [first] = less;
  if (!first) return undefined;
  const sum = formatYuan(less.reduce((fen, { before, saidFen }) => fen + before.paidFen - saidFen, 0));
  const { item, period, paidFen } = first.before;
  const [was, is] = [formatYuan(paidFen), formatYuan(first.saidFen)];
  return {
    code: 'paid-less',
    zh: `有 ${less.length} 笔账单的已收变少，一共少 ${sum} 元，例如 ${period} ${item} 的一笔，以前是 ${was} 元，这份文件写 ${is} 元。导入后这些钱算没有收到，住户会显示欠费，欠费的不能抵扣。不是导出时漏了已收，这些钱确实退了或记错了`,
    en: `Bills of which less was received than before: ${less.length}, ${sum} less in all; a ${item} of ${period} had ${was} and has ${is} now, for one. This money then counts as not received; the residents are in arrears, and who is in arrears cannot put points in. What was received was not left out of the file: the money was given back or booked wrongly`,
  };
}

/** A file is a month's whole sheet where it has nine of ten bills of an item; a bill that it lacks was there before. */
export function missingBills(found: BillsRead['found'], known: readonly KnownBill[]): KnownBill[] {
  const lines = new ByLine<true>();
  const items = new Set<string>();
  for (const { row, house } of found) {
    lines.set({ ...row, house }, true);
    items.add(`${row.item}|${row.period}`);
  }
  const open = new Map<string, { count: number; missing: KnownBill[] }>();
  for (const bill of known) {
    const key = `${bill.item}|${bill.period}`;
    if (bill.state !== 'open' || !items.has(key)) continue;
    const of = open.get(key) ?? { count: 0, missing: [] };
    of.count += 1;
    if (!lines.get(bill)) of.missing.push(bill);
    open.set(key, of);
  }
  return [...open.values()].flatMap(({ count, missing }) =>
    missing.length * WHOLE_BUT <= count ? missing : [],
  );
}

const WHOLE_BUT = 10;

export async function billsMissing(
  engine: Engine,
  missing: readonly KnownBill[],
  offsets: number,
): Promise<Question | undefined> {
  if (missing.length === 0) return undefined;
  const named = missing.slice(0, NAMED);
  const houses = await getHouses(
    engine,
    named.map(({ house }) => house),
  );
  const listed = named.map(({ house, item, period, amountFen }) => {
    const found = houses.get(house);
    return `${found ? houseInWords(houseCode(found)) : ''} ${period} ${item} ${formatYuan(amountFen)}`;
  });
  const more = missing.length - named.length;
  const count = missing.length;
  const points = {
    zh: offsets > 0 ? `。其中有 ${offsets} 张抵扣单` : '',
    en: offsets > 0 ? `; offsets on them: ${offsets}` : '',
  };
  return {
    code: 'bills-missing',
    zh: `这份文件有当月几乎全部账单，却少了以前导入过的 ${count} 笔：${listed.join('、')}${more > 0 ? ` 等，还有 ${more} 笔` : ''}${points.zh}。文件里没有的账单照旧，不会自动作废；物业确实取消了的，请在账单上作废，或在文件里写 0.00。这几笔照旧`,
    en: `The file has almost all bills of the month and lacks some that were taken in before: ${count}; ${listed.join(', ')}${more > 0 ? ` and ${more} more` : ''}${points.en}. Bills that a file lacks stay as they are and are not cancelled by it; what the firm has cancelled is cancelled on the bill, or by 0.00 in a file. These stay as they are`,
  };
}
