/**
 * One newcomer at the desk (登记新居民), by the rules of a roster of one line: who is known by name and phone, or by the
 * name in that house, stays one person; a house that nobody knows yet, a phone that is another's and a namesake in the
 * estate are asked about before anything is written.
 */
import type { Database } from '../db/index.ts';
import { accessLogRow } from '../identity/index.ts';
import { actorText, problem, type PersonActor, type Problem } from '../platform/index.ts';
import { parseHouse } from './files/house-reference.ts';
import type { RosterRow } from './files/roster.ts';
import { dayIn, formatHouse, type House, type Relation } from './houses.ts';
import type { ProductDeps } from './index.ts';
import type { Question } from './import-questions.ts';
import { turnOf, turnOfPeople } from './imports.ts';
import { knownEstate } from './known-estate.ts';
import { newHousesQuestion } from './new-houses.ts';
import { planRoster, type KnownEstate, type KnownResidency, type RosterChanges } from './roster-plan.ts';
import { isOutrun, writesOf } from './write-roster.ts';

export type Newcomer = {
  estate: string;
  /** As on the door: 3-2-0501. */
  house: string;
  name: string;
  phone?: string | undefined;
  relation: Relation;
  /** The first day. */
  since: string;
  /** The codes of the questions that a person has answered. */
  confirmed: readonly string[];
};

type Deps = Pick<ProductDeps, 'engine' | 'places' | 'ids' | 'clock'>;

/** `isNew`: nobody of this name and phone, or of this name in this house, was known. */
export async function registerResident(
  deps: Deps,
  by: PersonActor,
  input: Newcomer,
): Promise<{ person: string; isNew: boolean } | Problem> {
  const { estate, name, phone, relation, since: from } = input;
  const parsed = parseHouse({ room: input.house });
  if ('reason' in parsed) return problem('invalid-input', { fields: [unreadable] });
  if ((await deps.places.find(estate))?.kind !== 'estate') return problem('not-found');
  if (from > dayIn(deps.clock() + YEAR_MS)) return problem('invalid-input', { fields: [tooFar] });
  const house = parsed.house;
  const row: RosterRow = { rowNumber: 1, house, name, ...(phone !== undefined && { phone }), relation, from };
  const book = (await deps.places.bookOf(estate)) ?? 0;
  return deps.engine.exclusively([turnOf(estate), turnOfPeople(book)], async (engine) => {
    const { ids, clock } = deps;
    const known = await knownEstate({ ...deps, engine }, estate, [row]);
    const changes = planRoster([row], known, { estate, ids, today: dayIn(clock()) });
    const [added] = changes.residencies;
    if (added === undefined || livesOn(known, added))
      return problem('already-exists', { fields: [livesThere] });
    const open = newcomerQuestions(changes, known, row).filter(({ code }) => !input.confirmed.includes(code));
    // Each under its code, so that a form can ask them one by one.
    if (open.length > 0)
      return problem('not-confirmed', { fields: open.map(({ code, zh, en }) => ({ field: code, zh, en })) });
    const written = await writeNewcomer({ ...deps, engine }, by, { changes, estate, reason: relation });
    return written ?? { person: added.person, isNew: changes.people.length > 0 };
  });
}

/** Whether somebody belongs to the house on the day already, and not as something else since before it. */
function livesOn({ residencies }: KnownEstate, added: KnownResidency): boolean {
  const { house, person, relation, since } = added;
  return residencies.some(
    (r) =>
      r.id !== added.id &&
      r.house === house &&
      r.person === person &&
      (r.until === null || r.until > since || (r.until === since && r.since >= since)) &&
      (r.relation === relation || r.since >= since),
  );
}

/**
 * Writes one newcomer with who did it, and whatever goes with it in the same database transaction. Codes to sign in with
 * go to the phone that was typed, so whoever typed it stands behind what is done by it (two-people.ts).
 */
export async function writeNewcomer(
  { engine, ids, clock }: Pick<Deps, 'engine' | 'ids' | 'clock'>,
  by: PersonActor,
  { changes, estate, reason, also }: { changes: RosterChanges; estate: string; reason: string; also?: Also },
): Promise<Problem | undefined> {
  const { accessLog } = engine.tables;
  const entry = (person: string, action: 'add-residency' | 'correct', why: string) =>
    accessLogRow({
      ...{ id: ids(), at: clock(), actor: actorText(by), action },
      ...{ subject: `person:${person}`, place: estate, reason: why },
    });
  const typed = changes.people.filter(({ phone }) => phone !== undefined);
  const log = [
    ...changes.residencies.map(({ person }) => entry(person, 'add-residency', reason)),
    ...typed.map(({ id }) => entry(id, 'correct', 'phone')),
  ];
  try {
    await engine.atomically((db) => [
      ...(also?.(db) ?? []),
      ...writesOf({ engine, ids, clock }, db, { changes, estate, by: actorText(by) }),
      db.insert(accessLog).values(log),
    ]);
    return undefined;
  } catch (error) {
    if (isOutrun(error)) return problem('changed-meanwhile');
    throw error;
  }
}

type Also = (db: Database) => PromiseLike<unknown>[];

/** What is asked before somebody who may be new is written. */
export function newcomerQuestions(
  changes: RosterChanges,
  known: KnownEstate,
  { name }: RosterRow,
): Question[] {
  const made = newHousesQuestion(changes.houses, known.houses);
  const asked: Question[] = made ? [made] : [];
  if (changes.sharing.length > 0) asked.push(sharesPhone);
  const alike = changes.people.length > 0 && namesakeQuestion(known, name);
  return alike ? [...asked, alike] : asked;
}

const NAMED = 5;

/** Whoever has the name in this estate may be the one who stands at the desk, with a house or a phone more. */
function namesakeQuestion({ people, residencies, houses }: KnownEstate, name: string): Question | undefined {
  const named = people.filter((person) => person.name === name);
  if (named.length === 0) return undefined;
  const byId = new Map([...houses.values()].map((house) => [house.id, house]));
  const homes = named
    .slice(0, NAMED)
    .map(({ id, phone }) => {
      const rooms = residencies.filter(({ person }) => person === id).map(({ house }) => byId.get(house));
      const at = rooms.filter((house): house is House => house !== undefined).map(formatHouse);
      return [...new Set(at), ...(phone === null ? [] : [`尾号 ${phone.slice(-4)}`])];
    })
    .map((said) => said.join(' '));
  return {
    code: 'namesake',
    zh: `这个小区已经有叫“${name}”的人：${homes.join('、')}。不是同一个人，登记成另一个人`,
    en: `Somebody called ${name} is registered in this estate already: ${homes.join(', ')}. It is another person`,
  };
}

const YEAR_MS = 366 * 24 * 3_600_000;
const tooFar = { field: 'since', zh: '最多填到一年以后', en: 'At most a year ahead' };

const sharesPhone: Question = {
  code: 'shared-phones',
  zh: '这个手机号已经是别人的。合用手机的人，谁收到验证码都能登录其中任何一位的账号。号码没有填错，确实是一家人合用',
  en: 'Somebody else has this phone. Whoever gets a code on a shared phone can sign in as any of those who share it. The number is right, and a family does share it',
};
const unreadable = {
  field: 'house',
  zh: '房号要写成 3-2-0501 或 3栋2单元0501 这样',
  en: 'A house like 3-2-0501',
};
const livesThere = {
  field: 'house',
  zh: '这个人已经登记在这套房屋',
  en: 'The person belongs to this house already',
};
