/** Reads the rows of a file of bills one after another, and gathers what it says. */
import {
  columnWarnings,
  duplicateReason,
  fileProblem,
  FirstRows,
  isSum,
  otherColumns,
  RowReader,
  SharedTexts,
  TotalCheck,
  type Header,
  type Parsed,
  type RejectedRow,
  type TableFile,
} from '../../platform/files/index.ts';
import {
  houseCode,
  LOST_ZEROS_WARNING,
  lostZeros,
  readHouse,
  writtenHouse,
  type HouseReference,
} from '../../places/index.ts';
import { splitMonths } from '../../programme/index.ts';
import type { BillColumn, ItemColumn } from './bill-columns.ts';
import type { BillHeader } from './bill-mapping.ts';
import { sayImplied, type GivenMonths } from './bill-period.ts';
import { itemTwice, otherAmount, PAID_AHEAD, PAID_OF_WHICH, type Reason } from './bill-reasons.ts';
import { lineOf, type OpenCells } from './bill-cells.ts';
import type { BillRow } from './bills.ts';
import { contradictionIn, isCompared } from './contradiction.ts';
import { feeItem } from './fee-item.ts';
import { ItemSums } from './item-sums.ts';
import { countBalance, countPrepaid } from './prepaid.ts';

type Given = {
  readonly months: GivenMonths | undefined;
  readonly decided: ReadonlyMap<string, HouseReference> | undefined;
};
const SIDE_AMOUNTS = ['paid', 'unpaid', 'penalty', 'pastDue'] as const;
type Charge = { readonly itemText: string; readonly amountFen: number };

export class BillFile {
  readonly totals: TotalCheck;
  readonly #header: Header<BillColumn>;
  readonly #items: readonly ItemColumn[];
  readonly #isMapped: boolean;
  readonly #months: GivenMonths | undefined;
  readonly #decided: ReadonlyMap<string, HouseReference> | undefined;
  readonly #ofDecisions: ReadonlySet<HouseReference>;
  readonly #houseTexts = new SharedTexts();
  readonly #itemSums = new ItemSums();
  readonly #reader: RowReader<BillColumn>;
  readonly #numbers = new FirstRows();
  readonly #lines = new FirstRows();
  /** What each row charges, by its number. */
  readonly #sums: number[] = [];
  readonly #rows: BillRow[] = [];
  readonly #nils: BillRow[] = [];
  /** What any row charges, taken in or refused, and each 0.00 once. */
  readonly #said = new Set<string>();
  readonly #rejected: RejectedRow[] = [];
  #zerosLost = false;

  constructor(table: TableFile, { header, items, isMapped }: BillHeader, { months, decided }: Given) {
    this.#header = header;
    this.#items = items;
    this.#isMapped = isMapped === true;
    this.#months = months;
    this.#decided = decided;
    this.#ofDecisions = new Set(decided?.values());
    this.#reader = new RowReader(table, header);
    const amount = header.columns.get('amount') ?? -1;
    this.totals = new TotalCheck(
      items.length > 0 ? items : [{ column: amount, label: header.labels[amount] ?? '' }],
      items.length > 0 ? undefined : this.#itemSums.named,
    );
  }

  take(index: number): void {
    this.#reader.turnTo(index);
    const lines = this.#readLines();
    this.#zerosLost ||= lostZeros(this.#reader);
    const rejected = this.#reader.rejected;
    // A wide row is refused whole: mended and sent again, none of its items comes in twice.
    if (rejected === undefined) for (const line of lines) (line.isNil ? this.#nils : this.#rows).push(line);
    else this.#rejected.push(this.#withHouse(rejected));
  }

  #withHouse(rejected: RejectedRow): RejectedRow {
    if (!rejected.reasons.some(({ code }) => code === 'house-unreadable')) return rejected;
    const [building, unit, room] = (['building', 'unit', 'room'] as const).map((name) =>
      this.#reader.text(name),
    );
    return {
      ...rejected,
      written: writtenHouse({ building: building ?? '', unit: unit ?? '', room: room ?? '' }),
    };
  }

