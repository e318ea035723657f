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
