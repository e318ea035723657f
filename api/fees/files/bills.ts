/** A firm's bills: one line a fee item (long), or the items of a house side by side (wide). */
import {
  bodyRows,
  columnWarnings,
  duplicateReason,
  fileProblem,
  findHeader,
  finish,
  FirstRows,
  isFileProblem,
  missingColumns,
  otherColumns,
  RowReader,
  ROWS_A_STEP,
  TotalCheck,
  type FileProblem,
  type Header,
  type Parsed,
  type RejectedRow,
  type Steps,
  type TableFile,
} from '../../platform/files/index.ts';
import {
  houseCode,
  LOST_ZEROS_WARNING,
  lostZeros,
  readHouse,
  type HouseReference,
} from '../../places/index.ts';
import { BILL_WORDS, itemColumns, type BillColumn, type ItemColumn } from './bill-columns.ts';
import { impliedPeriod } from './bill-period.ts';
import { itemTwice, otherAmount, PAID_OF_WHICH, type Reason } from './bill-reasons.ts';
import { feeItem } from './fee-item.ts';

/** One line of a bill. A wide sheet's row makes one line for each fee item that it charges. */
export type BillRow = {
  readonly rowNumber: number;
  readonly billNumber?: string;
  readonly house: HouseReference;
  readonly ownerName?: string;
  readonly phone?: string;
  /** The item by its one name (物业服务费), and as the file calls it (物业费). */
  readonly item: string;
  readonly itemText: string;
  /** `2026-11`. */
  readonly period: string;
  readonly amountFen: number;
  /** A 0.00 of a wide sheet, where every house has a cell for every item: it is news only where a bill stands. */
  readonly isNil?: true;
  readonly paidFen?: number;
  readonly unpaidFen?: number;
  readonly penaltyFen?: number;
  /** What the house owes from before. It belongs to the house: in a wide sheet each of its lines carries it. */
  readonly pastDueFen?: number;
  readonly dueDate?: string;
};

export type BillOptions = {
  /** The month of a sheet that has no month column, when a person has said it. */
  readonly period?: string;
};

export function parseBills(table: TableFile, options: BillOptions = {}): Parsed<BillRow> | FileProblem {
  return finish(billSteps(table, options));
}

/** The same in steps: `await inTurns(billSteps(table))` where others wait for their turn. */
export function* billSteps(
  table: TableFile,
  options: BillOptions = {},
): Steps<Parsed<BillRow> | FileProblem> {
  const header = findHeader(table, BILL_WORDS, ['room', 'item', 'amount']);
  if (isFileProblem(header)) return header;
  const items = header.columns.has('item') ? [] : itemColumns(header);
  const missing = missingColumns(
    header,
    BILL_WORDS,
    items.length > 0 ? ['room'] : ['room', 'item', 'amount'],
  );
  if (missing !== undefined) return missing;
  const period = header.columns.has('period')
    ? undefined
    : (options.period ?? impliedPeriod(table, header.row));
  if (typeof period === 'object') return period;

  const file = new BillFile(table, header, items, period);
  for (const row of bodyRows(table, header)) {
    if (row.kind === 'row') file.take(row.index);
    else file.totals.take(row, table.rows[row.index] ?? []);
    if (row.index % ROWS_A_STEP === 0) yield;
  }
  return file.finish();
}

const SIDE_AMOUNTS = ['paid', 'unpaid', 'penalty', 'pastDue'] as const;
type SharedCells = Omit<BillRow, 'house' | 'item' | 'itemText' | 'period' | 'amountFen'>;
type Charge = { readonly itemText: string; readonly amountFen: number };

class BillFile {
  readonly totals: TotalCheck;
  readonly #header: Header<BillColumn>;
  readonly #items: readonly ItemColumn[];
  readonly #period: string | undefined;
  readonly #reader: RowReader<BillColumn>;
  readonly #numbers = new FirstRows();
  readonly #lines = new FirstRows();
  /** What each row charges, by its number. */
  readonly #sums = new Map<number, number>();
  readonly #rows: BillRow[] = [];
  readonly #nils: BillRow[] = [];
  /** What any row charges, taken in or refused, and each 0.00 once. */
  readonly #said = new Set<string>();
  readonly #rejected: RejectedRow[] = [];
  #zerosLost = false;

  constructor(
    table: TableFile,
    header: Header<BillColumn>,
    items: readonly ItemColumn[],
    period: string | undefined,
  ) {
    this.#header = header;
    this.#items = items;
    this.#period = period;
    this.#reader = new RowReader(table, header);
    const amount = header.columns.get('amount') ?? -1;
    this.totals = new TotalCheck(
      items.length > 0 ? items : [{ column: amount, label: header.labels[amount] ?? '' }],
    );
  }

