/**
 * The demo's own dice: the same seed throws the same estate, names and six months on every machine. Each part of the
 * plan has a stream of its own, so that one more shop does not rename the neighbours.
 */
import { hash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { Clock, Ids } from '../platform/index.ts';

export class Chance {
  readonly #state: Uint32Array;

  constructor(seed: string) {
    const digest = Buffer.from(hash('sha256', seed, 'hex'), 'hex');
    this.#state = Uint32Array.from({ length: 4 }, (_, at) => digest.readUInt32LE(at * 4));
  }

  /** 32 bits, by the small fast counter of Chris Doty-Humphrey (sfc32). */
  #next(): number {
    const s = this.#state;
    const [a = 0, b = 0, c = 0, counter = 0] = s;
    const out = (a + b + counter) >>> 0;
    s[0] = b ^ (b >>> 9);
    s[1] = c + (c << 3);
    s[2] = ((c << 21) | (c >>> 11)) + out;
    s[3] = counter + 1;
    return out;
  }

  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number {
    return least + Math.floor((this.#next() / 2 ** 32) * (most - least + 1));
  }

  /** True in so many of a thousand cases. */
  inThousand(cases: number): boolean {
    return this.int(1, 1_000) <= cases;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.int(0, items.length - 1)];
    if (item === undefined) throw new RangeError('there is nothing to pick from');
    return item;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.#next() & 255);
  }
}

/** Ids as the server makes them (UUIDv7, growing with time), out of the replayed clock and the dice. */
export function createReplayIds(chance: Chance, clock: Clock): Ids {
  let last = 0;
  let seq = 0;
  return () => {
    const msecs = clock();
    seq = msecs === last ? seq + 1 : 0;
    last = msecs;
    return uuid({ msecs, seq, random: chance.bytes(16) });
  };
}
