import { parseAmountUnder } from './amount-unit.ts';
import { parseDate, parsePhone, type CellReason, type CellValue } from './cell-values.ts';
import { cleanCell } from './clean-text.ts';
import type { Header } from './header.ts';
import { parseMonths } from './month-span.ts';
import { mergedReader, type CellReader } from './merged-cells.ts';
import type { RejectedRow, RowReason, RowWarning } from './parsed.ts';
import type { TableFile } from './table.ts';

const REMEMBERED = 1_000;

type Presence = { readonly required?: boolean };

/** Reads the cells of one row by their names and gathers every reason, so that a row is mended in one go. */
export class RowReader<Name extends string> {
  readonly #table: TableFile;
  readonly #header: Header<Name>;
  readonly #cell: CellReader;
  readonly warnings: RowWarning[] = [];
  readonly #dates = new Map<string, CellValue<string>>();
  readonly #periods = new Map<string, CellValue<string>>();
  #row = 0;
  #reasons: RowReason[] = [];

  constructor(table: TableFile, header: Header<Name>) {
    this.#table = table;
    this.#header = header;
    this.#cell = mergedReader(table);
  }

  /** Turns to the row with this index, from 0. */
  turnTo(row: number): void {
    this.#row = row;
    this.#reasons = [];
  }

  get rowNumber(): number {
    return this.#row + 1;
  }

  get rejected(): RejectedRow | undefined {
    if (this.#reasons.length === 0) return undefined;
    return { rowNumber: this.rowNumber, reasons: this.#reasons, cells: this.#table.rows[this.#row] ?? [] };
  }

  /** Names and houses: a cell merged downwards counts for every row it covers. */
  text(name: Name, presence: Presence = {}): string {
    const column = this.#header.columns.get(name);
    const text = column === undefined ? '' : cleanCell(this.#cell(this.#row, column));
    if (text === '' && presence.required === true) this.#missing(name);
    return text;
  }

  /** Whether Excel holds this cell as a number. */
  isNumber(name: Name): boolean {
    const column = this.#header.columns.get(name);
    return column !== undefined && this.#table.numbers.has(this.#row, column);
  }

  date(name: Name, presence: Presence = {}): string | undefined {
    return this.#read(name, presence, (text) => this.#once(this.#dates, text, parseDate));
  }

  /** A month, or several as `2026-01~2026-12`. */
  period(name: Name, presence: Presence = {}): string | undefined {
    return this.#read(name, presence, (text) => this.#once(this.#periods, text, parseMonths));
  }

  /** Never taken from a merged cell: one amount over three rows is not three amounts. */
  amount(name: Name, form: Presence & { readonly negative?: boolean } = {}): number | undefined {
    const column = this.#header.columns.get(name);
    const text = column === undefined ? '' : cleanCell(this.#table.rows[this.#row]?.[column] ?? '');
    const label = this.#label(name);
    return this.#take(name, text, form, (cell) =>
      parseAmountUnder(label, cell, { negative: form.negative ?? false }),
    );
  }

  /** What the cell of an amount holds beyond the two places that it shows, in fen. */
  restAt(column: number): number {
    return this.#table.rounded?.at(this.#row, column) ?? 0;
  }

  /** An amount in a column that has no name of ours, such as one fee item of several. */
  amountAt(column: number, field: string): number | undefined {
    const text = cleanCell(this.#table.rows[this.#row]?.[column] ?? '');
    if (text === '' || isDash(text)) return undefined;
    const parsed = parseAmountUnder(field, text);
    if ('value' in parsed) return parsed.value;
    this.#reasons.push(worded(field, field, text, parsed.reason));
    return undefined;
  }

  /** A phone that is spoilt is left out with a warning: the row itself is still right. */
  phone(name: Name): string | undefined {
    const text = this.text(name);
    if (text === '' || isDash(text)) return undefined;
    const parsed = parsePhone(text);
    if ('value' in parsed) return parsed.value;
    this.warn(name, text, parsed.reason);
    return undefined;
  }

  /** Said beside the row, which is taken all the same. */
  warn(name: Name, text: string, reason: CellReason): void {
    this.warnings.push({ rowNumber: this.rowNumber, ...this.#reason(name, text, reason) });
  }

  refuse(name: Name, text: string, reason: CellReason): void {
    this.#reasons.push(this.#reason(name, text, reason));
  }

  #read<Value>(name: Name, presence: Presence, parse: (text: string) => CellValue<Value>): Value | undefined {
    return this.#take(name, this.text(name), presence, parse);
  }

  #take<Value>(
    name: Name,
    text: string,
    presence: Presence,
    parse: (text: string) => CellValue<Value>,
  ): Value | undefined {
    if (text === '' || isDash(text)) {
      if (presence.required === true) this.#missing(name);
      return undefined;
    }
    const parsed = parse(text);
    if ('value' in parsed) return parsed.value;
    this.refuse(name, text, parsed.reason);
    return undefined;
  }

  /** A column has few months and days, and each row would otherwise keep a text of its own. */
  #once(
    known: Map<string, CellValue<string>>,
    text: string,
    parse: (text: string) => CellValue<string>,
  ): CellValue<string> {
    const before = known.get(text);
    if (before !== undefined) return before;
    const parsed = parse(text);
    if (known.size < REMEMBERED) known.set(text, parsed);
    return parsed;
  }

  #missing(name: Name): void {
    this.#reasons.push({
      code: 'missing',
      field: name,
      zh: `“${this.#label(name)}”没有填`,
      en: `“${this.#label(name)}” is empty`,
    });
  }

  #reason(name: Name, text: string, reason: CellReason): RowReason {
    return worded(name, this.#label(name), text, reason);
  }

  #label(name: Name): string {
    const column = this.#header.columns.get(name);
    return (column === undefined ? undefined : this.#header.labels[column]) || name;
  }
}

/** The reason with the column's word and what stands in the cell: 应收金额“1e9”：…… */
function worded(field: string, label: string, text: string, reason: CellReason): RowReason {
  const quoted = text === '' ? '' : `“${text.slice(0, 40)}”`;
  return {
    code: reason.code,
    field,
    zh: `${label}${quoted}：${reason.zh}`,
    en: `${label}${quoted === '' ? '' : ` ${quoted}`}: ${reason.en}`,
  };
}

/** Accounts show nothing as a dash. */
export function isDash(text: string): boolean {
  return /^[-‐-―—－/]+$/.test(text);
}
