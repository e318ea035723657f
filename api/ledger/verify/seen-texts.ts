/**
 * Whether a text came before, in three bytes a text instead of the text itself: "no" is certain, "yes" is right but for
 * one in some thousands, which is looked at again. A Bloom filter that begins another, twice as large, when it is full.
 */
import { randomInt } from 'node:crypto';

const FIRST_ROOM = 65_536;
const BITS_A_TEXT = 24;
const PROBES = 6;

type Filter = { bits: Uint32Array; room: number; held: number };

function emptyFilter(room: number): Filter {
  return { bits: new Uint32Array((room * BITS_A_TEXT) / 32), room, held: 0 };
}

export class SeenTexts {
  readonly #filters: Filter[] = [emptyFilter(FIRST_ROOM)];
  /** Of its own each time, so that nobody can find a text beforehand that is taken for another. */
  readonly #salt = [randomInt(2 ** 32), randomInt(2 ** 32)] as const;

  /** Adds it; true where it seems to have been there. */
  add(text: string): boolean {
    const [one, other] = hashesOf(text, this.#salt);
    const before = this.#filters.some((filter) => has(filter, one, other));
    let last = this.#filters.at(-1) ?? emptyFilter(FIRST_ROOM);
    if (last.held >= last.room) this.#filters.push((last = emptyFilter(last.room * 2)));
    put(last, one, other);
    last.held++;
    return before;
  }

  has(text: string): boolean {
    const [one, other] = hashesOf(text, this.#salt);
    return this.#filters.some((filter) => has(filter, one, other));
  }
}

function has({ bits }: Filter, one: number, other: number): boolean {
  for (let probe = 0; probe < PROBES; probe++) {
    const bit = bitOf(bits, one, other, probe);
    if (((bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false;
  }
  return true;
}

function put({ bits }: Filter, one: number, other: number): void {
  for (let probe = 0; probe < PROBES; probe++) {
    const bit = bitOf(bits, one, other, probe);
    bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }
}

function bitOf(bits: Uint32Array, one: number, other: number, probe: number): number {
  return ((one + probe * other) >>> 0) % (bits.length * 32);
}

/** Two halves that have little to do with each other (as in MurmurHash3 and FNV-1a), begun with the salt. */
function hashesOf(text: string, [one, other]: readonly [number, number]): [number, number] {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    one = Math.imul(one ^ code, 0x85ebca6b);
    one = (one << 13) | (one >>> 19);
    other = Math.imul(other ^ code, 0x01000193);
  }
  one = Math.imul(one ^ (one >>> 16), 0xc2b2ae35);
  other = Math.imul(other ^ (other >>> 15), 0x2c1b3c6d);
  return [(one ^ (one >>> 13)) >>> 0, ((other ^ (other >>> 13)) | 1) >>> 0];
}
