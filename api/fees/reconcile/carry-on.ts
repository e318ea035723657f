/**
 * What becomes of the breaks that earlier lists left open when a later list is compared. Pure.
 *
 * Protects: about one offset, or about one row of the firm's, at most one break is open. A list that finds the same again,
 * or nothing, carries the open break on; one that finds something else puts a new break in its place. What a list has posted is
 * proposed for release by no later one that is silent about it.
 */
import { explainPaidBeside } from './explain.ts';
import type { Break, BreakKind, PostedRow, Proposal } from './reconciliation.ts';

type Row = Omit<PostedRow, 'id' | 'rowNumber' | 'remark'>;

/** A break as it was kept; `row` is the firm's row that it is about. */
export type OpenBreak = {
  id: string;
  version: number;
  offset: string | null;
  kind: BreakKind;
  differenceFen: number;
  proposal: Proposal;
  row: Row | null;
  owner: string | null;
  carriedTo: string | null;
  createdAt: number;
};

export type CarriedOn = {
  /** To be kept as breaks of this list. */
  fresh: Break[];
  again: OpenBreak[];
  /** `by`: the fresh one in its place, or the one that goes on. */
  replaced: { was: OpenBreak; by: Break | OpenBreak }[];
};

export function carryOn(open: readonly OpenBreak[], found: readonly Break[]): CarriedOn {
  const known = new Map<string, OpenBreak[]>();
  for (const each of open) {
    const subject = subjectOf({ ...each, offset: each.offset ?? undefined, row: each.row ?? undefined });
    const others = known.get(subject);
    if (others) others.push(each);
    else known.set(subject, [each]);
  }
  const result: CarriedOn = { fresh: [], again: [], replaced: [] };
  for (const each of found) {
    const { kind, proposal, offset, rows } = each;
    const earlier = known.get(subjectOf({ kind, proposal, offset: offset?.id, row: rows[0] })) ?? [];
    const stands = asChosen(each, earlier, known);
    if (stands) {
      result.again.push(...stands);
      continue;
    }
    const nth = goesOn(earlier, each);
    const [kept] = nth === -1 ? [] : earlier.splice(nth, 1);
    const fresh = earlier.some(saysPosted) ? paidBeside(each) : each;
    if (kept) result.again.push(kept);
    else result.fresh.push(fresh);
    for (const was of asTwice(each, known)) result.replaced.push({ was, by: kept ?? fresh });
    // A row may stand in a list twice, and each has its break; of an offset there is one.
    if (!isAboutRow({ kind, proposal, offset: offset?.id }))
      for (const was of earlier.splice(0)) result.replaced.push({ was, by: kept ?? fresh });
    // Between whose offsets a row is to be chosen, each list says anew.
    else if (!kept && proposal === 'choose')
      for (const was of takenOut(earlier, (one) => one.proposal === 'choose'))
        result.replaced.push({ was, by: fresh });
  }
  return result;
}

type Known = ReadonlyMap<string, OpenBreak[]>;

/** The first that is so, no longer among the others. */
function takenOut(from: OpenBreak[], is: (one: OpenBreak) => boolean): OpenBreak[] {
  const nth = from.findIndex(is);
  return nth === -1 ? [] : from.splice(nth, 1);
}

/**
 * Where the same rows are to be chosen from again and a person has named one: that stands, and so does what was opened about
 * the others.
 */
function asChosen(found: Break, earlier: OpenBreak[], known: Known): OpenBreak[] | undefined {
  const { proposal, offset, rows } = found;
  if (proposal !== 'choose' || !offset || rows.length === 0) return undefined;
  const said = rows.map(contentOf);
  const [chosen] = takenOut(
    earlier,
    (one) => one.proposal !== 'choose' && one.row !== null && said.includes(contentOf(one.row)),
  );
  if (!chosen?.row) return undefined;
  said.splice(said.indexOf(contentOf(chosen.row)), 1);
  const others = said.flatMap((content) =>
    takenOut(known.get(`duplicate:${content}`) ?? [], (one) => one.offset === offset.id),
  );
  return [chosen, ...others];
}

/** What was open about the same row of the same offset as posted once more. */
function asTwice({ kind, offset, rows }: Break, known: Known): OpenBreak[] {
  if (kind === 'duplicate' || !offset || !rows[0]) return [];
  return takenOut(known.get(`duplicate:${contentOf(rows[0])}`) ?? [], (one) => one.offset === offset.id);
}

type About = {
  kind: OpenBreak['kind'];
  proposal: Proposal;
  offset: string | undefined;
  row?: Row | undefined;
};

/** A row that posts an offset once more is a break of its own, beside what is found about the offset itself. */
function isAboutRow({ kind, proposal, offset }: About): boolean {
  return offset === undefined || (kind === 'duplicate' && proposal !== 'choose');
}

function subjectOf(about: About): string {
  const { kind, offset, row } = about;
  if (!isAboutRow(about)) return `offset:${offset}`;
  return `${kind}:${row ? contentOf(row) : 'null'}`;
}

function contentOf({ offsetNumber, house, item, period, amountFen, postedOn, state }: Row): string {
  return JSON.stringify([offsetNumber, house, item, period, amountFen, postedOn, state]);
}

/** Which of the earlier breaks about the same goes on; -1 where the list says something else. */
function goesOn(earlier: readonly OpenBreak[], found: Break): number {
  const same = earlier.findIndex((one) => isSame(one, found));
  if (found.offset === undefined || isAboutRow({ ...found, offset: found.offset.id })) return same;
  // Money for the bill says nothing new of what was posted and paid beside it.
  const posted = earlier.findIndex(saysPosted);
  const isPaid = found.kind === 'paid-first' && found.proposal === 'release';
  if (posted !== -1 && (isSilent(found) || (isPaid && earlier[posted]?.kind === 'paid-first'))) return posted;
  if (same !== -1 || !isSilent(found)) return same;
  // Whatever an earlier list said of it is still the most that is known.
  const said = earlier.findIndex(({ row, proposal }) => row !== null || proposal === 'choose');
  const isMissing = found.kind === 'missing-there' && found.proposal === 'firm-corrects';
  return isMissing && earlier.length > 0 ? Math.max(said, 0) : said;
}

/** The list says nothing of the offset: it has neither a row of it nor one that may be. */
function isSilent({ rows, candidateRows }: Break): boolean {
  return rows.length === 0 && candidateRows.length === 0;
}

/** A list has posted it; its points go back for no other list that says nothing of it. */
function saysPosted({ kind, proposal, row }: OpenBreak): boolean {
  return kind === 'paid-first' ? proposal === 'firm-corrects' : row?.state === 'posted';
}

/** What was received in money beside what an earlier list had posted: the firm takes one of the two out. */
function paidBeside(found: Break): Break {
  if (found.kind !== 'paid-first' || found.proposal !== 'release' || !found.offset) return found;
  return { ...found, proposal: 'firm-corrects', ...explainPaidBeside(found.offset, found.rows) };
}

/** Where a person has to choose between rows, they are rows of one list, and the next list has others. */
function isSame(earlier: OpenBreak, found: Break): boolean {
  return (
    earlier.kind === found.kind &&
    earlier.differenceFen === found.differenceFen &&
    earlier.proposal === found.proposal &&
    found.proposal !== 'choose'
  );
}
