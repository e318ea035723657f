/**
 * Protects: whatever a firm posts and takes back under the number of one offset, in lists that go on from the last one, in
 * lists of what is new, sent once or twice, reversed in between or not: what it has in its books is what we have, what was
 * written off and the differences that are open.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rowsAgain } from './rows-again.ts';
import { sayingOf, type KeptRow, type NumberedOffset, type SaidRow, type ToldRow } from './said-row.ts';

const VALUE = 3_549;
const PART = 1_549;
type Step = {
  do: 'post' | 'return' | 'list' | 'list twice' | 'reverse' | 'write off' | 'return part' | 'return rest';
};
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('post' as const, 'return' as const, 'list' as const) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('list twice' as const, 'reverse' as const, 'write off' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('return part' as const, 'return rest' as const) }),
  },
);

/** Histories that were lost once. */
const FOUND: Step['do'][][] = [
  ['return part', 'reverse', 'post', 'return rest', 'return'],
  ['return', 'post', 'post', 'list', 'write off', 'return', 'return'],
  ['post', 'return part', 'post', 'reverse', 'return', 'list twice'],
  ['return part', 'post', 'post', 'reverse', 'post', 'return', 'return', 'list twice'],
  ['return part', 'reverse', 'return rest', 'post', 'return', 'list'],
  ['post', 'list', 'return', 'return', 'post', 'post', 'list twice'],
  ['return part', 'reverse', 'post', 'return rest', 'list', 'return'],
];

/** The firm's books under one number, and what we know of them. */
class Books {
  readonly rows: SaidRow[] = [];
  #listed = 1;
  #last: SaidRow[] = [];
  #nth = 0;
  state: NumberedOffset['state'] = 'posted';
  writtenFen = 0;
  readonly kept: KeptRow[] = [];
  told: (ToldRow & { why: string })[] = [];

  constructor() {
    this.write('posted', VALUE);
    this.kept.push({ ...this.rows[0]!, offset: 'o1', isSettling: true });
  }

  get theirsFen(): number {
    return this.rows.reduce(
      (sum, { state, amountFen }) => sum + (state === 'posted' ? 1 : -1) * amountFen,
      0,
    );
  }

  get oursFen(): number {
    return (this.state === 'posted' ? VALUE : 0) + this.writtenFen;
  }

  get openFen(): number {
    return this.told.reduce((sum, { differenceFen }) => sum + differenceFen, 0);
  }

  write(state: 'posted' | 'returned', amountFen: number): void {
    this.#nth += 1;
    const postedOn = `2026-06-${String(this.#nth).padStart(2, '0')}`;
    this.rows.push({
      ...{ id: `e${this.#nth}`, rowNumber: 0, offsetNumber: 'DK-1', house: '3-2-0501', item: '物业服务费' },
      ...{ period: '2026-06', amountFen, postedOn, state },
    });
  }

  /** A list of all, or of what is new since the last one. */
  send(style: 'whole' | 'new', isRepeat: boolean): void {
    const fresh = style === 'whole' ? this.rows : this.rows.slice(this.#listed);
    const sent = isRepeat ? this.#last : fresh;
    if (!isRepeat) [this.#last, this.#listed] = [[...sent], this.rows.length];
    const rows = sent.map((row, nth) => ({
      ...row,
      id: `${row.id}.${(this.#nth += 0)}.${nth}`,
      rowNumber: nth + 2,
    }));
    const drawnUpOn = rows.at(-1)?.postedOn ?? null;
    const found = rowsAgain({
      ...{ rows, kept: this.kept, told: this.told, drawnUpOn, reopened: new Set<string>() },
      offsets: new Map([['DK-1', { id: 'o1', valueFen: VALUE, state: this.state }]]),
    });
    for (const row of rows) expect(found.known.has(row)).toBe(!found.wrong.has(row));
    this.told = this.told.filter((each) => !found.settled.has(each.break));
    for (const row of [...rows, ...this.told.map((each) => each.row)])
      if (found.bound.has(row.id))
        this.kept.push({ ...row, offset: 'o1', isSettling: row.state === 'posted' });
    for (const [row, wrong] of found.wrong) {
      const isOffsets = wrong.why === 'gone';
      const same = (each: ToldRow) =>
        isOffsets ? each.isOffsets : !each.isOffsets && sayingOf(each.row) === sayingOf(row);
      this.told = this.told.filter((each) => !same(each));
      const fen = 'fen' in wrong ? wrong.fen : row.amountFen;
      this.told.push({
        ...{ break: `b${row.id}`, number: 'DK-1', isOffsets, row, why: wrong.why },
        kind: row.state === 'posted' ? 'duplicate' : 'returned',
        differenceFen: row.state === 'posted' ? fen : -fen,
      });
    }
  }

  /** Two people take back what the firm has taken back. */
  reverse(): void {
    const found = this.told.find(({ why }) => why === 'gone');
    if (!found) return;
    this.told = this.told.filter((each) => each !== found);
    // What it has not taken back is to be taken out.
    const differenceFen = VALUE + found.differenceFen;
    const rest = {
      break: 'rest',
      number: 'DK-1',
      kind: 'duplicate' as const,
      isOffsets: false,
      why: 'kept',
      differenceFen,
    };
    if (differenceFen > 0) this.told.push({ ...rest, row: this.rows[0]! });
    this.kept.push({ ...found.row, offset: 'o1', isSettling: false });
    this.state = 'reversed';
  }

  /** Once: of several parts the last one that was told is remembered. */
  returnPart(): void {
    if (
      this.state === 'posted' &&
      this.theirsFen >= PART &&
      !this.rows.some(({ amountFen }) => amountFen === PART)
    )
      this.write('returned', PART);
  }

  returnRest(): void {
    const rest = this.told.find(({ why }) => why === 'kept');
    if (rest && !this.rows.some(({ amountFen }) => amountFen === rest.differenceFen))
      this.write('returned', rest.differenceFen);
  }

  writeOff(): void {
    const found = this.told.find(({ differenceFen }) => differenceFen > 0);
    if (!found) return;
    this.told = this.told.filter((each) => each !== found);
    this.kept.push({ ...found.row, offset: 'o1', isSettling: false });
    this.writtenFen += found.differenceFen;
  }
}

it.each(['whole', 'new'] as const)('nothing is lost or told twice in lists of the %s', (style) => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      const books = new Books();
      const inParts = steps.some(({ do: what }) => what === 'return part');
      for (const { do: what } of [...steps, { do: 'list' as const }]) {
        if (what === 'post') books.write('posted', VALUE);
        // It takes back no more than it has posted.
        if (what === 'return' && books.theirsFen >= VALUE) books.write('returned', VALUE);
        if (what === 'return part') books.returnPart();
        if (what === 'return rest') books.returnRest();
        if (what === 'list') books.send(style, false);
        if (what === 'list twice') {
          books.send(style, false);
          books.send(style, true);
        }
        // Two people reverse what the firm's latest list says.
        if (what === 'reverse') {
          books.send(style, false);
          books.reverse();
        }
        if (what === 'write off' && !inParts) books.writeOff();
        if (what === 'list' || what === 'list twice')
          expect(books.theirsFen).toBe(books.oursFen + books.openFen);
      }
    }),
    { numRuns: 150, examples: FOUND.map((deeds) => [deeds.map((what) => ({ do: what }))]) },
  );
});
