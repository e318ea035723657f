/**
 * The rows of one break's write-offs in their order. Pure.
 *
 * Protects: what is written off of a break at any time is nothing, or its difference once: each row but the first follows
 * one that it takes back, or one that took back what was written off before.
 */
export type InOrder = {
  id: string;
  nth: number;
  reverses: string | null;
  amountFen: number;
  firm: string;
  item: string;
  estate: string;
};

/** What is wrong with a row beside the one before it; undefined for nothing. */
export function faultOfWriteOff(row: InOrder, before: InOrder | undefined): string | undefined {
  const { nth, reverses, amountFen } = row;
  if (nth === 1) return reverses === null && amountFen > 0 ? undefined : 'the first takes nothing back';
  if (!before) return `none before the ${nth}.`;
  if (reverses === null)
    return before.reverses !== null && amountFen > 0 ? undefined : `${before.id} stands still`;
  if (reverses !== before.id || before.reverses !== null) return `${reverses} is not what stood before it`;
  const same = amountFen === -before.amountFen && isSamePlace(row, before);
  return same ? undefined : `not the amount, firm and item of ${before.id}`;
}

function isSamePlace(a: InOrder, b: InOrder): boolean {
  return a.firm === b.firm && a.item === b.item && a.estate === b.estate;
}
