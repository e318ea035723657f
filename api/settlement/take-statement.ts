/**
 * Takes in what a funder says of a month that is over, as a file or typed, and compares it with the ledger. The statement,
 * its rows and every difference are written together; the latest file sent again changes nothing, an earlier one is the
 * next version.
 */
import type { Engine } from '../db/index.ts';
import { hashCanonicalJson } from '../ledger/index.ts';
import {
  chunksOf,
  otherSheetsQuestion,
  problemOfFile,
  readImport,
  reportOf,
  unanswered,
  type FileRead,
  type ImportFile,
  type ImportReport,
  type OnStage,
  type ProductDeps,
  type Question,
} from '../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../platform/index.ts';
import { getFund, periodOfMonth, type Fund, type Month } from '../programme/index.ts';
import { funderStatementSteps, type FunderRow } from './files/funder-statement.ts';
import { compareWith, ourSide, type Side } from './our-side.ts';
import type { Compared, TheirRow } from './rules/difference.ts';
import { inFen } from './rules/fen-month.ts';
import { agreementsOf, SIDES, statementsOf, type FunderStatement } from './statements.ts';

/** A transaction gets its time a moment before it can be read; a month is over when all of it can be. */
const SETTLED_MS = 5 * 60_000;

export type ComparedSums = {
  oursFen: number;
  theirsFen: number | null;
  matched: number;
  differences: number;
  /** Pairs that a person made of what was found on one side alone. */
  paired?: number;
};
export type FunderReport = ImportReport & { comparison: ComparedSums };
/** `reason`: why the statement is replaced that both sides have agreed to. */
type Of = { fund: string; month: Month; actor: Actor; reason: string };

/** `month-not-over`: what moves in it still moves. */
export function isOver(month: Month, now: number): boolean {
  return now >= periodOfMonth(month).end + SETTLED_MS;
}

export async function importStatement(
  deps: ProductDeps,
  input: Of & { file: ImportFile; dryRun: boolean; confirmed?: readonly string[]; onStage?: OnStage },
): Promise<FunderReport | Problem> {
  const read = await readImport(input.file, funderStatementSteps);
  if (isProblem(read)) return read;
  input.onStage?.('comparing', read.table.rows.length);
  return inTurn(deps, input, (fund, engine) => takeFile({ ...deps, engine }, { ...input, fund, read }));
}

/** The rows as somebody typed them from the paper; typed again, nothing is written twice. */
export function typeStatement(
  deps: ProductDeps,
  input: Of & { rows: readonly FunderRow[] },
): Promise<{ statement: string; comparison: ComparedSums } | Problem> {
  return inTurn(deps, input, async (fund, engine) => {
    const { month, actor, rows, reason } = input;
    const fileHash = hashCanonicalJson(rows.map((row) => ({ ...row })));
    const before = await latestOf(engine, { fund: fund.id, month, fileHash });
    if (before.isSame) return { statement: before.isSame.id, comparison: sumsOf(before.isSame) };
    if (before.isAgreed && reason.trim() === '') return problem('invalid-input', { fields: [reasonMissing] });
    const side = await ourSide({ ...deps, engine }, { fund, month });
    const compared = await compareWith({ ...deps, engine }, { fund, month, side, rows });
    const of = { fund, month, actor, side, compared, reason: reason.trim(), rejected: 0 };
    const typed = { source: 'typed' as const, fileName: '', fileHash };
    const row = await keep({ ...deps, engine }, { ...of, ...typed });
    return { statement: row.id, comparison: sumsOf(row) };
  });
}

async function inTurn<Taken>(
  { engine: shared, clock }: ProductDeps,
  { fund: id, month }: Of,
  work: (fund: Fund, engine: Engine) => Promise<Taken | Problem>,
): Promise<Taken | Problem> {
  const fund = await getFund(shared, id);
  if (!fund) return problem('not-found');
  if (!isOver(month, clock())) return problem('month-still-runs');
  return shared.exclusively(`funder-statement:${id}`, (engine) => work(fund, engine));
}

type TakingFile = Omit<Of, 'fund'> & {
  fund: Fund;
  read: FileRead<FunderRow>;
  dryRun: boolean;
  confirmed?: readonly string[];
  onStage?: OnStage;
};

async function takeFile(
  deps: ProductDeps,
  { fund, month, actor, reason, read, dryRun, confirmed, onStage }: TakingFile,
): Promise<FunderReport | Problem> {
  const { parsed, table } = read;
  const fileHash = table.sha256;
  const { isSame: before, isAgreed } = await latestOf(deps.engine, { fund: fund.id, month, fileHash });
  const side = await ourSide(deps, { fund, month });
  const compared = await compareWith(deps, { fund, month, side, rows: parsed.rows });
  const asked = [...otherSheetsQuestion(table), ...questionsOf(read, compared, fund.name)];
  const questions = before ? [] : asked;
  const comparison = sumsOf({
    ...{ oursFen: inFen(side.figures).owed.closing, theirsFen: closingOf(compared.theirs) },
    ...{ matched: compared.matched, differences: compared.differences.length },
  });
  const report = (rest: { repeated: boolean; import?: string }): FunderReport => ({
    ...reportOf(read, { counts: countsOf(read, compared), questions, ...rest }),
    comparison,
  });
  if (before) return report({ repeated: true, ...(dryRun ? {} : { import: before.id }) });
  if (dryRun) return report({ repeated: false });
  if (parsed.problems.length > 0) return problemOfFile(...parsed.problems);
  const open = unanswered(questions, confirmed);
  if (open) return open;
  if (isAgreed && reason.trim() === '') return problem('invalid-input', { fields: [reasonMissing] });
  onStage?.('writing');
  const { fileName } = table;
  const row = await keep(deps, {
    ...{ fund, month, actor, side, compared, fileHash, fileName, source: 'file' },
    ...{ reason: reason.trim(), rejected: parsed.rejected.length },
  });
  return report({ repeated: false, import: row.id });
}

