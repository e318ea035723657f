/**
 * What becomes of the breaks that earlier lists left open when a later list is compared. Pure.
 *
 * Protects: about one offset, or about one row of the firm's, at most one break is open. A list that finds the same again,
 * or nothing, carries the open break on; one that finds something else puts a new break in its place.
 */
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
    const same = earlier.findIndex((one) => isSame(one, each));
    const [kept] = same === -1 && !isSilence(each) ? [] : earlier.splice(Math.max(same, 0), 1);
    if (kept) result.again.push(kept);
    else result.fresh.push(each);
    // A row may stand in a list twice, and each has its break; of an offset there is one.
    if (!isAboutRow({ kind, proposal, offset: offset?.id }))
      for (const was of earlier.splice(0)) result.replaced.push({ was, by: kept ?? each });
  }
  return result;
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
  const content = row && [
    row.offsetNumber,
    row.house,
    row.item,
    row.period,
    row.amountFen,
    row.postedOn,
    row.state,
  ];
  return `${kind}:${JSON.stringify(content ?? null)}`;
}

/** The list says nothing of the offset: whatever an earlier one said of it is still the most that is known. */
function isSilence({ kind, proposal }: Break): boolean {
  return kind === 'missing-there' && proposal === 'firm-corrects';
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
