/**
 * What a list says of one offset that is settled, or not in the firm's hands, beside what earlier lists said of it: a row
 * that returns is set against the row that it takes back. Pure.
 */
import { inTime, isAfter, takeOut, takesBack, takesThePlace, type Line } from './row-order.ts';
import { sayingOf, type KeptRow, type NumberedOffset, type SaidRow, type ToldRow } from './said-row.ts';

/** Whether a row repeats the one that settled its offset, another that is settled, or none. */
export type Settling = 'settling' | 'kept' | 'new';

export type Wrong =
  /** Not the firm's to say: posted once more, too late, or though it was never handed over. */
  | { why: 'again' }
  /** Taken back here, and `fen` of it still in the firm's books. */
  | { why: 'kept'; fen: number }
  /** The firm has taken back `fen` of it, or all where it says no amount. */
  | { why: 'gone'; fen: number }
  /** The firm takes back what was written off before. */
  | { why: 'written-off' };

type Compared<Row> = {
  offset: NumberedOffset;
  rows: readonly Row[];
  settling: (row: Row) => Settling;
  /** The earlier row that it repeats, which may be written without the number. */
  before: (row: Row) => KeptRow | undefined;
  told: readonly ToldRow[];
  kept: readonly KeptRow[];
  drawnUpOn: string | null;
};

export class NumberInList<Row extends SaidRow> {
  readonly known = new Set<Row>();
  readonly wrong = new Map<Row, Wrong>();
  readonly bound = new Set<string>();
  readonly settled = new Set<string>();
  readonly #of: Compared<Row>;
  /** Told by earlier lists and not put right, and not in this list itself. */
  readonly #told: ToldRow[];

