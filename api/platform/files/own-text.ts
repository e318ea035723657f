/** V8 keeps a part of a text as a look into the whole: one bill number would hold 32 KB of XML. Shorter parts are copied. */
const SHORTEST_PART = 13;

/** The same text, that holds nothing but itself. */
export function ownText(text: string): string {
  return text.length < SHORTEST_PART ? text : Buffer.from(text).toString();
}

/** Longer texts rarely repeat. */
const SHARED_LENGTH = 24;
const SHARED_COUNT = 20_000;
/** After as many different ones it is known whether they repeat at all. */
const TRIED = 1_000;

/** Holds each of the texts that repeat once, whatever they were cut from; of a long file that is a third of the memory. */
export class SharedTexts {
  #known: Map<string, string> | undefined = new Map();
  #times = 0;

  share(text: string): string {
    if (this.#known === undefined || text.length > SHARED_LENGTH) return ownText(text);
    const known = this.#known.get(text);
    this.#times += 1;
    if (known !== undefined) return known;
    const own = ownText(text);
    if (this.#known.size < SHARED_COUNT) this.#known.set(own, own);
    if (this.#known.size === TRIED && this.#times < 2 * TRIED) this.#known = undefined;
    return own;
  }
}
