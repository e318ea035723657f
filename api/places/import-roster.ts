/**
 * Takes in the roster of an estate (花名册): all of the file in one database transaction, or nothing of it. Names and
 * phones go to identity's erasable store; houses and residencies know a person by id.
 */
import { eq, inArray, sql } from 'drizzle-orm';
import type { Database, Engine } from '../db/index.ts';
import { accessLogRow, personRow } from '../identity/index.ts';
import { actorText, isProblem, problem, type Actor, type Deps, type Problem } from '../platform/index.ts';
import { sortByEstate, type SortedByEstate } from './estate-name.ts';
import { rosterSteps, type RosterRow } from './files/roster.ts';
import { dayIn, housesOf } from './houses.ts';
import { unanswered } from './import-questions.ts';
import {
  chunksOf,
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
import { newHousesQuestion } from './new-houses.ts';
import type { Places } from './place-tree.ts';
import { aliasesOf } from './roster-aliases.ts';
import { sharedPhonesQuestion } from './shared-phones.ts';
import { planRoster, type KnownEstate, type RosterChanges } from './roster-plan.ts';

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
    const questions = [...read.questions, ...(made ? [made] : []), ...(shared ? [shared] : [])];
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
    await engine.atomically((db) => [
      db.insert(engine.tables.imports).values(row),
      ...writesOf(engine, db, changes, clock()),
      // Codes to sign in with go to a phone, so that whoever brought it stands behind what is done by it (two-people.ts).
      ...chunksOf(changes.phones).map((some) =>
        db.insert(engine.tables.accessLog).values(
          some.map(({ person }) =>
            accessLogRow({
              ...{ id: ids(), at: clock(), actor: row.importedBy, action: 'correct' },
              ...{ subject: `person:${person}`, place: estate, reason: 'phone' },
            }),
          ),
        ),
      ),
    ]);
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

async function knownEstate(
  { engine, places }: RosterDeps,
  estate: string,
  rows: readonly RosterRow[],
): Promise<KnownEstate> {
  const { houses: h, residencies: r, people: p } = engine.tables;
  const residencies = await engine.db
    .select({
      id: r.id,
      house: r.house,
      person: r.person,
      relation: r.relation,
      since: r.since,
      until: r.until,
    })
    .from(r)
    .innerJoin(h, eq(h.id, r.house))
    .where(eq(h.estate, estate));
  const residents = await engine.db
    .selectDistinct({ id: p.id, name: p.name, phone: p.phone })
    .from(p)
    .innerJoin(r, eq(r.person, p.id))
    .innerJoin(h, eq(h.id, r.house))
    .where(eq(h.estate, estate));
  const known = new Map(residents.map((person) => [person.id, person]));
  for (const person of await neighbours(engine, places, estate, rows)) known.set(person.id, person);
  const { aliases, keepers } = await aliasesOf(engine, places, { estate, rows });
  for (const person of keepers) known.set(person.id, person);
  const people = [...known.values()].flatMap(({ id, name, phone }) =>
    name === null ? [] : [{ id, name, phone }],
  );
  return { houses: await housesOf(engine, estate), residencies, people, aliases };
}

/** Whoever of the same book has a phone of the file: somebody who owns a house in two estates is one person. */
async function neighbours(engine: Engine, places: Places, estate: string, rows: readonly RosterRow[]) {
  const { houses: h, residencies: r, people: p, roles } = engine.tables;
  const book = await places.bookOf(estate);
  const found: { id: string; name: string | null; phone: string | null }[] = [];
  const phones = [...new Set(rows.flatMap(({ phone }) => (phone === undefined ? [] : [phone])))];
  for (const some of chunksOf(phones)) {
    const columns = { id: p.id, name: p.name, phone: p.phone };
    const living = await engine.db
      .selectDistinct({ ...columns, place: h.estate })
      .from(p)
      .innerJoin(r, eq(r.person, p.id))
      .innerJoin(h, eq(h.id, r.house))
      .where(inArray(p.phone, some));
    const working = await engine.db
      .selectDistinct({ ...columns, place: roles.place })
      .from(p)
      .innerJoin(roles, eq(roles.person, p.id))
      .where(inArray(p.phone, some));
    for (const { place, ...person } of [...living, ...working]) {
      if ((await places.bookOf(place)) === book) found.push(person);
    }
  }
  return found;
}

function writesOf(
  { tables }: Engine,
  db: Database,
  changes: RosterChanges,
  now: number,
): PromiseLike<unknown>[] {
  const { houses, residencies, people } = tables;
  const fresh = { version: 1, createdAt: now };
  return [
    ...chunksOf(changes.houses).map((rows) =>
      db.insert(houses).values(rows.map((row) => ({ ...row, ...fresh }))),
    ),
    ...chunksOf(changes.people).map((rows) =>
      db.insert(people).values(rows.map((row) => personRow(row, now))),
    ),
    ...changes.phones.map(({ person, phone }) =>
      db
        .update(people)
        .set({ phone, version: sql`${people.version} + 1` })
        .where(eq(people.id, person)),
    ),
    ...chunksOf(changes.residencies).map((rows) =>
      db.insert(residencies).values(rows.map((row) => ({ ...row, ...fresh }))),
    ),
    ...changes.ended.map(({ id, until }) =>
      db
        .update(residencies)
        .set({ until, version: sql`${residencies.version} + 1` })
        .where(eq(residencies.id, id)),
    ),
  ];
}
