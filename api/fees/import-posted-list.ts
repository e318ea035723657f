/**
 * Takes in the firm's posted list (入账清单). First the list, what it matches and every break are kept in one database
 * transaction; then each matched offset is captured, for the firm that it was promised to, and each returned one given
 * back, under keys of their own. Stopped half-way, the same file sent again goes on where it stopped and does nothing twice.
 */
import { eq } from 'drizzle-orm';
import {
  findImport,
  otherSheetsQuestion,
  problemOfFile,
  reportOf,
  turnOf,
  unanswered,
  type FileRead,
  type ImportFile,
  type ImportReport,
  type OnStage,
  type ProductDeps,
} from '../places/index.ts';
import { actorText, isProblem, type Actor, type Problem } from '../platform/index.ts';
import { dayOf } from '../programme/index.ts';
import type { PostedListRow } from './files/posted-list.ts';
import { namedIn } from './files/unread-rows.ts';
import { keepPostedList } from './keep-posted-list.ts';
import { openBreaks } from './open-breaks.ts';
import { carryOn, type CarriedOn } from './reconcile/carry-on.ts';
import { reconcileEstate, type EstateReconciliation } from './reconcile-estate.ts';
import type { Break } from './reconcile/reconciliation.ts';
import { postedListQuestions } from './posted-list-questions.ts';
import { readPostedList, type RowsOfEstate } from './rows-of-estate.ts';
import { NOTHING_SETTLED, settlePostedList, type Settled } from './settle-posted-list.ts';

export type PostedListReport = ImportReport & {
  reconciliation: EstateReconciliation['totals'] &
    Pick<EstateReconciliation, 'drawnUpOn' | 'notYetDue'> & { breaks: readonly Break[] };
};
type PostedListInput = {
  estate: string;
  file: ImportFile;
  actor: Actor | string;
  /** The codes of the questions that a person has answered. */
  confirmed?: readonly string[];
  onStage?: OnStage;
};

type ListDeps = Pick<ProductDeps, 'engine' | 'journal' | 'ids' | 'places' | 'clock' | 'log'>;

export async function importPostedList(
  deps: ListDeps,
  input: PostedListInput & { dryRun: boolean },
): Promise<PostedListReport | Problem> {
  const own = await readPostedList(deps, input);
  if (isProblem(own)) return own;
  input.onStage?.('comparing', own.read.table.rows.length);
  // What is booked is booked by the journal, so the turn only keeps other lists away until all of this one is.
  return deps.engine.exclusively(turnOf(input.estate), () => takeIn(deps, { ...input, own }));
}

type TakenIn = Omit<PostedListInput, 'file'> & {
  dryRun: boolean;
  own: RowsOfEstate;
};

async function takeIn(
  deps: ListDeps,
  { estate, actor, dryRun, confirmed, own, onStage }: TakenIn,
): Promise<PostedListReport | Problem> {
  const { engine, ids, clock } = deps;
  const { read, setAside, otherNames } = own;
  const { table, parsed } = read;
  const key = { place: estate, kind: 'posted-list' as const, fileHash: table.sha256 };
  const before = await findImport(engine, key);
  const by = typeof actor === 'string' ? actor : actorText(actor);
  const settle = (id: string, of: { resumed: boolean }) =>
    settlePostedList(deps, { import: id, estate, actor: by, ...of });
  const resumed = before && !dryRun ? await settle(before.id, { resumed: true }) : NOTHING_SETTLED;
  if (isProblem(resumed)) return resumed;
  const found = await reconcileEstate(engine, {
    estate,
    rows: parsed.rows,
    unread: namedIn(own.unread),
    drawnUpOn: own.drawnUpOn,
    ids,
  });
  const carried = carryOn(await openBreaks(engine, estate), found.breaks);
  const aside = setAside > 0 ? { otherEstates: setAside } : {};
  const counts = { ...countsOf(read, found, carried), ...aside };
  const questions = before
    ? []
    : [
        ...own.questions,
        ...otherSheetsQuestion(table),
        ...postedListQuestions(read, found, { estate: own.estateName, today: dayOf(clock()) }),
      ];
  const report = (settled: Settled, rest: { repeated: boolean; import?: string }): PostedListReport => ({
    ...reportOf(read, { counts: { ...counts, ...settled }, questions, ...rest }),
    reconciliation: {
      ...found.totals,
      drawnUpOn: found.drawnUpOn,
      notYetDue: found.notYetDue,
      breaks: found.breaks,
    },
  });
  if (dryRun) return report(resumed, { repeated: before !== undefined });
  if (before) return report(resumed, { repeated: true, import: before.id });
  if (parsed.problems.length > 0) return problemOfFile(...parsed.problems);
  const open = unanswered(questions, confirmed);
  if (open) return open;
  const id = ids();
  onStage?.('writing');
  await keepPostedList(deps, { id, read, found, carried, counts, otherNames, estate, by, now: clock() });
  const settled = await settle(id, { resumed: false });
  return isProblem(settled) ? settled : report(settled, { repeated: false, import: id });
}

/** By kind, what the list's page shows: a break that is carried on under the kind that it was found by. */
function countsOf(
  { parsed }: FileRead<PostedListRow>,
  found: EstateReconciliation,
  { fresh, again }: CarriedOn,
): ImportReport['counts'] {
  const counts: Record<string, number> = {
    rows: parsed.rows.length + parsed.rejected.length,
    rejected: parsed.rejected.length,
    known: found.known,
    offsets: found.offsets.size,
    matched: found.matches.length,
    breaks: found.breaks.length,
    again: again.length,
    notYetDue: found.notYetDue.length,
    leftOut: found.leftOut.length,
  };
  for (const { kind } of [...fresh, ...again]) counts[`break:${kind}`] = (counts[`break:${kind}`] ?? 0) + 1;
  return counts;
}

/** Whether everything that a posted list says of matched and returned offsets has been booked. */
export async function findPostedList({ engine }: Pick<ProductDeps, 'engine'>, id: string) {
  const { imports } = engine.tables;
  const [row] = await engine.db.select().from(imports).where(eq(imports.id, id));
  return row?.kind === 'posted-list' ? row : undefined;
}
