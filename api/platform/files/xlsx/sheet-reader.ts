import { fileProblem, type FileProblem } from '../file-problems.ts';
import { LIMITS } from '../limits.ts';
import { plainNumber, shownWithCents } from '../plain-number.ts';
import { TableBuilder } from '../table-builder.ts';
import { CellSet, RoundedCells, type Merge } from '../table.ts';
import { dateText } from './number-formats.ts';
import { MOST_STORED, TextRuns, unescapeText } from './text-runs.ts';
import type { Workbook } from './workbook.ts';
import type { PartReader } from './zip-parts.ts';

/** Reads the rows of one worksheet as they stream by. Rows and cells may leave out their references; then they count on. */
export class SheetReader implements PartReader {
  readonly numbers = new CellSet();
  readonly rounded = new RoundedCells();
  readonly merges: Merge[] = [];
  readonly #workbook: Workbook;
  readonly #strings: readonly string[];
  readonly #builder = new TableBuilder();
  readonly #runs = new TextRuns();
  readonly #most: number;
  #filled = 0;
  #problem: FileProblem | undefined;
  #row = -1;
  #cells: string[] = [];
  #column = -1;
  #type = 'n';
  #style = 0;
  #inside: 'v' | 'f' | undefined;
  #value = '';
  #formula: string | undefined;

  /** `most`: rows after so many are only counted. */
  constructor(workbook: Workbook, strings: readonly string[], most = Infinity) {
    this.#workbook = workbook;
    this.#strings = strings;
    this.#most = most;
  }

  /** How many rows hold something. */
  get filled(): number {
    return this.#filled;
  }

  get rows(): readonly (readonly string[])[] {
    return this.#builder.rows;
  }

  readonly problem = (): FileProblem | undefined => this.#problem;

  readonly open = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (this.#problem !== undefined) return;
    if (name === 'c') this.#openCell(attributes);
    else if (name === 'v') this.#inside = 'v';
    else if (name === 'f') {
      this.#inside = 'f';
      this.#formula = '';
    } else if (name === 'row') this.#openRow(attributes['r']);
    else if (name === 'mergeCell') this.#takeMerge(attributes['ref'] ?? '');
    else this.#runs.open(name);
  };

  readonly text = (text: string): void => {
    if (this.#inside === 'v') this.#value = longer(this.#value, text);
    else if (this.#inside === 'f') this.#formula = longer(this.#formula ?? '', text);
    else this.#runs.add(text);
  };

  readonly close = (name: string): void => {
    if (this.#problem !== undefined) return;
    if (name === 'v' || name === 'f') this.#inside = undefined;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#closeRow();
    else this.#runs.close(name);
  };

  #openRow(reference: string | undefined): void {
    const next = reference === undefined ? this.#row + 1 : Number(reference) - 1;
    // Rows come in order; one out of order would overwrite another.
    if (!Number.isSafeInteger(next) || next <= this.#row) this.#problem = fileProblem('broken-xlsx');
    this.#row = next;
    this.#cells = [];
    this.#column = -1;
  }

  #closeRow(): void {
    if (this.#cells.some((text) => text !== '')) this.#filled += 1;
    if (this.#row < this.#most) this.#problem ??= this.#builder.take(this.#row, this.#cells);
  }

  #openCell(attributes: Readonly<Record<string, string>>): void {
    const reference = attributes['r'];
    this.#column = reference === undefined ? this.#column + 1 : columnOf(reference);
    this.#type = attributes['t'] ?? 'n';
    this.#style = Number(attributes['s'] ?? 0);
    this.#value = '';
    this.#formula = undefined;
  }

  #closeCell(): void {
    const text = this.#cellText();
    if (text === '') return;
    if (this.#column < 0) this.#problem = fileProblem('broken-xlsx');
    else if (this.#column >= LIMITS.columns) this.#problem = fileProblem('too-many-columns', this.#row + 1);
    else {
      while (this.#cells.length < this.#column) this.#cells.push('');
      this.#cells[this.#column] = text;
    }
  }

  #cellText(): string {
    if (this.#type === 'inlineStr') return this.#runs.take();
    if (this.#value === '') return this.#formula === undefined ? '' : `=${this.#formula}`;
    if (this.#type === 's') return this.#strings[Number(this.#value)] ?? '';
    if (this.#type === 'str') return unescapeText(this.#value);
    if (this.#type === 'b') return this.#value === '1' ? 'TRUE' : 'FALSE';
    if (this.#type === 'd') return this.#value.replace('T', ' ').replace(/ 00:00:00(?:\.0+)?Z?$/, '');
    return this.#type === 'n' ? this.#numberText() : this.#value;
  }

  #numberText(): string {
    const meaning = this.#workbook.styles[this.#style] ?? 'number';
    if (meaning === 'date') return dateText(this.#value, this.#workbook.from1904);
    const text = plainNumber(this.#value);
    if (typeof meaning === 'object' && 'digits' in meaning && /^\d+$/.test(text))
      return text.padStart(meaning.digits, '0');
    if (this.#column >= 0 && this.#column < LIMITS.columns && this.#row < Math.min(LIMITS.rows, this.#most))
      this.numbers.add(this.#row, this.#column);
    // What the sheet shows is what was meant: an area times a price has more places than money has.
    const shown = typeof meaning === 'object' && 'decimals' in meaning ? shownWithCents(text) : undefined;
    if (shown === undefined) return text;
    if (this.#row < this.#most) this.rounded.add(this.#row, this.#column, shown.restCents);
    return shown.text;
  }

  #takeMerge(reference: string): void {
    const found = /^\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)$/.exec(reference);
    if (found === null) return;
    if (this.merges.length >= LIMITS.merges) this.#problem = fileProblem('too-many-merges');
    const [, left = '', top = '', right = '', bottom = ''] = found;
    this.merges.push({
      top: Number(top) - 1,
      left: columnOf(left),
      bottom: Number(bottom) - 1,
      right: columnOf(right),
    });
  }
}

/** Once it is more than a cell may hold, the rest is left: the cell is refused either way. */
function longer(held: string, text: string): string {
  return held.length > MOST_STORED ? held : held + text;
}

/** `AB12` as 27; -1 when there are no letters. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length && at < 4; at += 1) {
    const code = reference.charCodeAt(at);
    if (code < 65 || code > 90) break;
    column = column * 26 + (code - 64);
  }
  return column - 1;
}
