/**
 * A scan gun types like a very fast person and ends with Enter. This collects its keys wherever the focus is, and
 * lets a person's own typing through.
 */
const slowestKeyMs = 60;
const shortest = 6;
const longest = 512;

export type Wedge = {
  /** Takes a key and the time; the whole text when this was the Enter of a scan, else null. */
  key: (key: string, atMs: number) => string | null;
};

export function createWedge(): Wedge {
  let text = '';
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    key(key, atMs) {
      const fast = atMs - lastMs <= slowestKeyMs;
      lastMs = atMs;
      if (key === 'Enter') {
        const scanned = fast && text.length >= shortest ? text : null;
        text = '';
        return scanned;
      }
      if (key.length !== 1) return null; // Shift and the like, which a gun presses for capitals
      text = fast && text.length < longest ? text + key : key;
      return null;
    },
  };
}

/** Full-width digits (a Chinese input method left on) become plain ones, blanks go: what was meant, not how it was typed. */
export function cleanScan(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '');
}
