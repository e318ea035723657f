/**
 * Our offsets by their numbers, and the firm's rows under them. Of a district there are as many numbers as rows, and to look
 * one up is what takes longest: it is done once for each row, and everything else goes by places in the two lists.
 */
import type { OurOffset, PostedRow } from './reconciliation.ts';

export class OffsetsByNumber {
  readonly offsets: readonly OurOffset[];
  readonly #places = new Map<string, number>();

  constructor(offsets: readonly OurOffset[]) {
    this.offsets = offsets;
    for (const [at, { number }] of offsets.entries()) this.#places.set(number, at);
    if (this.#places.size !== offsets.length) throw new RangeError('two offsets carry the same number');
  }

  placeOf(number: string): number | undefined {
    return this.#places.get(number);
  }

  get(number: string): OurOffset | undefined {
    const at = this.#places.get(number);
    return at === undefined ? undefined : this.offsets[at];
  }
}

const NONE = -1;
const NO_ROWS: readonly PostedRow[] = [];

export class UnderNumbers {
  /** Under no number of ours, in the order of the list. */
  readonly nobodys: PostedRow[] = [];
  readonly #rows: readonly PostedRow[];
  /** Of each offset its first row, and of each row the next one of its offset. */
  readonly #first: Int32Array;
  readonly #next: Int32Array;

  constructor(ours: OffsetsByNumber, rows: readonly PostedRow[]) {
    this.#rows = rows;
    this.#first = new Int32Array(ours.offsets.length).fill(NONE);
    this.#next = new Int32Array(rows.length).fill(NONE);
    const last = new Int32Array(ours.offsets.length).fill(NONE);
    for (const [at, row] of rows.entries()) {
      const of = ours.placeOf(row.offsetNumber);
      if (of === undefined) {
        this.nobodys.push(row);
        continue;
      }
      const before = last[of] ?? NONE;
      if (before === NONE) this.#first[of] = at;
      else this.#next[before] = at;
      last[of] = at;
    }
  }

  /** The row of an offset that has one and no more, as nearly each of a district has: no list is made of it. */
  onlyRowOf(offset: number): PostedRow | undefined {
    const at = this.#first[offset] ?? NONE;
    return at === NONE || this.#next[at] !== NONE ? undefined : this.#rows[at];
  }

  /** In the order of the list; the offset by its place. */
  rowsOf(offset: number): readonly PostedRow[] {
    let at = this.#first[offset] ?? NONE;
    if (at === NONE) return NO_ROWS;
    const found: PostedRow[] = [];
    for (; at !== NONE; at = this.#next[at] ?? NONE) {
      const row = this.#rows[at];
      if (row) found.push(row);
    }
    return found;
  }
}
