/**
 * The tree of places, held in memory: a place never moves, so what was read once stays true. Its name alone can be
 * corrected: at once here, within a minute in other processes.
 */
import { eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { PlaceTree } from '../platform/index.ts';
import { estatesServedBy } from './estate-firms.ts';
import { dayIn } from './houses.ts';
import { booksOfPerson, homesOfPerson, keptHomesOfPerson } from './people-of-book.ts';

export type PlaceKind = 'district' | 'street' | 'community' | 'estate' | 'merchant' | 'firm' | 'clearing';
export type Place = { id: string; book: number; parent: string; kind: PlaceKind; name: string };

export interface Places extends PlaceTree {
  find(id: string): Promise<Place | undefined>;
  /** A place and everything above it, nearest first. */
  lineage(id: string): Promise<readonly Place[]>;
  /** Reads a place anew that was just corrected. */
  forget(id: string): void;
}

const KEPT_MS = 60_000;

export function createPlaces(engine: Engine): Places {
  const known = new Map<string, { place: Place; readAt: number }>();

  async function find(id: string): Promise<Place | undefined> {
    const held = known.get(id);
    if (held && performance.now() - held.readAt < KEPT_MS) return held.place;
    // Asked for by whatever stands in an address; PostgreSQL cannot even be asked for U+0000.
    if (id.includes('\0')) return undefined;
    const { places } = engine.tables;
    const [row] = await engine.reader.select().from(places).where(eq(places.id, id));
    if (!row) return undefined;
    const place = { id: row.id, book: row.book, parent: row.parent, kind: row.kind, name: row.name };
    known.set(id, { place, readAt: performance.now() });
    return place;
  }

  async function lineage(id: string): Promise<readonly Place[]> {
    const line: Place[] = [];
    for (let place = await find(id); place && line.length < 12; place = await find(place.parent)) {
      line.push(place);
      if (place.parent === '') break;
    }
    return line;
  }

  return {
    find,
    lineage,
    forget: (id) => void known.delete(id),
    covers: async (outer, inner) => (await lineage(inner)).some((place) => place.id === outer),
    bookOf: async (id) => (await find(id))?.book,
    kindOf: async (id) => (await find(id))?.kind,
    servedBy: async (id, now) => {
      const firm = await find(id);
      return firm?.kind === 'firm' ? estatesServedBy(engine, { firm, day: dayIn(now) }) : [];
    },
    homesOf: (person, now) => homesOfPerson(engine, person, now),
    keptHomesOf: (person, now) => keptHomesOfPerson(engine, person, now),
    booksOf: async (person) => (await booksOfPerson(engine, person)) ?? new Set(),
  };
}