  constructor(of: Compared<Row>) {
    this.#of = of;
    const present = new Map<string, number>();
    for (const row of of.rows) {
      if (of.settling(row) !== 'new') continue;
      present.set(sayingOf(row), (present.get(sayingOf(row)) ?? 0) + 1);
    }
    this.#told = of.told.filter(({ row }) => {
      const same = present.get(sayingOf(row)) ?? 0;
      present.set(sayingOf(row), same - 1);
      return same <= 0;
    });
  }

  compare(): void {
    const { offset, rows, settling } = this.#of;
    // What was written off is the firm's own business.
    const posted = rows.filter((row) => row.state === 'posted' && settling(row) !== 'kept');
    for (const row of rows) if (row.state === 'posted' && settling(row) === 'kept') this.known.add(row);
    const returned = rows
      .filter((row) => row.state === 'returned')
      .toSorted((a, b) => Number(settling(a) === 'new') - Number(settling(b) === 'new') || inTime(a, b));
    if (offset.state === 'posted') this.#comparePosted(posted, returned);
    else if (offset.state === 'reversed') this.#compareReversed(posted, returned);
    else this.#compareOther(posted, returned);
    for (const row of rows) {
      if (row.state !== 'waiting' && row.state !== 'paid-otherwise') continue;
      if (offset.state !== 'posted' && offset.state !== 'held') this.known.add(row);
      else if (row.state === 'paid-otherwise') this.wrong.set(row, { why: 'again' });
      else this.#gone(row, offset.valueFen);
    }
  }

  /** One posting stands. */
  #comparePosted(posted: readonly Row[], returned: readonly Row[]): void {
    const { settling } = this.#of;
    const surplus = posted.filter((row) => settling(row) === 'new').toSorted(inTime);
    let standing = posted.find((row) => settling(row) === 'settling');
    if (standing) this.known.add(standing);
    const takers: Row[] = [];
    const pairs: { posted: Row; returned: Row }[] = [];
    const left: Row[] = [];
    for (const row of returned) {
      const back = takeOut(surplus, (each) => takesBack(row, each));
      const first = standing;
      if (back) pairs.push({ posted: back, returned: row });
      else if (first && takesBack(row, first)) {
        // Taken back before, and posted anew before: that one stands, and what is new is set against it.
        const next =
          settling(row) === 'new'
            ? undefined
            : takeOut(surplus, (each) => takesThePlace(each, { first, row }));
        if (!next) takers.push(row);
        else {
          this.#cancel(first, row);
          this.known.add(next);
          this.bound.add(next.id);
          standing = next;
        }
      } else left.push(row);
    }
    const takingBack = takers.toSorted(inTime).at(-1);
    left.push(...takers.filter((row) => row !== takingBack));
    // Taken back and posted anew: the later row stands in the place of the first.
    const anew = takingBack && takeOut(surplus, ({ amountFen }) => amountFen === standing?.amountFen);
    if (takingBack && anew) {
      pairs.push({ posted: anew, returned: takingBack });
      this.bound.add(anew.id);
    } else if (takingBack) {
      // Of several rows that take back, it is the one that is new which leaves nothing.
      const last = pairs.findLast((pair) => settling(pair.returned) === 'new');
      const isNew = last !== undefined && settling(takingBack) !== 'new';
      left.push(isNew ? last.returned : takingBack);
      if (isNew) last.returned = takingBack;
    }
    for (const pair of pairs) this.#cancel(pair.posted, pair.returned);
    // Sent once more without the first: what is known to have taken back has its own row, but for that of the one that stands.
    const spare = standing ? left.filter((row) => settling(row) !== 'new').slice(1) : left;
    for (const row of surplus) {
      const undone = takeOut(spare, ({ amountFen }) => amountFen === 0 || amountFen === row.amountFen);
      if (undone) this.#cancel(row, undone);
      const back = standing || undone ? undefined : this.#toldBack(row);
      if (back) this.bound.add(back.row.id);
      if (back || undone) {
        this.known.add(row);
        this.bound.add(row.id);
      } else this.wrong.set(row, { why: 'again' });
    }
    const gone: Row[] = [];
    const writtenOff = this.#writtenOff();
    for (const row of left.toSorted(inTime)) {
      // A list that has the offset has all of it: what was told before is not in it any more.
      const isNew = settling(row) === 'new';
      const more = isNew && !standing ? this.#toldSurplus(row) : undefined;
      if (more || !isNew) {
        this.known.add(row);
        continue;
      }
      if (takeOut(writtenOff, (each) => takesBack(row, each))) this.wrong.set(row, { why: 'written-off' });
      else gone.push(row);
    }
    this.#allGone(gone, standing !== undefined);
  }

  /** Of an offset one difference says all that is gone of it. */
  #allGone(gone: readonly Row[], hasAll: boolean): void {
    const last = gone.at(-1);
    if (!last) return;
    const { offset, kept, told } = this.#of;
    const before = hasAll
      ? []
      : told.filter((each) => each.kind === 'returned' && each.isOffsets && !this.settled.has(each.break));
    const wholes = [offset.valueFen, ...kept.flatMap((each) => (each.isSettling ? each.amountFen : []))];
    const goneFen = gone.reduce((sum, { amountFen }) => sum + amountFen, 0);
    // Sent once more, a row says no more than it did.
    const fen = before.reduce(
      (sum, each) =>
        this.#told.includes(each) ? sum - each.differenceFen : Math.max(sum, -each.differenceFen),
      goneFen,
    );
    const isAll = gone.some(({ amountFen }) => amountFen === 0) || wholes.includes(fen);
    this.#gone(last, isAll ? offset.valueFen : fen);
    for (const row of gone) if (row !== last) this.known.add(row);
  }

  #gone(row: Row, fen: number): void {
    const isTold = [...this.wrong.values()].some(({ why }) => why === 'gone');
    if (isTold) this.known.add(row);
    else this.wrong.set(row, { why: 'gone', fen });
  }

  /** The points went back: nothing stands. */
  #compareReversed(posted: readonly Row[], returned: readonly Row[]): void {
    const { settling, kept, drawnUpOn } = this.#of;
    const standing = posted.toSorted(
      (a, b) => Number(settling(a) === 'new') - Number(settling(b) === 'new') || inTime(a, b),
    );
    const parts: Row[] = [];
    const writtenOff = this.#writtenOff();
    for (const row of returned) {
      const back = takeOut(standing, (each) => takesBack(row, each));
      if (back) this.#cancel(back, row);
      else if (standing.some((each) => isAfter(row, each))) parts.push(row);
      else if (
        settling(row) === 'new' &&
        !this.#toldSurplus(row) &&
        takeOut(writtenOff, (each) => takesBack(row, each))
      )
        this.wrong.set(row, { why: 'written-off' });
      if (this.wrong.has(row)) continue;
      this.known.add(row);
      if (settling(row) === 'new') this.bound.add(row.id);
    }
    let partsFen = parts.reduce((sum, { amountFen }) => sum + amountFen, 0);
    const isOlder = kept.some(
      ({ state, postedOn }) =>
        state === 'returned' && postedOn !== null && drawnUpOn !== null && postedOn > drawnUpOn,
    );
    for (const row of standing) {
      const backFen = Math.min(partsFen, row.amountFen);
      partsFen -= backFen;
      const isKnown = (isOlder && settling(row) === 'settling') || (backFen > 0 && backFen === row.amountFen);
      if (isKnown) {
        this.known.add(row);
        this.#settle(row);
        this.#settle(this.#of.before(row) ?? row);
      } else if (settling(row) === 'settling' || backFen > 0) {
        this.wrong.set(row, { why: 'kept', fen: row.amountFen - backFen });
        // Told about a row without its number, it is told of this one.
        const before = this.#of.before(row);
        if (before && sayingOf(before) !== sayingOf(row)) this.#settle(before);
      } else this.wrong.set(row, { why: 'again' });
    }
    // What takes back no part of these may take back what an earlier list had too much.
    for (const row of parts)
      if (row.amountFen <= partsFen && settling(row) === 'new' && this.#toldSurplus(row))
        partsFen -= row.amountFen;
  }

  /** Given back, cancelled, or still to be handed over. */
  #compareOther(posted: readonly Row[], returned: readonly Row[]): void {
    const { offset, settling } = this.#of;
    const standing = posted.toSorted(inTime);
    for (const row of returned) {
      const back = takeOut(standing, (each) => takesBack(row, each));
      const told = back ?? (settling(row) === 'new' ? this.#toldSurplus(row) : undefined);
      if (back) this.#cancel(back, row);
      else if (told || offset.state !== 'held') this.known.add(row);
      else this.wrong.set(row, { why: 'again' });
    }
    for (const row of standing) this.wrong.set(row, { why: 'again' });
  }

  #writtenOff(): KeptRow[] {
    return this.#of.kept.filter(({ isSettling, state }) => !isSettling && state === 'posted');
  }

  #cancel(posted: Row, returned: Row): void {
    this.known.add(posted).add(returned);
    this.#settle(posted);
    this.#settle(this.#of.before(posted) ?? posted);
    this.#settle(returned);
    // Whoever sends it alone next time takes back no more by it.
    const { offset, settling } = this.#of;
    if (offset.state === 'posted' && settling(returned) === 'new') this.bound.add(returned.id);
  }

  #settle(row: Line): void {
    for (const told of this.#of.told) if (sayingOf(told.row) === sayingOf(row)) this.settled.add(told.break);
  }

  /** What an earlier list had too much and this row takes back: one of it, or all together. */
  #toldSurplus(row: Row): ToldRow | undefined {
    const isOf = (told: ToldRow) => told.kind !== 'returned' && isAfter(row, told.row);
    const one = takeOut(
      this.#told,
      (told) => isOf(told) && (row.amountFen === 0 || told.differenceFen === row.amountFen),
    );
    const all = this.#told.filter(isOf);
    const isAll = all.reduce((sum, told) => sum + told.differenceFen, 0) === row.amountFen;
    const found = one ? [one] : isAll ? all : [];
    for (const told of found) {
      this.settled.add(told.break);
      takeOut(this.#told, (each) => each === told);
    }
    // Sent once more, it takes back nothing else.
    if (found.length > 0) {
      this.#settle(row);
      this.bound.add(row.id);
    }
    return found[0];
  }

  /** What an earlier list had taken back, and this row posts anew. */
  #toldBack(row: Row): ToldRow | undefined {
    const found = takeOut(
      this.#told,
      (told) =>
        told.kind === 'returned' &&
        told.isOffsets &&
        (told.row.amountFen === 0 || told.row.amountFen === row.amountFen) &&
        isAfter(row, told.row),
    );
    if (found) this.settled.add(found.break);
    return found;
  }
}
