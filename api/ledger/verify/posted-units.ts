/**
 * Where the units of a book begin, in a few bits each: a book has millions, and what their keys must answer is read again
 * from their transactions. Ids of units that may have come before are kept, to be counted exactly.
 */
import type { Transaction } from '../core/transaction.ts';
import { IdSet } from './id-set.ts';
import { SeenTexts } from './seen-texts.ts';

/** No unit has so many transactions. */
const MOST_OF_A_UNIT = 100_000;

export class PostedUnits {
  /** The sequence numbers at which a unit begins, and of those the ones that gave a voucher's number. */
  readonly starts = new IdSet();
  readonly numbered = new IdSet();
  /** Ids that may stand for two units. */
  readonly doubtful = new Set<string>();
  readonly #seen = new SeenTexts();
  #unit: string | undefined;
  #top = 0;

  /** In `seq` order. */
  add({ seq, unitId, tallies }: Transaction): void {
    this.#top = seq;
    if (unitId === this.#unit) return;
    this.#unit = unitId;
    this.starts.add(seq);
    if (tallies.some(({ key }) => key.startsWith('number:'))) this.numbered.add(seq);
    if (this.#seen.add(unitId)) this.doubtful.add(unitId);
  }

  /** Asked for a key that says that its unit made nothing: to be counted when the unit may have. */
  doubt(unitId: string): void {
    if (this.#seen.has(unitId)) this.doubtful.add(unitId);
  }

  /** Whether one unit reaches from the one number to the other, and no further. */
  reaches(first: number, last: number): boolean {
    if (!this.starts.has(first) || last < first || last > this.#top || last - first > MOST_OF_A_UNIT)
      return false;
    for (let seq = first + 1; seq <= last; seq++) if (this.starts.has(seq)) return false;
    return last === this.#top || this.starts.has(last + 1);
  }
}
