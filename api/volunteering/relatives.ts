/** Who of a household decides about a volunteer's service: separation is by person, and a house is what we know of families. */
import { inArray } from 'drizzle-orm';
import { findStanding } from '../identity/index.ts';
import type { Engine } from '../db/index.ts';
import { residenciesOf } from '../places/index.ts';
import { dayOf } from '../programme/index.ts';
import type { Service } from './service.ts';

/** Those of the people who shared a house with the volunteer on the day of the service. */
export async function relativesAmong(
  engine: Engine,
  { member, startsAt }: Service,
  people: readonly string[],
): Promise<string[]> {
  const housesOf = async (person: string) =>
    (await residenciesOf(engine, person, dayOf(startsAt))).map(({ house }) => house);
  const theirs = await housesOf(member);
  const relatives: string[] = [];
  for (const actor of people) {
    const person = actor.replace(/^person:/, '');
    const shared = (await housesOf(person)).some((house) => theirs.includes(house));
    if (shared || (await actForEachOther(engine, person, member))) relatives.push(actor);
  }
  return relatives;
}

/** Everybody who ever shared a house with one of these people, whenever that was. */
export async function neighboursOf(
  { reader, tables: { residencies: t } }: Engine,
  people: readonly string[],
): Promise<ReadonlySet<string>> {
  const ids = people.map((actor) => actor.replace(/^person:/, ''));
  const houses = reader.selectDistinct({ house: t.house }).from(t).where(inArray(t.person, ids));
  const rows = await reader.selectDistinct({ person: t.person }).from(t).where(inArray(t.house, houses));
  return new Set(rows.map(({ person }) => person));
}

/** Who lets somebody act for them (家人代办), or acts for them, is no third person, wherever they live. */
async function actForEachOther(engine: Engine, one: string, other: string): Promise<boolean> {
  const consents = await Promise.all([
    findStanding(engine, { principal: one, proxy: other }),
    findStanding(engine, { principal: other, proxy: one }),
  ]);
  return consents.some((consent) => consent !== undefined);
}
