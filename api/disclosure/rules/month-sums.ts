/** What a stretch of transactions of one month adds to the figures of each place. Pure: it adds up what it is given. */
import type { Flow } from './movements.ts';

export type FigureSums = Flow & {
  moved: number;
  takenBackOfEarlier: number;
  refundedOfEarlier: number;
};
export type FigureRow = FigureSums & { place: string; fund: string; unit: string };
export type CountSums = {
  people: number;
  services: number;
  minutes: number;
  points: number;
  voidedServices: number;
  voidedMinutes: number;
  voidedPoints: number;
};
export type CountRow = CountSums & { place: string; kind: string };
/** What a later month took back of what was given in `month`. */
export type LaterRow = { place: string; fund: string; month: string; takenBack: number; refunded: number };

/** A kind of count: everybody who earned something, everybody who served, and those who served in one way. */
export const EARNED = 'earned';
export const SERVED = 'served';
export const servedAs = (type: string): string => `${SERVED}:${type}`;

const NO_FLOW: FigureSums = {
  issued: 0,
  takenBack: 0,
  redeemed: 0,
  refunded: 0,
  expired: 0,
  moved: 0,
  takenBackOfEarlier: 0,
  refundedOfEarlier: 0,
};
const NO_COUNT: CountSums = {
  people: 0,
  services: 0,
  minutes: 0,
  points: 0,
  voidedServices: 0,
  voidedMinutes: 0,
  voidedPoints: 0,
};

export class MonthSums {
  readonly #figures = new Map<string, FigureRow>();
  readonly #counts = new Map<string, CountRow>();
  readonly #later = new Map<string, LaterRow>();

  addFigures(places: readonly string[], of: { fund: string; unit: string }, add: Partial<FigureSums>): void {
    for (const place of places) {
      const key = `${place} ${of.fund}`;
      const row = this.#figures.get(key) ?? { ...NO_FLOW, place, fund: of.fund, unit: of.unit };
      this.#figures.set(key, addUp<FigureRow>(row, add));
    }
  }

  addCounts(places: readonly string[], kind: string, add: Partial<CountSums>): void {
    for (const place of places) {
      const key = `${place} ${kind}`;
      const row = this.#counts.get(key) ?? { ...NO_COUNT, place, kind };
      this.#counts.set(key, addUp<CountRow>(row, add));
    }
  }

  /** `month` is the earlier one, in which the points had been given or used. */
  addLater(
    places: readonly string[],
    of: { fund: string; month: string },
    add: Pick<LaterRow, 'takenBack' | 'refunded'>,
  ): void {
    for (const place of places) {
      const key = `${place} ${of.fund} ${of.month}`;
      const row = this.#later.get(key) ?? { ...of, place, takenBack: 0, refunded: 0 };
      this.#later.set(key, addUp(row, add));
    }
  }

  get figures(): FigureRow[] {
    return [...this.#figures.values()];
  }

  get counts(): CountRow[] {
    return [...this.#counts.values()];
  }

  get later(): LaterRow[] {
    return [...this.#later.values()];
  }
}

/** Adds the numbers of `add` to those of the same name. */
function addUp<Row extends object>(
  row: Row,
  add: { readonly [Name in keyof Row]?: Row[Name] | undefined },
): Row {
  const added = Object.entries(add).flatMap(([name, value]) =>
    typeof value === 'number' ? [[name, Number(row[name as keyof Row]) + value]] : [],
  );
  return { ...row, ...(Object.fromEntries(added) as Partial<Row>) };
}
