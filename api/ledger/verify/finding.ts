/** One thing that is wrong with a book. `rule` is the numbered rule of the ledger that it breaks. */
export type Finding = {
  rule: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
  book: number;
  /** The offending transaction's id (book·2^40 + seq), where one can be named. */
  transaction: number | null;
  zh: string;
  en: string;
};

/** Findings beyond this many are counted and not kept: whoever changed so much is found by the first. */
const MOST_KEPT = 100;

export class Findings {
  readonly kept: Finding[] = [];
  count = 0;

  add(finding: Finding): void {
    this.count++;
    if (this.kept.length < MOST_KEPT) this.kept.push(finding);
  }
}
