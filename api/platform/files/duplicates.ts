/** Remembers the row in which each key first stood. */
export class FirstRows {
  readonly #groups = new Map<string, Map<string, number>>();

  /**
   * The earlier row with the same key, if there is one; else this row becomes the first. What many rows share (item,
   * month) stands before the last part, which alone is kept for each row: in a long file that is most of the memory.
   */
  see(key: readonly string[], rowNumber: number): number | undefined {
    const group = key.slice(0, -1).join('\u0000');
    const last = key.at(-1) ?? '';
    let rows = this.#groups.get(group);
    if (rows === undefined) this.#groups.set(group, (rows = new Map()));
    const earlier = rows.get(last);
    if (earlier === undefined) rows.set(last, rowNumber);
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
