/**
 * How offsets are numbered: DK-2606-0001, 0002 …, consecutive per firm and month over all estates that the firm serves.
 *
 * Protects: no number stands twice in an estate. Where a second firm numbers there in one month, its numbers of that
 * estate are a series of its own beside its others, DK-2606-B0001, those of a third DK-2606-C0001.
 */
import type { Month } from '../../programme/rules/index.ts';

/** Without I and O, which look like figures. The first firm of an estate's month has none. */
const LETTERS = ['', ...'BCDEFGHJKLMNPQRSTUVWXYZ'];
const PAD = 4;

type At = { estate: string; firm: string; month: Month };
type Count = { key: string; add: number; was: number };
export type Numbering = { number: { prefix: string; pad: number; series: string }; tallies: Count[] };

/** How many firms numbered in the estate's month, the turn that this one got there, and numbers per estate of before. */
export function numberingKeys({ estate, firm, month }: At) {
  const of = `offset-firms:${estate}:${month}`;
  return { firms: of, turn: `${of}:${firm}`, perEstate: `number:${perEstate({ estate, month })}` };
}

/**
 * The series of the next number, and what it rests on: of two firms at the same moment one is asked again. A month that
 * an estate began when every estate still counted for itself goes on so to its end, which keeps its numbers apart; one that
 * a firm has begun goes on as the firm's, whatever a version of before that still runs beside this one counts for itself.
 */
export function numberingOf(at: At, totals: ReadonlyMap<string, number>): Numbering {
  const keys = numberingKeys(at);
  const [firms, turn] = [totals.get(keys.firms) ?? 0, totals.get(keys.turn) ?? 0];
  const isAsBefore = turn === 0 && (totals.get(keys.perEstate) ?? 0) > 0;
  if (isAsBefore) {
    const series = perEstate(at);
    return { number: { prefix: prefixOf(at.month), pad: PAD, series }, tallies: [] };
  }
  const letter = LETTERS[turn > 0 ? turn - 1 : firms];
  if (letter === undefined) throw new Error(`more than ${LETTERS.length} firms in ${at.month}`);
  const prefix = prefixOf(at.month) + letter;
  return {
    number: { prefix, pad: PAD, series: `offset:${at.firm}:${prefix}` },
    tallies:
      turn > 0
        ? []
        : [
            { key: keys.perEstate, add: 0, was: 0 },
            { key: keys.firms, add: 1, was: firms },
            { key: keys.turn, add: firms + 1, was: 0 },
          ],
  };
}

/** The series that may have given a number: the firm's, or the estate's of before. */
export function seriesOfNumber(number: string, { estate, firm }: Omit<At, 'month'>): string[] {
  const prefix = number.replace(/\d*$/, '');
  return [`offset:${firm}:${prefix}`, `offset:${estate}:${prefix}`];
}

function prefixOf(month: Month): string {
  return `DK-${month.slice(2).replace('-', '')}-`;
}

function perEstate({ estate, month }: Omit<At, 'firm'>): string {
  return `offset:${estate}:${prefixOf(month)}`;
}