  take(index: number): void {
    this.#reader.turnTo(index);
    const lines = this.#readLines();
    this.#zerosLost ||= lostZeros(this.#reader);
    const rejected = this.#reader.rejected;
    // A wide row is refused whole: mended and sent again, none of its items comes in twice.
    if (rejected === undefined) for (const line of lines) (line.isNil ? this.#nils : this.#rows).push(line);
    else this.#rejected.push(rejected);
  }

  finish(): Parsed<BillRow> {
    const { totals, problems } = this.totals.finish();
    const nils = this.#nils.filter((line) => {
      const key = keyOf(line.house, line.item, line.period);
      return !this.#said.has(key) && this.#said.add(key);
    });
    if (this.#rows.length + nils.length + this.#rejected.length === 0) problems.push(fileProblem('no-rows'));
    const items = new Set(this.#items.map(({ label }) => label));
    const left = otherColumns(this.#header).filter((label) => !items.has(label));
    return {
      rows: [...this.#rows, ...nils],
      rejected: this.#rejected,
      problems,
      warnings: [
        ...this.#reader.warnings,
        ...(this.#zerosLost ? [LOST_ZEROS_WARNING] : []),
        ...columnWarnings(left),
      ],
      totals,
      headerRow: this.#header.row,
      implied: this.#period === undefined ? [] : [{ label: '计费月份', value: this.#period }],
    };
  }

  #readLines(): BillRow[] {
    const reader = this.#reader;
    const house = readHouse(reader);
    const period = this.#period ?? reader.period('period', { required: true });
    const billNumber = reader.text('billNumber');
    const shared = this.#sharedCells(billNumber);
    const all = this.#items.length > 0 ? this.#wideCharges() : this.#longCharge();
    const charges = this.#items.length > 0 ? all.filter(({ amountFen }) => amountFen !== 0) : all;
    if (house === undefined || period === undefined) return [];
    this.#checkDuplicates(house, period, billNumber, charges);
    const paidOf = this.#received(charges, shared.paidFen);
    const nils = all.filter((charge) => !charges.includes(charge));
    const { rowNumber } = shared;
    return [
      ...charges.map((charge) => {
        const { itemText, amountFen } = charge;
        const paid = paidOf && { paidFen: paidOf(charge) };
        return { ...shared, ...paid, house, item: feeItem(itemText), itemText, period, amountFen };
      }),
      ...nils.map(({ itemText, amountFen }) => {
        const line = { rowNumber, house, item: feeItem(itemText), itemText, period, amountFen };
        return { ...line, isNil: true as const };
      }),
    ];
  }

  /** What was received of each item of a row: nothing or all of it; which item a part of it was for is not ours to guess. */
  #received(
    charges: readonly Charge[],
    paidFen: number | undefined,
  ): ((charge: Charge) => number) | undefined {
    if (charges.length < 2 || paidFen === undefined || paidFen === 0) return undefined;
    const sumFen = charges.reduce((sum, { amountFen }) => sum + amountFen, 0);
    if (paidFen === sumFen) return ({ amountFen }) => amountFen;
    this.#reader.refuse('paid', this.#reader.text('paid'), PAID_OF_WHICH);
    return undefined;
  }

  /** What every line of the row carries. Cells that are empty are left out. */
  #sharedCells(billNumber: string): SharedCells {
    const reader = this.#reader;
    const shared: { -readonly [Name in keyof SharedCells]: SharedCells[Name] } = {
      rowNumber: reader.rowNumber,
    };
    const ownerName = reader.text('name');
    const phone = reader.phone('phone');
    const dueDate = reader.date('dueDate');
    if (billNumber !== '') shared.billNumber = billNumber;
    if (ownerName !== '') shared.ownerName = ownerName;
    if (phone !== undefined) shared.phone = phone;
    if (dueDate !== undefined) shared.dueDate = dueDate;
    for (const name of SIDE_AMOUNTS) {
      const amountFen = reader.amount(name);
      if (amountFen !== undefined) shared[`${name}Fen`] = amountFen;
    }
    return shared;
  }

  #longCharge(): Charge[] {
    const itemText = this.#reader.text('item', { required: true });
    const amountFen = this.#reader.amount('amount', { required: true });
    this.totals.add(this.#header.columns.get('amount') ?? -1, amountFen);
    return itemText === '' || amountFen === undefined ? [] : [{ itemText, amountFen }];
  }

  #wideCharges(): Charge[] {
    const charges: Charge[] = [];
    let sumFen = 0;
    for (const { column, label } of this.#items) {
      const amountFen = this.#reader.amountAt(column, label);
      this.totals.add(column, amountFen);
      sumFen += amountFen ?? 0;
      if (amountFen !== undefined) charges.push({ itemText: label, amountFen });
    }
    const total = this.#header.columns.has('rowTotal') ? 'rowTotal' : 'amount';
    const saidFen = this.#reader.amount(total);
    if (saidFen !== undefined && saidFen !== sumFen)
      this.#reader.refuse(total, this.#reader.text(total), {
        code: 'row-total-differs',
        zh: '和本行各项费用相加不一致',
        en: 'this is not the sum of the items in the row',
      });
    return charges;
  }

  /** One bill number is one bill, and a house has one line for an item and a month. */
  #checkDuplicates(
    house: HouseReference,
    period: string,
    billNumber: string,
    charges: readonly Charge[],
  ): void {
    const reader = this.#reader;
    const items = charges.map(({ itemText }) => feeItem(itemText));
    const sumFen = charges.reduce((sum, { amountFen }) => sum + amountFen, 0);
    const sameNumber =
      billNumber === '' ? undefined : this.#numbers.see([billNumber, ...items], reader.rowNumber);
    if (sameNumber !== undefined) reader.refuse('billNumber', billNumber, this.#twice(sameNumber, sumFen));
    this.#sums.set(reader.rowNumber, sumFen);
    for (const item of items) {
      const key = [house.estate ?? '', houseCode(house), item, period];
      this.#said.add(keyOf(house, item, period));
      const earlier = this.#lines.see(key, reader.rowNumber);
      if (earlier === undefined || sameNumber !== undefined) continue;
      const text = `${houseCode(house)} ${item} ${period}`;
      reader.refuse('item', text, billNumber === '' ? this.#twice(earlier, sumFen) : itemTwice(earlier));
    }
  }

  #twice(earlier: number, sumFen: number): Reason {
    const before = this.#sums.get(earlier) ?? sumFen;
    return before === sumFen ? duplicateReason(earlier) : otherAmount(earlier, before);
  }
}

function keyOf(house: HouseReference, item: string, period: string): string {
  return [house.estate ?? '', houseCode(house), item, period].join('|');
}