  finish(): Parsed<BillRow> {
    const { totals, problems, warnings } = this.totals.finish();
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
        ...warnings,
        ...this.#reader.warnings,
        ...(this.#zerosLost ? [LOST_ZEROS_WARNING] : []),
        ...columnWarnings(left),
      ],
      totals: { ...totals, items: this.#itemSums.finish(this.totals, totals) },
      headerRow: this.#header.row,
      implied: this.#months === undefined ? [] : [sayImplied(this.#months)],
    };
  }

  #readLines(): BillRow[] {
    const reader = this.#reader;
    const house = this.#readHouse();
    const months = this.#months?.period ?? reader.period('period', { required: true });
    const billNumber = reader.text('billNumber');
    const shared = this.#sharedCells(billNumber);
    const all = this.#items.length > 0 ? this.#wideCharges() : this.#longCharge();
    const charges = this.#items.length > 0 ? all.filter(({ amountFen }) => amountFen !== 0) : all;
    if (house === undefined || months === undefined) return [];
    const { period, periodTo } = splitMonths(months);
    if (periodTo !== null) shared.periodTo = periodTo;
    this.#checkDuplicates(house, period, billNumber, charges);
    this.#countPrepaid(charges, shared);
    const contradicts = contradictionIn(sumOf(charges), shared);
    if (contradicts) shared.contradicts = contradicts;
    else if (isCompared(shared)) shared.unpaidAgrees = true;
    const paidOf = this.#received(charges, shared.paidFen);
    const nils = all.filter((charge) => !charges.includes(charge));
    const { rowNumber } = shared;
    const ofMonths = { rowNumber, house, period, ...(periodTo !== null && { periodTo }) };
    return [
      ...charges.map((charge) => {
        const { itemText, amountFen } = charge;
        const own = { house, item: feeItem(itemText), itemText, period, amountFen };
        return lineOf(own, paidOf ? { ...shared, paidFen: paidOf(charge) } : shared);
      }),
      ...nils.map(({ itemText, amountFen }) => {
        const line = { ...ofMonths, item: feeItem(itemText), itemText, amountFen };
        return { ...line, isNil: true as const };
      }),
    ];
  }

  /** The parts of a name come again and again: a few buildings, and the same rooms in each. */
  #readHouse(): HouseReference | undefined {
    const house = readHouse(this.#reader, this.#decided);
    // One that a person decided is known by being that very one.
    if (house === undefined || this.#ofDecisions.has(house)) return house;
    const { building, unit, room } = house;
    const texts = this.#houseTexts;
    const own = { building: texts.share(building), unit: texts.share(unit), room: texts.share(room) };
    return house.estate === undefined ? own : { ...own, estate: texts.share(house.estate) };
  }

  /** Which of what was paid ahead counts as paid, and whether that is to be asked. */
  #countPrepaid(charges: readonly Charge[], shared: OpenCells): void {
    const reader = this.#reader;
    const sumFen = sumOf(charges);
    for (const [name, count] of [
      ['prepaid', countPrepaid],
      ['balance', countBalance],
    ] as const) {
      const aheadFen = reader.amount(name, { negative: name === 'balance' });
      if (aheadFen === undefined) continue;
      const { paidFen, unpaidFen, penaltyFen } = shared;
      const counted = count(aheadFen, { sumFen, paidFen, unpaidFen, penaltyFen });
      if (counted.warn) reader.warn(name, reader.text(name), counted.warn);
      if (counted.refuse) reader.refuse(name, reader.text(name), counted.refuse);
      if (counted.paidFen !== undefined) shared.paidFen = counted.paidFen;
      // Who mapped the column has said which of the two it is.
      if (counted.ask && (name === 'prepaid' || !this.#isMapped)) shared[`${name}Fen`] = aheadFen;
    }
  }

  /** What was received of each item of a row: nothing or all of it; which item a part of it was for is not ours to guess. */
  #received(
    charges: readonly Charge[],
    paidFen: number | undefined,
  ): ((charge: Charge) => number) | undefined {
    if (charges.length < 2 || paidFen === undefined || paidFen === 0) return undefined;
    const sumFen = sumOf(charges);
    if (paidFen === sumFen) return ({ amountFen }) => amountFen;
    // What was paid ahead may be all of it: then it is that cell which says too little.
    const cell =
      (['paid', 'prepaid'] as const).find((name) => (this.#reader.amount(name) ?? 0) > 0) ?? 'balance';
    this.#reader.refuse(cell, this.#reader.text(cell), PAID_OF_WHICH);
    return undefined;
  }

  /** What every line of the row carries. Cells that are empty are left out. */
  #sharedCells(billNumber: string): OpenCells {
    const reader = this.#reader;
    const shared: OpenCells = {
      rowNumber: reader.rowNumber,
    };
    // A bill is the house's: who lives there and their phone are in the roster. That one is spoilt is still worth a word.
    reader.phone('phone');
    const dueDate = reader.date('dueDate');
    if (billNumber !== '') shared.billNumber = billNumber;
    if (dueDate !== undefined) shared.dueDate = dueDate;
    for (const name of SIDE_AMOUNTS) {
      const amountFen = reader.amount(name, { negative: name === 'pastDue' || name === 'unpaid' });
      if (amountFen !== undefined) shared[`${name}Fen`] = amountFen;
    }
    // Owed less than nothing: the house has paid ahead, and has no arrears.
    if (shared.pastDueFen !== undefined && shared.pastDueFen < 0) {
      reader.warn('pastDue', reader.text('pastDue'), PAID_AHEAD);
      shared.pastDueFen = 0;
    }
    return shared;
  }

  #longCharge(): Charge[] {
    const itemText = this.#reader.text('item', { required: true });
    const amountFen = this.#reader.amount('amount', { required: true });
    const column = this.#header.columns.get('amount') ?? -1;
    const rest = this.#reader.restAt(column);
    this.totals.add(column, amountFen, rest);
    this.#itemSums.add(itemText, amountFen, rest);
    return itemText === '' || amountFen === undefined ? [] : [{ itemText, amountFen }];
  }

  #wideCharges(): Charge[] {
    const charges: Charge[] = [];
    let sumFen = 0;
    let restFen = 0;
    for (const { column, label } of this.#items) {
      const amountFen = this.#reader.amountAt(column, label);
      const rest = this.#reader.restAt(column);
      this.totals.add(column, amountFen, rest);
      this.#itemSums.add(label, amountFen, rest);
      sumFen += amountFen ?? 0;
      restFen += rest;
      if (amountFen !== undefined) charges.push({ itemText: label, amountFen });
    }
    const total = this.#header.columns.has('rowTotal') ? 'rowTotal' : 'amount';
    const saidFen = this.#reader.amount(total);
    if (saidFen !== undefined && !isSum(saidFen, { fen: sumFen, restFen }))
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
    const sumFen = sumOf(charges);
    const sameNumber =
      billNumber === '' ? undefined : this.#numbers.see([...items, billNumber], reader.rowNumber);
    if (sameNumber !== undefined) reader.refuse('billNumber', billNumber, this.#twice(sameNumber, sumFen));
    this.#sums[reader.rowNumber] = sumFen;
    for (const item of items) {
      const key = [house.estate ?? '', item, period, houseCode(house)];
      if (this.#items.length > 0) this.#said.add(keyOf(house, item, period));
      const earlier = this.#lines.see(key, reader.rowNumber);
      if (earlier === undefined || sameNumber !== undefined) continue;
      const text = `${houseCode(house)} ${item} ${period}`;
      reader.refuse('item', text, billNumber === '' ? this.#twice(earlier, sumFen) : itemTwice(earlier));
    }
  }

  #twice(earlier: number, sumFen: number): Reason {
    const before = this.#sums[earlier] ?? sumFen;
    return before === sumFen ? duplicateReason(earlier) : otherAmount(earlier, before);
  }
}

function sumOf(charges: readonly Charge[]): number {
  return charges.reduce((sum, { amountFen }) => sum + amountFen, 0);
}

function keyOf(house: HouseReference, item: string, period: string): string {
  return [house.estate ?? '', houseCode(house), item, period].join('|');
}
