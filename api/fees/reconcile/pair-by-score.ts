/**
 * The second pass: offsets and rows that no number joins for certain, one to one, the best fit first. Where there are two
 * ways to join them it is a tie, and a tie is never resolved by machine: all who take part in it are set aside with their
 * candidates.
 *
 * Near-linear: partners are looked up under keys, never by walking one list for each row of the other. Few offsets share
 * a key, since a bill line is offset once.
 */
import { doubtful } from './doubtful.ts';
import { Lists } from './lists.ts';
import { agrees, type OurOffset, type PostedRow } from './reconciliation.ts';
import { likenessKeys, scoreOf } from './score.ts';
import { theOnlyWay } from './the-only-way.ts';

export type Pair = { offset: OurOffset; row: PostedRow };
export type ScorePairing = {
  pairs: Pair[];
  /** Of a tied offset its candidate rows, of a tied row its candidate offsets. */
  tiedOffsets: Map<OurOffset, PostedRow[]>;
  tiedRows: Map<PostedRow, OurOffset[]>;
};

type Candidate = Pair & { alike: boolean };

export function pairByScore(offsets: readonly OurOffset[], rows: readonly PostedRow[]): ScorePairing {
  const levels = new Map<number, Pair[]>();
  for (const { offset, row, alike } of candidatesOf(offsets, rows)) {
    const score = scoreOf(offset, row, alike);
    if (score === undefined) continue;
    const level = levels.get(score);
    if (level) level.push({ offset, row });
    else levels.set(score, [{ offset, row }]);
  }
  const result: ScorePairing = { pairs: [], tiedOffsets: new Map(), tiedRows: new Map() };
  const taken = new Set<OurOffset | PostedRow>();
  for (const score of [...levels.keys()].sort((a, b) => b - a)) {
    const open = (levels.get(score) ?? []).filter(({ offset, row }) => !taken.has(offset) && !taken.has(row));
    const { pairs, ties } = theOnlyWay(open);
    for (const pair of pairs) result.pairs.push(pair);
    tie(ties, result);
    for (const { offset, row } of open) taken.add(offset).add(row);
  }
  return withoutDoubt(
    result,
    offsets.filter((offset) => !taken.has(offset)),
  );
}

/** What is found right without its number would be booked at once, and must not be what another offset waits for. */
function withoutDoubt(result: ScorePairing, open: readonly OurOffset[]): ScorePairing {
  const isExact = ({ offset, row }: Pair): boolean => agrees(offset, row);
  const exact = result.pairs.filter(isExact);
  const rivals = doubtful(exact, open);
  if (rivals.size === 0) return result;
  const doubted = exact.flatMap((pair) => {
    const others = rivals.get(pair.row);
    return others ? [pair, ...others.map((offset) => ({ offset, row: pair.row }))] : [];
  });
  tie(doubted, result);
  return { ...result, pairs: result.pairs.filter(({ row }) => !rivals.has(row)) };
}

function tie(ties: readonly Pair[], { tiedOffsets, tiedRows }: ScorePairing): void {
  const [rowsOf, offsetsOf] = [new Lists<OurOffset, PostedRow>(), new Lists<PostedRow, OurOffset>()];
  for (const { offset, row } of ties) {
    rowsOf.add(offset, row);
    offsetsOf.add(row, offset);
  }
  for (const [offset, rows] of rowsOf.entries()) tiedOffsets.set(offset, byRowNumber(rows));
  for (const [row, offsets] of offsetsOf.entries()) tiedRows.set(row, byNumber(offsets));
}

function candidatesOf(offsets: readonly OurOffset[], rows: readonly PostedRow[]): Candidate[] {
  const byHouse = new Lists<string, OurOffset>();
  const numbered = new Map<string, OurOffset>();
  for (const offset of offsets) {
    byHouse.add(`p|${offset.house}|${offset.period}`, offset);
    byHouse.add(`a|${offset.house}|${offset.valueFen}`, offset);
    numbered.set(offset.number, offset);
  }
  const candidates: Candidate[] = [];
  const unsure: PostedRow[] = [];
  for (const row of rows) {
    const found = new Set([
      ...byHouse.get(`p|${row.house}|${row.period}`),
      ...byHouse.get(`a|${row.house}|${row.amountFen}`),
    ]);
    const named = numbered.get(row.offsetNumber);
    if (named && !found.has(named)) candidates.push({ offset: named, row, alike: false });
    let certain = false;
    for (const offset of found) {
      candidates.push({ offset, row, alike: false });
      certain ||= offset.period === row.period && offset.valueFen === row.amountFen;
    }
    // A row that fits in everything outranks any mistyped house, so none is looked for.
    if (!certain && row.house !== '') unsure.push(row);
  }
  for (const pair of mistypedHouses(offsets, unsure)) candidates.push(pair);
  return candidates;
}

/** Offsets whose house is like the row's, with the same period and amount. */
function mistypedHouses(offsets: readonly OurOffset[], rows: readonly PostedRow[]): Candidate[] {
  const wanted = new Set<string>();
  for (const row of rows) wanted.add(`${row.period}|${row.amountFen}`);
  const alike = new Lists<string, OurOffset>();
  for (const offset of offsets) {
    const rest = `${offset.period}|${offset.valueFen}`;
    if (!wanted.has(rest)) continue;
    for (const key of likenessKeys(offset.house)) alike.add(`${key}|${rest}`, offset);
  }
  const candidates: Candidate[] = [];
  for (const row of rows) {
    const found = new Set<OurOffset>();
    for (const key of likenessKeys(row.house)) {
      for (const offset of alike.get(`${key}|${row.period}|${row.amountFen}`)) {
        if (offset.house !== row.house) found.add(offset);
      }
    }
    for (const offset of found) candidates.push({ offset, row, alike: true });
  }
  return candidates;
}

function byRowNumber(rows: readonly PostedRow[]): PostedRow[] {
  return [...rows].sort((a, b) => a.rowNumber - b.rowNumber);
}

function byNumber(offsets: readonly OurOffset[]): OurOffset[] {
  return [...offsets].sort((a, b) => (a.number < b.number ? -1 : 1));
}
