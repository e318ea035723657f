/** Several values under one key, in the order in which they came. */
export class Lists<K, V> {
  readonly #lists = new Map<K, V[]>();

  add(key: K, value: V): void {
    const list = this.#lists.get(key);
    if (list) list.push(value);
    else this.#lists.set(key, [value]);
  }

  get(key: K): readonly V[] {
    return this.#lists.get(key) ?? NONE;
  }

  entries(): IterableIterator<[K, V[]]> {
    return this.#lists.entries();
  }
}

/** Most keys that are asked for have nothing, and each would otherwise get an array of its own. */
const NONE: readonly never[] = [];
