/**
 * What a roster changes: houses, people and who belongs to which house. Pure; the ids are handed in.
 *
 * Protects: one person is one person. Name and phone together tell people apart; where a phone is missing, the name
 * within one house does. Nobody is ever told apart or joined by a name alone.
 */
import type { RosterRow } from './files/roster.ts';
import { houseKey, type House, type Relation } from './houses.ts';

/** A roster that gives no first day means "as long as anybody knows". */
export const SINCE_EVER = '1900-01-01';

export type KnownResidency = {
  id: string;
  house: string;
  person: string;
  relation: Relation;
  since: string;
  until: string | null;
};
export type KnownPerson = { id: string; name: string; phone: string | null };
export type KnownEstate = {
  houses: ReadonlyMap<string, House>;
  residencies: readonly KnownResidency[];
  /** Everybody who lives or lived in the estate, and whoever of the same book has a phone of the file. */
  people: readonly KnownPerson[];
  /** Names and phones under which some of them were registered a second time, until that was merged. */
  aliases?: readonly Alias[];
};
/** `id`: the person who stayed. */
export type Alias = KnownPerson;

export type RosterChanges = {
  houses: House[];
  people: { id: string; name: string; phone?: string }[];
  /** A phone that was not known before. */
  phones: { person: string; phone: string }[];
  residencies: KnownResidency[];
  /** `was`: the end that was known before, null for none. */
  ended: { id: string; until: string; was: string | null }[];
  /** Rows that say what is known already. */
  unchanged: number;
  /** Numbers of the rows that give somebody a phone which another person of the book has, or gets from a row before. */
  sharing: number[];
};

type Context = { estate: string; today: string; ids: () => string };

export function planRoster(rows: readonly RosterRow[], known: KnownEstate, context: Context): RosterChanges {
  const plan = new RosterPlan(known, context);
  for (const row of rows) plan.take(row);
  return plan.changes;
}

class RosterPlan {
  readonly changes: RosterChanges = {
    houses: [],
    people: [],
    phones: [],
    residencies: [],
    ended: [],
    unchanged: 0,
    sharing: [],
  };
  readonly #context: Context;
  readonly #houses: Map<string, House>;
  readonly #byPhone = new Map<string, KnownPerson>();
  readonly #byHouse = new Map<string, KnownPerson[]>();
  readonly #holders = new Map<string, Set<string>>();
  readonly #residencies = new Map<string, KnownResidency[]>();

  constructor(known: KnownEstate, context: Context) {
    this.#context = context;
    this.#houses = new Map(known.houses);
    const people = new Map(known.people.map((person) => [person.id, person]));
    for (const person of known.people) {
      if (person.phone === null) continue;
      this.#byPhone.set(`${person.name}|${person.phone}`, person);
      this.#hold(person.phone, person);
    }
    for (const residency of known.residencies) {
      push(this.#residencies, `${residency.house}|${residency.person}`, residency);
      const person = people.get(residency.person);
      if (person) push(this.#byHouse, `${person.name}|${residency.house}`, person);
    }
    for (const alias of known.aliases ?? []) this.#knowAs(alias, people.get(alias.id), known);
  }

  /** Else the file that made the second registration would make it again. */
  #knowAs({ id, name, phone }: Alias, person: KnownPerson | undefined, { residencies }: KnownEstate): void {
    if (!person) return;
    if (phone !== null && !this.#byPhone.has(`${name}|${phone}`))
      this.#byPhone.set(`${name}|${phone}`, person);
    const houses = new Set(residencies.flatMap((row) => (row.person === id ? [row.house] : [])));
    for (const house of houses) push(this.#byHouse, `${name}|${house}`, person);
  }

  take(row: RosterRow): void {
    const house = this.#houseOf(row);
    const person = this.#personOf(row, house);
    const since = row.from ?? SINCE_EVER;
    const until = row.to === undefined ? null : dayAfter(row.to);
    const theirs = this.#residencies.get(`${house.id}|${person.id}`) ?? [];
    const same = theirs.find(
      // A link that was over by the day is another one: whoever moves in again, or buys back, comes anew.
      (r) =>
        r.relation === row.relation &&
        (row.from === undefined || (startsAlike(r.since, since) && (r.until === null || r.until > since))),
    );
    if (same) {
      if (until === null || same.until === until) this.changes.unchanged += 1;
      else this.#end(same, until);
      return;
    }
    // An owner who was written down as family changes from the day that the file gives, or from today.
    const from = row.from ?? (theirs.length > 0 ? this.#context.today : SINCE_EVER);
    for (const r of theirs) if (r.until === null || r.until > from) this.#end(r, from);
    const id = this.#context.ids();
    const added = { id, house: house.id, person: person.id, relation: row.relation, since: from, until };
    this.changes.residencies.push(added);
    push(this.#residencies, `${house.id}|${person.id}`, added);
  }

  /** One that this very file begins is changed before it is written. */
  #end(residency: KnownResidency, until: string): void {
    const { id, until: was } = residency;
    residency.until = until;
    if (!this.changes.residencies.includes(residency)) this.changes.ended.push({ id, until, was });
  }

  #houseOf({ house: { building, unit, room } }: RosterRow): House {
    const key = houseKey({ building, unit, room });
    const found = this.#houses.get(key);
    if (found) return found;
    const house = { id: this.#context.ids(), estate: this.#context.estate, building, unit, room };
    this.#houses.set(key, house);
    this.changes.houses.push(house);
    return house;
  }

  #personOf({ name, phone, rowNumber }: RosterRow, house: House): KnownPerson {
    const here = `${name}|${house.id}`;
    const byPhone = phone === undefined ? undefined : this.#byPhone.get(`${name}|${phone}`);
    const found =
      byPhone ??
      this.#byHouse.get(here)?.find((p) => phone === undefined || p.phone === null || p.phone === phone);
    if (found) {
      if (phone !== undefined && found.phone === null) this.#learnPhone(found, phone, rowNumber);
      if (!this.#byHouse.get(here)?.includes(found)) push(this.#byHouse, here, found);
      return found;
    }
    const person = { id: this.#context.ids(), name, phone: phone ?? null };
    this.changes.people.push({ id: person.id, name, ...(phone === undefined ? {} : { phone }) });
    if (phone !== undefined) this.#given(person, phone, rowNumber);
    push(this.#byHouse, here, person);
    return person;
  }

  #given(person: KnownPerson, phone: string, rowNumber: number): void {
    this.#byPhone.set(`${person.name}|${phone}`, person);
    if (this.#hold(phone, person) > 1) this.changes.sharing.push(rowNumber);
  }

  /** Returns how many have the phone now. */
  #hold(phone: string, { id }: KnownPerson): number {
    const holders = (this.#holders.get(phone) ?? new Set()).add(id);
    this.#holders.set(phone, holders);
    return holders.size;
  }

  #learnPhone(person: KnownPerson, phone: string, rowNumber: number): void {
    person.phone = phone;
    this.#given(person, phone, rowNumber);
    const added = this.changes.people.find(({ id }) => id === person.id);
    if (added) added.phone = phone;
    else this.changes.phones.push({ person: person.id, phone });
  }
}

function startsAlike(known: string, said: string): boolean {
  return known === said || known === SINCE_EVER;
}

/** `to` is the last day in a file; `until` is the first day after it. */
export function dayAfter(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + 1);
  return at.toISOString().slice(0, 10);
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const found = map.get(key);
  if (found) found.push(value);
  else map.set(key, [value]);
}
