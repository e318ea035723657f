/**
 * 结算单: what one party is to pay another for the points that were taken until a month's end. Protects: what was carried in
 * + what was taken − what was given back = what is to be paid, in whole fen, + what is carried on; nothing is rounded away
 * and nothing is made. What a point settles at (rate × factor) is that of the day on which it was taken.
 */
import { fenOf } from './difference.ts';

const MICRO_PER_FEN = 10_000;

/** Points of one series that a step took, or gave back (both negative then). `worthMicro`: at the factor of the agreement. */
export type Taking = {
  fund: string;
  unit: string;
  redeemer: string;
  rateMicro: number;
  factor: number;
  points: number;
  worthMicro: number;
};

/** All that was settled alike: of one fund and redeemer, at one rate and factor. Amounts in micro-yuan. */
export type SettledLine = Omit<Taking, 'points' | 'worthMicro'> & {
  takenPoints: number;
  takenMicro: number;
  returnedPoints: number;
  returnedMicro: number;
};

export type SettledSums = {
  takenMicro: number;
  returnedMicro: number;
  /** What the factors of the agreements leave to whoever pays (让利); below zero where they add to it. */
  concededMicro: number;
  netFen: number;
  carriedOutMicro: number;
};

/** Adds up what is settled alike, one taking after the other, so that a span of any length is held as its lines. */
export class Lines {
  readonly #lines = new Map<string, SettledLine>();

  add({ fund, unit, redeemer, rateMicro, factor, points, worthMicro }: Taking): void {
    const key = `${redeemer} ${fund} ${unit} ${rateMicro} ${factor}`;
    const line = this.#lines.get(key) ?? {
      ...{ fund, unit, redeemer, rateMicro, factor },
      ...{ takenPoints: 0, takenMicro: 0, returnedPoints: 0, returnedMicro: 0 },
    };
    this.#lines.set(key, line);
    if (points > 0) {
      line.takenPoints += points;
      line.takenMicro += worthMicro;
    } else {
      line.returnedPoints -= points;
      line.returnedMicro -= worthMicro;
    }
  }

  all(): SettledLine[] {
    return [...this.#lines].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
  }
}

/** Whoever gave back more than was taken is paid nothing, and it is carried on until it is made up for. */
export function settleUp(carriedInMicro: number, lines: readonly SettledLine[]): SettledSums {
  const sum = (of: (line: SettledLine) => number) => lines.reduce((total, line) => total + of(line), 0);
  const takenMicro = sum((line) => line.takenMicro);
  const returnedMicro = sum((line) => line.returnedMicro);
  const pointsMicro = sum((line) => (line.takenPoints - line.returnedPoints) * line.rateMicro);
  const dueMicro = carriedInMicro + takenMicro - returnedMicro;
  const netFen = Math.max(0, fenOf(dueMicro));
  return {
    ...{ takenMicro, returnedMicro, concededMicro: pointsMicro - takenMicro + returnedMicro },
    ...{ netFen, carriedOutMicro: dueMicro - netFen * MICRO_PER_FEN },
  };
}

/** Neither is paid nor owes back: it waits. */
export const isLessThanAFen = ({ netFen, carriedOutMicro }: SettledSums): boolean =>
  netFen === 0 && carriedOutMicro > 0 - MICRO_PER_FEN;
