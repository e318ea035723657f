/** How far the trials are that this process counts, by who asked for them. */
type TrialProgress = { running: boolean; done?: number };

/** Who asks again before the first has ended is told of the last one; the end of the first is not the end of that. */
export function newTrialsUnderWay() {
  const last = new Map<string, { done?: number }>();
  return {
    /** It waits until it counts for the first time. */
    begin(who: string): { count(done: number): void; end(): void } {
      const mine: { done?: number } = {};
      last.set(who, mine);
      return {
        count: (done) => void (mine.done = done),
        end: () => void (last.get(who) === mine && last.delete(who)),
      };
    },
    of: (who: string): TrialProgress => ({ running: last.has(who), ...last.get(who) }),
  };
}
