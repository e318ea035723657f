/** A set of integers that mostly lie close together: one bit each. */
const PAGE = 8_192;
const BITS = 32;

export class IdSet {
  readonly #pages = new Map<number, Uint32Array>();

  add(id: number): void {
    const page = Math.floor(id / PAGE);
    let bits = this.#pages.get(page);
    if (!bits) this.#pages.set(page, (bits = new Uint32Array(PAGE / BITS)));
    const within = id - page * PAGE;
    const word = Math.floor(within / BITS);
    bits[word] = (bits[word] ?? 0) | (1 << (within % BITS));
  }

  has(id: number): boolean {
    const page = Math.floor(id / PAGE);
    const within = id - page * PAGE;
    const word = this.#pages.get(page)?.[Math.floor(within / BITS)] ?? 0;
    return (word & (1 << (within % BITS))) !== 0;
  }

  /** Page by page in the order in which they were begun, and rising within each. */
  *[Symbol.iterator](): Generator<number> {
    for (const [page, bits] of this.#pages) {
      for (const [word, held] of bits.entries()) {
        if (held === 0) continue;
        for (let bit = 0; bit < BITS; bit++) {
          if ((held & (1 << bit)) !== 0) yield page * PAGE + word * BITS + bit;
        }
      }
    }
  }
}
