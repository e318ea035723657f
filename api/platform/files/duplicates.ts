/** Remembers the row in which each key first stood. */
export class FirstRows {
  readonly #rows = new Map<string, number>();

  /** The earlier row with the same key, if there is one; else this row becomes the first. */
  see(key: readonly string[], rowNumber: number): number | undefined {
    const joined = key.join('\u0000');
    const earlier = this.#rows.get(joined);
    if (earlier === undefined) this.#rows.set(joined, rowNumber);
    return earlier;
  }
}

export function duplicateReason(earlier: number): { code: string; zh: string; en: string } {
  return {
    code: 'duplicate',
    zh: `和第 ${earlier} 行重复，只保留一行`,
    en: `the same as row ${earlier}; keep only one`,
  };
}
