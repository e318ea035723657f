/** Whom a stretch of transactions concerns, for which places they count, and what they bring along when they move. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { balancesAsBooked, BOOK_SPAN } from '../ledger/index.ts';
import { homesOfAll, type Home, type Places } from '../places/index.ts';
import { dayOf } from '../programme/index.ts';
import { homeOn } from './rules/home.ts';

export type CountedMember = {
  person: string;
  estate: string;
  months: Record<string, string>;
  moves: Move[];
};
/** The estate for which somebody counted before a move; `until`: the first transaction that no longer did. */
export type Move = { estate: string; until: number };
/** Points that somebody who moved had before the transaction, by fund. */
export type Brought = { fund: string; unit: string; points: number };
type Counting = { engine: Engine; places: Places; book: number };
/** `changed`: was not counted before, or counts as something else now. */
type State = CountedMember & { isNew: boolean; changed: boolean };

/** Everybody of a book, as a place of the figures: also those who live in none of its estates. */
export function wholeBook(book: number): string {
  return `book:${book}`;
}

export class CountedMembers {
  readonly #counting: Counting;
  readonly #states: Map<string, State>;
  readonly #homes: ReadonlyMap<string, readonly Home[]>;

  private constructor(counting: Counting, states: Map<string, State>, homes: Map<string, Home[]>) {
    this.#counting = counting;
    this.#states = states;
    this.#homes = homes;
  }

  static async load(counting: Counting, people: readonly string[]): Promise<CountedMembers> {
    const { engine, places, book } = counting;
    const { countedMembers: t } = engine.tables;
    const states = new Map<string, State>();
    const rows =
      people.length === 0
        ? []
        : await engine.db
            .select()
            .from(t)
            .where(and(eq(t.book, book), inArray(t.person, [...people])));
    for (const { person, estate, months, moves } of rows)
      states.set(person, {
        ...{ person, estate, months: { ...months }, moves: [...(moves ?? [])] },
        ...{ isNew: false, changed: false },
      });
    for (const person of people)
      if (!states.has(person))
        states.set(person, { person, estate: '', months: {}, moves: [], isNew: true, changed: false });
    // A home in another book's estate is no home here.
    const homes = new Map<string, Home[]>();
    for (const [person, all] of await homesOfAll(engine, people)) {
      const own = [];
      for (const home of all) if ((await places.bookOf(home.estate)) === book) own.push(home);
      homes.set(person, own);
    }
    return new CountedMembers(counting, states, homes);
  }

  /** Where a member's movement of this moment counts; `brought` if they have moved from `from` since the last one. */
  async placesOf(
    person: string,
    { transaction, at }: { transaction: number; at: number },
  ): Promise<{
    estate: string;
    places: string[];
    moved?: { from: string[]; to: string[]; brought: Brought[] };
  }> {
    const state = this.#stateOf(person);
    const estate = homeOn(this.#homes.get(person) ?? [], dayOf(at), state.isNew ? undefined : state.estate);
    const places = await this.#line(estate);
    const before = state.estate;
    const hasMoved = !state.isNew && before !== estate;
    if (state.isNew || hasMoved) Object.assign(state, { estate, isNew: false, changed: true });
    if (!hasMoved) return { estate, places };
    state.moves.push({ estate: before, until: transaction });
    const from = await this.#line(before);
    const brought = await this.#had(person, transaction);
    const [left, entered] = [
      from.filter((place) => !places.includes(place)),
      places.filter((place) => !from.includes(place)),
    ];
    return { estate, places, moved: { from: left, to: entered, brought } };
  }

  /** For which places a transaction that has been counted did count. */
  async placesAt(person: string, transaction: number): Promise<string[]> {
    const { estate, moves } = this.#stateOf(person);
    return this.#line(moves.find(({ until }) => transaction < until)?.estate ?? estate);
  }

  /** True the first time in a month that the member counts as one of the people of this kind. */
  isFirst(person: string, kind: string, month: string): boolean {
    const state = this.#stateOf(person);
    if (state.months[kind] === month) return false;
    state.months[kind] = month;
    state.changed = true;
    return true;
  }

  get changed(): CountedMember[] {
    return [...this.#states.values()].flatMap(({ person, estate, months, moves, changed }) =>
      changed ? { person, estate, months, moves } : [],
    );
  }

  async #line(estate: string): Promise<string[]> {
    const { places, book } = this.#counting;
    const line = estate === '' ? [] : await places.lineage(estate);
    return [...line.map(({ id }) => id), wholeBook(book)];
  }

  async #had(owner: string, transaction: number): Promise<Brought[]> {
    const { engine, book } = this.#counting;
    const seq = transaction - book * BOOK_SPAN - 1;
    const found = new Map<string, Brought>();
    for (const { role, fund, unit, balance } of await balancesAsBooked(engine, { book, owner, seq })) {
      if (role !== 'available' && role !== 'held' && role !== 'debt') continue;
      const sum = found.get(fund) ?? { fund, unit, points: 0 };
      sum.points += balance;
      found.set(fund, sum);
    }
    return [...found.values()];
  }

  #stateOf(person: string): State {
    const state = this.#states.get(person);
    if (!state) throw new Error('a member who was not loaded');
    return state;
  }
}
