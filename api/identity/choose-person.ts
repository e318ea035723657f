/** One phone, several people: whoever has shown its code says which of them they are, and is that one, once. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { problem, type Instant, type PlaceTree, type Problem } from '../platform/index.ts';
import { choiceNames } from './choice-names.ts';
import { findPerson } from './people.ts';
import { findCode, isSameCode, type CodeSecrets, type SignInCode } from './sign-in-codes.ts';

export interface Choice {
  /** Proves that the code was shown; the names alone prove nothing. */
  readonly ticket: string;
  readonly people: readonly { id: string; name: string }[];
}

/** Whom a shown code may be, told apart by little. Who was erased or has another phone by now is not among them. */
export async function choiceOf(
  { engine, secrets, places }: { engine: Engine; secrets: CodeSecrets; places: PlaceTree },
  code: SignInCode,
  now: Instant,
): Promise<Choice> {
  const found = await Promise.all((code.people ?? []).map((id) => findPerson(engine, id)));
  const still = found.flatMap((person) => {
    const { id, name, phone, mergedInto } = person ?? { id: '', name: null, phone: null, mergedInto: null };
    return name !== null && phone !== null && mergedInto === null && secrets.phoneKey(phone) === code.phoneKey
      ? [{ id, name }]
      : [];
  });
  const homes = await Promise.all(still.map(({ id }) => homeOf({ engine, places }, id, now)));
  const names = choiceNames(still.map(({ name }, at) => ({ name, place: homes[at] ?? '' })));
  return {
    ticket: `${code.id}.${secrets.ticketOf(code.id)}`,
    people: still.map(({ id }, at) => ({ id, name: names[at] ?? '' })),
  };
}

/** The estate's name; '' for none. */
async function homeOf(
  { engine, places }: { engine: Engine; places: PlaceTree },
  person: string,
  now: Instant,
): Promise<string> {
  const { places: t } = engine.tables;
  const homes = await places.homesOf(person, now);
  if (homes.length === 0) return '';
  const rows = await engine.reader
    .select({ name: t.name })
    .from(t)
    .where(inArray(t.id, [...homes]));
  return rows[0]?.name ?? '';
}

/** Uses the ticket up for the one who was chosen. A ticket that ended, was used or made up, and a stranger, are one answer. */
export async function choosePerson(
  { engine, secrets }: { engine: Engine; secrets: CodeSecrets },
  { ticket, person: id, now }: { ticket: string; person: string; now: Instant },
): Promise<{ person: string; phoneKey: string } | Problem> {
  const [code = '', mark = ''] = ticket.split('.');
  if (!isSameCode(mark, secrets.ticketOf(code))) return problem('wrong-code');
  const found = await findCode(engine, code);
  if (!found || found.usedAt === null || found.person !== null || found.endsAt <= now)
    return problem('wrong-code');
  const person = await findPerson(engine, id);
  const isOfPhone =
    typeof person?.phone === 'string' &&
    person.mergedInto === null &&
    secrets.phoneKey(person.phone) === found.phoneKey;
  if (found.people?.includes(id) !== true || !isOfPhone) return problem('wrong-code');
  const { signInCodes: t } = engine.tables;
  const open = and(eq(t.id, found.id), isNull(t.person));
  const used = await engine.db.update(t).set({ person: id }).where(open).returning({ id: t.id });
  return used.length === 0 ? problem('wrong-code') : { person: id, phoneKey: found.phoneKey };
}
