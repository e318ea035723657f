/**
 * Rows of a list under numbers that are settled, or are not in the firm's hands: which of them earlier lists had already.
 * Firms send lists that go on from the last one as well as lists of what is new. Pure.
 *
 * Protects: each earlier row stands for one row of a list; what a firm takes back is set against what it has posted too
 * much before it is set against the offset; and a row is known or a difference, never both.
 */
import { Lists } from './lists.ts';
import { NumberInList, type Settling, type Wrong } from './rows-of-number.ts';
import { sayingOf, type KeptRow, type NumberedOffset, type SaidRow, type ToldRow } from './said-row.ts';

export type RowsAgain<Row> = {
  known: Set<Row>;
  /** What each of the others says that is not so. */
  wrong: Map<Row, Wrong>;
  /** Rows that from now on stand for the offset of this id, or for what was taken back of its number: later lists know them. */
  bound: Map<string, string>;
  /** Differences that this list puts right, by id. */
  settled: Set<string>;
};

type Compared<Row> = {
  rows: readonly Row[];
  /** By number. */
  offsets: ReadonlyMap<string, NumberedOffset>;
  kept: readonly KeptRow[];
  /** Ids of offsets whose write-off was taken back: the firm is to send the row as it should be. */
  reopened: ReadonlySet<string>;
  told: readonly ToldRow[];
  drawnUpOn: string | null;
};

export function rowsAgain<Row extends SaidRow>(of: Compared<Row>): RowsAgain<Row> {
  const { rows, offsets, kept, told, drawnUpOn } = of;
  const assigned = assign(of);
  const result: RowsAgain<Row> = {
    known: new Set(),
    wrong: new Map(),
    bound: new Map(assigned.correcting),
    settled: new Set(),
  };
  const toldOf = new Lists<string, ToldRow>();
  for (const each of told) toldOf.add(each.number, each);
  const keptOf = new Lists<string, KeptRow>();
  for (const each of kept) if (each.offset !== null) keptOf.add(each.offset, each);
  const groups = new Lists<string, Row>();
  for (const row of rows) {
    if (offsets.has(row.offsetNumber)) groups.add(row.offsetNumber, row);
    else if (assigned.to.has(row)) result.known.add(row);
  }
  for (const [number, group] of groups.entries()) {
    const offset = offsets.get(number);
    if (!offset) continue;
    const its = keptOf.get(offset.id);
    // What was left of it in the firm's books when it was reversed may be written off like any other.
    const writtenOff = new Set(
      its.flatMap((each) => (!each.isSettling && each.state === 'posted' ? [sayingOf(each)] : [])),
    );
    const settling = (row: Row): Settling => {
      const before = assigned.to.get(row);
      if (before === undefined) return 'new';
      const stands = offset.state !== 'reversed' || !writtenOff.has(sayingOf(row));
      return before.isSettling && stands ? 'settling' : 'kept';
    };
    const list = new NumberInList<Row>({
      ...{ offset, rows: group, settling, told: toldOf.get(number) },
      before: (row) => assigned.to.get(row),
      ...{ kept: its, drawnUpOn },
    });
    list.compare();
    for (const row of list.known) result.known.add(row);
    for (const [row, wrong] of list.wrong) result.wrong.set(row, wrong);
    for (const id of list.bound) result.bound.set(id, offset.id);
    for (const id of list.settled) result.settled.add(id);
  }
  return result;
}

/** For each row the earlier one that it repeats: what says the same first, then its number with the same day and amount. */
function assign<Row extends SaidRow>({ rows, offsets, kept, reopened }: Compared<Row>) {
  const to = new Map<Row, KeptRow>();
  const correcting = new Map<string, string>();
  const taken = new Set<string>();
  const bySaying = new Lists<string, KeptRow>();
  const byOffset = new Lists<string, KeptRow>();
  for (const each of kept) {
    bySaying.add(sayingOf(each), each);
    if (each.isSettling) byOffset.add(each.offset ?? '', each);
  }
  // Of the rows by which an offset was posted, and posted better, a list has one.
  const placeOf = ({ id, offset, isSettling }: KeptRow) => (isSettling ? `offset:${offset}` : id);
  const take = (row: Row, from: readonly KeptRow[]) => {
    const free = from.find((each) => !taken.has(placeOf(each)));
    if (!free) return;
    taken.add(placeOf(free));
    to.set(row, free);
  };
  for (const row of rows) take(row, bySaying.get(sayingOf(row)));
  for (const row of rows) {
    const offset = offsets.get(row.offsetNumber);
    if (!offset || to.has(row) || row.state !== 'posted') continue;
    const its = byOffset.get(offset.id);
    take(
      row,
      its.filter(({ postedOn, amountFen }) => postedOn === row.postedOn && amountFen === row.amountFen),
    );
  }
  for (const row of rows) {
    const offset = offsets.get(row.offsetNumber);
    if (!offset || to.has(row) || row.state !== 'posted' || offset.state !== 'posted') continue;
    const its = byOffset.get(offset.id);
    const isMended = its.some(({ amountFen }) => amountFen === offset.valueFen);
    if (!reopened.has(offset.id) || isMended || row.amountFen !== offset.valueFen) continue;
    take(row, its);
    if (to.has(row)) correcting.set(row.id, offset.id);
  }
  return { to, correcting };
}
