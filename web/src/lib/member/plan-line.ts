/** One movement of the ledger as one line of the book: which change stands at its end, and which beside it. */
export type Change = { role: string; unit: string; amount: string };

export type LinePlan = {
  /** The figure of the line. */
  main: Change | undefined;
  /** More of the same: an offset takes consumer and volunteer points at once. */
  more: Change[];
  /** What of it went into, or came out of, points received in excess before. */
  debt: Change[];
};

const size = ({ amount }: Change) => (BigInt(amount) < 0n ? -BigInt(amount) : BigInt(amount));
const bySize = (a: Change, b: Change) => (size(a) < size(b) ? 1 : size(a) > size(b) ? -1 : 0);

/** The first of these that moved speaks for the whole: what can be used, else what waits, else what is set aside. */
const speakers = ['available', 'pending', 'held', 'expired'] as const;

export function planLine(changes: readonly Change[]): LinePlan {
  const moved = changes.filter(({ amount }) => BigInt(amount) !== 0n);
  const debt = moved.filter(({ role }) => role === 'debt');
  for (const speaker of speakers) {
    const [main, ...more] = moved.filter(({ role }) => role === speaker).sort(bySize);
    if (main) return { main, more, debt };
  }
  return { main: undefined, more: [], debt };
}
