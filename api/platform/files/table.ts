import type { FileProblem } from './file-problems.ts';
import { LIMITS } from './limits.ts';

/** A merged range, counted from 0, both ends included. Its text stands in its top left cell. */
export type Merge = {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
};

export type TableEncoding = 'utf-8' | 'utf-8-bom' | 'gb18030' | 'utf-16le' | 'utf-16be' | 'xlsx';

/**
 * One sheet as text, row for row as the file shows it: `rows[0]` is row 1. Rows end at their last filled cell.
 * Numbers are their shortest exact decimal, dates are ISO, a formula is its saved result (or its own text, from `=` on,
 * when the file holds no result).
 */
export type TableFile = {
  readonly fileName: string;
  readonly kind: 'csv' | 'xlsx';
  /** Of the file's bytes, in hex: the same file sent twice is recognised by it. */
  readonly sha256: string;
  readonly encoding: TableEncoding;
  /** The sheet that was read, and those beside it that hold something and whose header would do as well. A CSV has none. */
  readonly sheet: string;
  readonly otherSheets: readonly OtherSheet[];
  readonly rows: readonly (readonly string[])[];
  readonly merges: readonly Merge[];
  /** Cells that Excel holds as a number: a room read from one has lost its leading zeros. */
  readonly numbers: CellSet;
  /** What Excel keeps of cells beyond the two places that it shows. A CSV shows all it has. */
  readonly rounded?: RoundedCells;
};

/** `rows`: how many of it are filled, its header among them. */
export type OtherSheet = { readonly name: string; readonly rows: number };

export function isFileProblem(value: object): value is FileProblem {
  return 'code' in value && 'zh' in value;
}

/** A set of cells, one bit each, all rows in one piece: an array for each row would cost more than its text. */
export class CellSet {
  #bits = new Uint8Array(0);

  add(row: number, column: number): void {
    const byte = row * BYTES_A_ROW + (column >> 3);
    if (byte >= this.#bits.length) {
      const grown = new Uint8Array(Math.max(byte + BYTES_A_ROW, this.#bits.length * 2));
      grown.set(this.#bits);
      this.#bits = grown;
    }
    this.#bits[byte] = (this.#bits[byte] ?? 0) | (1 << (column & 7));
  }

  has(row: number, column: number): boolean {
    return (((this.#bits[row * BYTES_A_ROW + (column >> 3)] ?? 0) >> (column & 7)) & 1) === 1;
  }
}

/** For few cells of a sheet: those that hold more than is shown. */
export class RoundedCells {
  readonly #rests = new Map<number, number>();

  add(row: number, column: number, restCents: number): void {
    this.#rests.set(row * LIMITS.columns + column, restCents);
  }

  /** In hundredths, less than one: what is stored beyond what is shown, below zero where it was rounded up. */
  at(row: number, column: number): number {
    return this.#rests.get(row * LIMITS.columns + column) ?? 0;
  }
}

const BYTES_A_ROW = LIMITS.columns / 8;