function countsOf({ parsed }: FileRead<FunderRow>, { matched, differences }: Compared) {
  const counts: Record<string, number> = {
    rows: parsed.rows.length + parsed.rejected.length,
    rejected: parsed.rejected.length,
    ...{ matched, differences: differences.length },
  };
  for (const { kind } of differences) counts[`difference:${kind}`] = (counts[`difference:${kind}`] ?? 0) + 1;
  return counts;
}

function questionsOf(
  { parsed: { rows, rejected } }: FileRead<FunderRow>,
  { matched, differences }: Compared,
  fund: string,
): Question[] {
  const questions: Question[] = [];
  const touches = differences.some(({ rowNumber, ours }) => rowNumber !== null && ours !== null);
  if (rows.length > 0 && matched === 0 && !touches)
    questions.push({
      code: 'nothing-matched',
      zh: `对账单里的 ${rows.length} 行，没有一行对得上“${fund}”这个月的账。没有传错经费，也没有传错月份，就按这份记下差异`,
      en: `None of the statement’s ${rows.length} rows is anything of “${fund}” in this month. It is the right fund and the right month: keep the differences`,
    });
  if (rejected.length > 0)
    questions.push({
      code: 'unreadable-rows',
      zh: `有 ${rejected.length} 行读不懂，没有参加对账。先按读得懂的行对账，改好的以后再传`,
      en: `${rejected.length} rows cannot be read and are not compared. Compare the readable rows now; the mended ones follow`,
    });
  return questions;
}

export function sumsOf(of: ComparedSums): ComparedSums {
  const { oursFen, theirsFen, matched, differences, paired = 0 } = of;
  return { oursFen, theirsFen, matched, differences, paired };
}

/** What the statement says is owed when the month ends; null where it says it of nobody. */
function closingOf(theirs: readonly TheirRow[]): number | null {
  const said = theirs.flatMap(({ closing }) => (closing === null ? [] : [closing]));
  return said.length === 0 ? null : said.reduce((sum, one) => sum + one, 0);
}

type Kept = Omit<Of, 'fund'> & {
  fund: Fund;
  side: Side;
  compared: Compared & { theirs: TheirRow[] };
} & Pick<FunderStatement, 'source' | 'fileName' | 'fileHash' | 'rejected'>;

/** Whether the latest version is this file, and whether both sides have agreed to it. An earlier one may come back. */
async function latestOf(
  engine: Engine,
  { fund, month, fileHash }: { fund: string; month: Month; fileHash: string },
): Promise<{ isSame: FunderStatement | undefined; isAgreed: boolean }> {
  const [latest] = await statementsOf(engine, { fund, month });
  if (!latest) return { isSame: undefined, isAgreed: false };
  const agreed = await agreementsOf(engine, [latest.id]);
  return {
    isSame: latest.fileHash === fileHash ? latest : undefined,
    isAgreed: agreed.length === SIDES.length,
  };
}

const reasonMissing = {
  field: 'reason',
  zh: '双方已经确认过这个月，请写明为什么要换一份对账单',
  en: 'Both sides have agreed to this month: say why another statement comes',
};

async function keep({ engine, ids, clock }: ProductDeps, kept: Kept): Promise<FunderStatement> {
  const { fund, month, actor, side, compared, source, fileName, fileHash, rejected } = kept;
  const { funderStatements, funderStatementRows, fundDifferences } = engine.tables;
  const [latest] = await statementsOf(engine, { fund: fund.id, month });
  const { theirs, differences, matched } = compared;
  const row = {
    ...{ id: ids(), version: 1, fund: fund.id, month, number: (latest?.number ?? 0) + 1 },
    ...{ source, fileName, fileHash, rows: theirs.length, matched, differences: differences.length },
    ...{ oursFen: inFen(side.figures).owed.closing, theirsFen: closingOf(theirs) },
    ...{ takenBy: actorText(actor), createdAt: clock(), rejected, reason: kept.reason },
  };
  const rows = theirs.map(({ rowNumber, party, partyText, number, period, points, ...money }) => ({
    ...{ id: ids(), statement: row.id, rowNumber, party, partyText, number, period, points },
    ...{ openingFen: money.opening, acceptedFen: money.accepted, reversedFen: money.reversed },
    ...{ paidFen: money.paid, closingFen: money.closing },
  }));
  const found = differences.map((one) => ({ id: ids(), statement: row.id, ...one }));
  await engine.atomically((db) => [
    db.insert(funderStatements).values(row),
    ...chunksOf(rows).map((some) => db.insert(funderStatementRows).values(some)),
    ...chunksOf(found).map((some) => db.insert(fundDifferences).values(some)),
  ]);
  return row;
}
