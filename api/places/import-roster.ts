/**
 * Takes in the roster of an estate (花名册): all of the file in one database transaction, or nothing of it. Names and
 * phones go to identity's erasable store; houses and residencies know a person by id.
 */
import { actorText, isProblem, problem, type Actor, type Deps, type Problem } from '../platform/index.ts';
import { sortByEstate, type SortedByEstate } from './estate-name.ts';
import { rosterSteps, type RosterRow } from './files/roster.ts';
import { dayIn } from './houses.ts';
import { otherSheetsQuestion, unanswered } from './import-questions.ts';
import {
  findImport,
  otherNamesOf,
  problemOfFile,
  readImport,
  reportOf,
  turnOf,
  turnOfPeople,
  type FileRead,
  type ImportFile,
  type ImportReport,
} from './imports.ts';
import type { OnStage } from './import-runs.ts';
import { knownEstate } from './known-estate.ts';
import { newHousesQuestion } from './new-houses.ts';
import type { Places } from './place-tree.ts';
import { sharedPhonesQuestion } from './shared-phones.ts';
import { planRoster, type RosterChanges } from './roster-plan.ts';
import { isOutrun, writesOf } from './write-roster.ts';

type RosterDeps = Pick<Deps, 'engine' | 'ids' | 'clock'> & { readonly places: Places };
type RosterInput = {
  estate: string;
  file: ImportFile;
  actor: Actor | string;
  /** The codes of the questions that a person has answered. */
  confirmed?: readonly string[];
  onStage?: OnStage;
};
type RosterRead = FileRead<RosterRow> & Pick<SortedByEstate<RosterRow>, 'otherNames' | 'questions'>;

export async function importRoster(
  deps: RosterDeps,
  input: RosterInput & { dryRun: boolean },
): Promise<ImportReport | Problem> {
  const read = await readRoster(deps, input);
  if (isProblem(read)) return read;
  input.onStage?.('comparing', read.table.rows.length);
  const book = (await deps.places.bookOf(input.estate)) ?? 0;
  return deps.engine.exclusively([turnOf(input.estate), turnOfPeople(book)], async (engine) => {
    const { ids, clock } = deps;
    const { estate, dryRun } = input;
    const fileHash = read.table.sha256;
    const before = await findImport(engine, { place: estate, kind: 'roster', fileHash });
    const known = await knownEstate({ ...deps, engine }, estate, read.parsed.rows);
    const changes = planRoster(read.parsed.rows, known, {
      estate,
      ids,
      today: dayIn(clock()),
    });
    const counts = countsOf(read, changes);
    const made = newHousesQuestion(changes.houses, known.houses);
    const shared = sharedPhonesQuestion(changes.sharing);
    const sheets = otherSheetsQuestion(read.table);
    const questions = [...sheets, ...read.questions, ...(made ? [made] : []), ...(shared ? [shared] : [])];
    if (dryRun) return reportOf(read, { counts, questions, repeated: before !== undefined });
    if (before) return reportOf(read, { counts, questions: [], repeated: true, import: before.id });
    if (read.parsed.problems.length > 0) return problemOfFile(...read.parsed.problems);
    const open = unanswered(questions, input.confirmed);
    if (open) return open;
    const id = ids();
    const row = {
      id,
      version: 1,
      place: estate,
      kind: 'roster' as const,
      fileName: read.table.fileName,
      fileHash,
      rowsAccepted: read.parsed.rows.length,
      rowsRejected: read.parsed.rejected.length,
      summary: { counts, encoding: read.table.encoding, otherNames: read.otherNames },
      importedBy: typeof input.actor === 'string' ? input.actor : actorText(input.actor),
      createdAt: clock(),
    };
    input.onStage?.('writing');
    const written = await engine
      .atomically((db) => [
        db.insert(engine.tables.imports).values(row),
        ...writesOf(deps, db, { changes, estate, by: row.importedBy }),
      ])
      .catch((error: unknown) => {
        if (isOutrun(error)) return problem('changed-meanwhile');
        throw error;
      });
    if (isProblem(written)) return written;
    return reportOf(read, { counts, questions, repeated: false, import: id });
  });
}

/** The file with what refuses its rows; also for the file of refused rows. */
export async function readRoster(
  { engine, places }: RosterDeps,
  { estate, file }: Pick<RosterInput, 'estate' | 'file'>,
): Promise<RosterRead | Problem> {
  const place = await places.find(estate);
  if (place?.kind !== 'estate') return problem('not-found');
  const read = await readImport(file, rosterSteps);
  if (isProblem(read)) return read;
  const { table, parsed } = read;
  const { rows, otherNames, questions, ...sorted } = sortByEstate(
    table,
    parsed.rows,
    place.name,
    await otherNamesOf(engine, estate),
  );
  const rejected = [...parsed.rejected, ...sorted.rejected].sort((a, b) => a.rowNumber - b.rowNumber);
  return { table, parsed: { ...parsed, rows, rejected }, otherNames, questions };
}

function countsOf({ parsed }: FileRead<RosterRow>, changes: RosterChanges): ImportReport['counts'] {
  return {
    rows: parsed.rows.length + parsed.rejected.length,
    rejected: parsed.rejected.length,
    unchanged: changes.unchanged,
    houses: changes.houses.length,
    people: changes.people.length,
    residencies: changes.residencies.length,
    ended: changes.ended.length,
  };
}
