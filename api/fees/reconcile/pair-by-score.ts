/**
 * The second pass: offsets and rows that no number joins, one to one, the best fit first. Two equally good partners
 * are a tie, and a tie is never resolved by machine: all who take part in it are set aside with their candidates.
 *
 * Near-linear: partners are looked up under keys, never by walking one list for each row of the other. Few offsets share
 * a key, since a bill line is offset once.
 */
import { likenessKeys, scoreOf } from './score.ts';
import type { OurOffset, PostedRow } from './reconciliation.ts';

export type ScorePairing = {
  pairs: { offset: OurOffset; row: PostedRow }[];
  /** Of a tied offset its candidate rows, of a tied row its candidate offsets. */
  tiedOffsets: Map<OurOffset, PostedRow[]>;
  tiedRows: Map<PostedRow, OurOffset[]>;
};

type Candidate = { offset: OurOffset; row: PostedRow; alike: boolean };

export function pairByScore(offsets: readonly OurOffset[], rows: readonly PostedRow[]): ScorePairing {
  const levels = new Map<number, Candidate[]>();
  for (const candidate of candidatesOf(offsets, rows)) {
    const score = scoreOf(candidate.offset, candidate.row, candidate.alike);
    if (score === undefined) continue;
    const level = levels.get(score);
    if (level) level.push(candidate);
    else levels.set(score, [candidate]);
  }
  const result: ScorePairing = { pairs: [], tiedOffsets: new Map(), tiedRows: new Map() };
  const taken = new Set<OurOffset | PostedRow>();
  for (const score of [...levels.keys()].sort((a, b) => b - a)) {
    settleLevel(levels.get(score) ?? [], taken, result);
  }
  return result;
}

/** Pairs of one score: accepted where each is the other's only one, set aside with all their rivals where not. */
function settleLevel(
  level: readonly Candidate[],
  taken: Set<OurOffset | PostedRow>,
  result: ScorePairing,
): void {
  const open = level.filter(({ offset, row }) => !taken.has(offset) && !taken.has(row));
  const rowsOf = new Lists<OurOffset, PostedRow>();
  const offsetsOf = new Lists<PostedRow, OurOffset>();
  for (const { offset, row } of open) {
    rowsOf.add(offset, row);
    offsetsOf.add(row, offset);
  }
  for (const { offset, row } of open) {
    const rows = rowsOf.get(offset);
    const offsets = offsetsOf.get(row);
    if (rows.length === 1 && offsets.length === 1) result.pairs.push({ offset, row });
    else {
      result.tiedOffsets.set(offset, byRowNumber(rows));
      result.tiedRows.set(row, byNumber(offsets));
    }
    taken.add(offset).add(row);
  }
}

function candidatesOf(offsets: readonly OurOffset[], rows: readonly PostedRow[]): Candidate[] {
  const byHouse = new Lists<string, OurOffset>();
  for (const offset of offsets) {
    byHouse.add(`p|${offset.house}|${offset.period}`, offset);
    byHouse.add(`a|${offset.house}|${offset.valueFen}`, offset);
  }
  const candidates: Candidate[] = [];
  const unsure: PostedRow[] = [];
  for (const row of rows) {
    const found = new Set([
      ...byHouse.get(`p|${row.house}|${row.period}`),
      ...byHouse.get(`a|${row.house}|${row.amountFen}`),
    ]);
    let certain = false;
    for (const offset of found) {
      candidates.push({ offset, row, alike: false });
      certain ||= offset.period === row.period && offset.valueFen === row.amountFen;
    }
    // A row that fits in everything outranks any mistyped house, so none is looked for.
    if (!certain && row.house !== '') unsure.push(row);
  }
  return candidates.concat(mistypedHouses(offsets, unsure));
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

class Lists<K, V> {
  readonly #lists = new Map<K, V[]>();

  add(key: K, value: V): void {
    const list = this.#lists.get(key);
    if (list) list.push(value);
    else this.#lists.set(key, [value]);
  }

  get(key: K): readonly V[] {
    return this.#lists.get(key) ?? [];
  }
}

function byRowNumber(rows: readonly PostedRow[]): PostedRow[] {
  return [...rows].sort((a, b) => a.rowNumber - b.rowNumber);
}

function byNumber(offsets: readonly OurOffset[]): OurOffset[] {
  return [...offsets].sort((a, b) => (a.number < b.number ? -1 : 1));
}
