/** What a trial adds up to: in all, by type, by person and by who pays. Amounts are points, of offsets fen. */
type Sums = { before: number; after: number };
/** One service, purchase or offset, as it was and as it would be. */
type Tried = Sums & {
  type: string;
  person: string;
  /** What each fund would give, or owe, in points. */ funds: readonly FundPart[];
};
export type FundPart = { fund: string } & Sums;

export type TrialSums = Sums & {
  count: number;
  byType: ({ type: string; count: number } & Sums)[];
  /** How many people get more, less, and as much; the largest changes first, none of those who get as much. */
  people: { more: number; less: number; same: number; top: ({ person: string } & Sums)[] };
  funds: FundPart[];
};

const MOST_PEOPLE = 20;
const MOST_TYPES = 50;

export class TrialBook {
  #all: Sums & { count: number } = { before: 0, after: 0, count: 0 };
  readonly #types = new Map<string, Sums & { count: number }>();
  readonly #people = new Map<string, Sums>();
  readonly #funds = new Map<string, Sums>();

  add({ before, after, type, person, funds }: Tried): void {
    this.#all = { ...plus(this.#all, { before, after }), count: this.#all.count + 1 };
    const known = this.#types.get(type) ?? { before: 0, after: 0, count: 0 };
    this.#types.set(type, { ...plus(known, { before, after }), count: known.count + 1 });
    this.#people.set(person, plus(this.#people.get(person), { before, after }));
    for (const { fund, ...part } of funds) this.#funds.set(fund, plus(this.#funds.get(fund), part));
  }

  sums(): TrialSums {
    const changed = [...this.#people].filter(([, { before, after }]) => before !== after);
    const more = changed.filter(([, { before, after }]) => after > before).length;
    const people = { more, less: changed.length - more, same: this.#people.size - changed.length };
    return {
      ...this.#all,
      byType: largestFirst([...this.#types], ([, { before, after }]) => Math.max(before, after))
        .slice(0, MOST_TYPES)
        .map(([type, sums]) => ({ type, ...sums })),
      people: {
        ...people,
        top: largestFirst(changed, ([, { before, after }]) => Math.abs(after - before))
          .slice(0, MOST_PEOPLE)
          .map(([person, sums]) => ({ person, ...sums })),
      },
      funds: [...this.#funds].map(([fund, sums]) => ({ fund, ...sums })),
    };
  }
}

function plus(known: Sums | undefined, more: Sums): Sums {
  return { before: (known?.before ?? 0) + more.before, after: (known?.after ?? 0) + more.after };
}

/** Equal ones by their name, so that the same month gives the same list each time. */
function largestFirst<Named extends readonly [string, unknown]>(
  all: readonly Named[],
  sizeOf: (one: Named) => number,
): Named[] {
  return [...all].sort((a, b) => sizeOf(b) - sizeOf(a) || (a[0] < b[0] ? -1 : 1));
}
