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
  readImport,
  reportOf,
  turnOf,
  unanswered,
  type FileRead,
  type ImportFile,
  type ImportReport,
  type OnStage,
  type ProductDeps,
  type Question,
} from '../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { dayOf } from '../programme/index.ts';
import {
  IN_FEN,
  postedListSteps,
  unreadRows,
  type PostedListRow,
  type WrittenAs,
} from './files/posted-list.ts';
import { keepPostedList } from './keep-posted-list.ts';
import { openBreaks } from './open-breaks.ts';
import { carryOn, type CarriedOn } from './reconcile/carry-on.ts';
import { reconcileEstate, type EstateReconciliation } from './reconcile-estate.ts';
import type { Break } from './reconcile/reconciliation.ts';
import { writtenAs } from './written-as.ts';
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

export async function importPostedList(
  deps: ProductDeps,
  input: PostedListInput & { dryRun: boolean },
): Promise<PostedListReport | Problem> {
  const { engine, places } = deps;
  const { estate, file } = input;
  const place = await places.find(estate);
  if (place?.kind !== 'estate') return problem('not-found');
  const as = await writtenAs(deps, estate);
  const read = await readImport(file, (table) => postedListSteps(table, as));
  if (isProblem(read)) return read;
  input.onStage?.('comparing', read.table.rows.length);
  // What is booked is booked by the journal, so the turn only keeps other lists away until all of this one is.
  return engine.exclusively(turnOf(estate), () =>
    takeIn(deps, { ...input, estateName: place.name, read, as }),
  );
}

type TakenIn = Omit<PostedListInput, 'file'> & {
  dryRun: boolean;
  estateName: string;
  read: FileRead<PostedListRow>;
  as: WrittenAs;
};

async function takeIn(
  deps: ProductDeps,
  { estate, estateName, actor, dryRun, confirmed, read, as, onStage }: TakenIn,
): Promise<PostedListReport | Problem> {
  const { engine, ids, clock } = deps;
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
    unread: unreadRows(table, parsed.rejected, as),
    ids,
    now: clock(),
  });
  const carried = carryOn(await openBreaks(engine, estate), found.breaks);
  const counts = countsOf(read, found, carried);
  const questions = before
    ? []
    : [
        ...otherSheetsQuestion(table),
        ...questionsOf(read, found, { estate: estateName, today: dayOf(clock()) }),
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
  await keepPostedList(deps, { id, read, found, carried, counts, estate, by, now: clock() });
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

const NAMED = 5;

/** Rows that nobody can read leave offsets out, and a list that names none of ours is most likely another's. */
function questionsOf(
  { parsed: { rows, rejected, implied } }: FileRead<PostedListRow>,
  { matches, known, breaks, leftOut, offsets }: EstateReconciliation,
  { estate, today }: { estate: string; today: string },
): Question[] {
  const questions: Question[] = [];
  const [first] = rows;
  if (implied.includes(IN_FEN) && first) {
    const yuan = formatYuan(first.amountFen);
    questions.push({
      code: 'amounts-in-fen',
      zh: `导出格式以分为单位，这份清单的金额没有写单位，都是整数，按分来读，例如第 ${first.rowNumber} 行是 ${yuan} 元。如果是元，请在表头写“金额（元）”再传。确实是分`,
      en: `The layout is in fen; this list does not say its unit and has whole numbers only, which are read as fen: row ${first.rowNumber} is ${yuan} yuan, for one. If it is in yuan, write （元） in the header and send it again. It is in fen`,
    });
  }
  // One that was settled already and is named again is ours as well.
  const touches = breaks.some(
    ({ offset, kind, rows: of }) => of.length > 0 && (offset !== undefined || kind === 'duplicate'),
  );
  const ours = new Set([...offsets.values()].map(({ number }) => number));
  const waits = rows.some(({ state, offsetNumber }) => state === 'waiting' && ours.has(offsetNumber));
  if (rows.length > 0 && matches.length + known === 0 && !touches && !waits) {
    questions.push({
      code: 'nothing-matched',
      zh: `清单里的 ${rows.length} 行，没有一行是“${estate}”的抵扣单。没有传错小区，也没有传错文件，就按这份清单记下差异`,
      en: `None of the list’s ${rows.length} rows is an offset of “${estate}”. It is the right estate and the right file: keep the breaks`,
    });
  }
  const [ahead, ...others] = rows.filter(({ postedOn }) => postedOn !== null && postedOn > today);
  if (ahead) {
    const count = others.length + 1;
    questions.push({
      code: 'dates-ahead',
      zh: `有 ${count} 行的入账日期还没有到，例如第 ${ahead.rowNumber} 行的 ${ahead.postedOn}。日期没有写错，就按这份清单对账`,
      en: `Rows posted on a day that is still to come: ${count}; row ${ahead.rowNumber} on ${ahead.postedOn} for one. The dates are right: reconcile this list`,
    });
  }
  if (rejected.length > 0) {
    const named = leftOut.slice(0, NAMED).map(({ number }) => number);
    const more = leftOut.length > named.length ? { zh: '等', en: ' and others' } : { zh: '', en: '' };
    const out =
      named.length === 0
        ? { zh: '', en: '' }
        : {
            zh: `其中写到的 ${named.join('、')}${more.zh} 共 ${leftOut.length} 张这次不比较，也不算“物业没有”。`,
            en: `${leftOut.length} offsets that they name (${named.join(', ')}${more.en}) are not compared and not missing there. `,
          };
    questions.push({
      code: 'unreadable-rows',
      zh: `有 ${rejected.length} 行读不懂，没有参加对账。${out.zh}先按读得懂的行对账，改好的行以后再传`,
      en: `${rejected.length} rows cannot be read and are not compared. ${out.en}Reconcile the readable rows now; the mended ones follow`,
    });
  }
  return questions;
}

/** Whether everything that a posted list says of matched and returned offsets has been booked. */
export async function findPostedList({ engine }: Pick<ProductDeps, 'engine'>, id: string) {
  const { imports } = engine.tables;
  const [row] = await engine.db.select().from(imports).where(eq(imports.id, id));
  return row?.kind === 'posted-list' ? row : undefined;
}
