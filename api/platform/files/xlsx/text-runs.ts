import { LIMITS } from '../limits.ts';

/** As stored, an escaped character takes seven; more than that of a cell is not held, and the cell is refused. */
export const MOST_STORED = 7 * (LIMITS.cellCharacters + 1);

/** Excel writes characters that XML cannot hold, and a literal `_x0041_`, as `_xHHHH_`. */
const ESCAPED = /_x([0-9A-Fa-f]{4})_/g;

/** The text as the cell shows it; U+0000 and halves of a surrogate pair are left out, as the database refuses them. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text
    .replace(ESCAPED, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\0|\p{Cs}/gu, '');
}

/**
 * Gathers the text of a rich text (`<si>` or `<is>`): its runs one after another, without the phonetic reading that
 * Excel keeps beside it.
 */
export class TextRuns {
  #text = '';
  #inText = false;
  #phonetic = 0;

  open(name: string): void {
    if (name === 'rPh') this.#phonetic += 1;
    else if (name === 't') this.#inText = this.#phonetic === 0;
  }

  close(name: string): void {
    if (name === 'rPh') this.#phonetic -= 1;
    else if (name === 't') this.#inText = false;
  }

  add(text: string): void {
    if (this.#inText && this.#text.length <= MOST_STORED) this.#text += text;
  }

  take(): string {
    const text = unescapeText(this.#text);
    this.#text = '';
    return text;
  }
}
