/** Work of one name takes turns within this process. */
export type Turns = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

export function newTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return async (name, work) => {
    const before = last.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (last.get(name) === mine) last.delete(name);
    }
  };
}

/** Work of several names takes its turn in each; always in the same order, so that no two wait for each other. */
export function inTurnOf<Result>(
  turns: Turns,
  names: readonly string[],
  work: () => Promise<Result>,
): Promise<Result> {
  const [first, ...rest] = names;
  return first === undefined ? work() : turns(first, () => inTurnOf(turns, rest, work));
}

/** The names of a turn, each once and in the order in which every process asks for them. */
export function namesOfTurn(name: string | readonly string[]): string[] {
  return typeof name === 'string' ? [name] : [...new Set(name)].toSorted();
}

/** At most `most` works go on at once within this process; the others wait in the order in which they came. */
export function newLimit(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let free = most;
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((begin) => waiting.push(begin));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
