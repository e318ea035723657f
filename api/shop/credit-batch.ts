/**
 * A partner's purchases, many in one call: each row is a unit of its own, so that one that cannot be credited stops no
 * other, and a call that was cut off is sent again as it was. What is done is answered as done, the rest is done now.
 */
import { createHash } from 'node:crypto';
import type { ProductDeps } from '../places/index.ts';
import { isProblem, problem, type Actor, type Problem } from '../platform/index.ts';
import { creditPurchase, type PurchaseInput } from './credit-purchase.ts';
import { linesOf, type Line } from './rules/batch-lines.ts';
import { findPurchase } from './undo.ts';

/** Customers under way at once: enough to fill the journal's batches, and few enough that a till does not wait. */
const AT_ONCE = 32;

/** A row as it was read, or what is wrong with how it is written. */
export type BatchRow = Omit<PurchaseInput, 'place'> | Problem;
export type CreditedRow = {
  readonly id: string;
  readonly points: number;
  readonly unit: string;
  readonly createdAt: number;
  /** It was credited by an earlier call under this key. */
  readonly replayed: boolean;
};

type Asked = { place: string; rows: readonly BatchRow[]; actor: Actor; key: string; scope: string };
type Filed = { who: string; receipt: string; input: Omit<PurchaseInput, 'place'> };

/** One answer a row, in the order of the rows. */
export async function creditBatch(deps: ProductDeps, asked: Asked): Promise<(CreditedRow | Problem)[]> {
  const filed = asked.rows.flatMap((row, at): Line<Filed>[] =>
    isProblem(row) ? [] : [{ at, row: { who: nameOf(row), receipt: row.receipt, input: row } }],
  );
  const { lines, twice } = linesOf(filed);
  const answers = asked.rows.map((row): CreditedRow | Problem => (isProblem(row) ? row : twiceInCall));
  for (const at of twice) answers[at] = twiceInCall;
  const left = lines.values();
  const work = async (): Promise<void> => {
    for (const line of left) {
      for (const { at, row } of line) answers[at] = await creditRow(deps, asked, row.input);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, lines.length) }, work));
  return answers;
}

async function creditRow(
  deps: ProductDeps,
  { place, actor, key, scope }: Asked,
  row: Omit<PurchaseInput, 'place'>,
): Promise<CreditedRow | Problem> {
  const input = { ...row, place };
  const done = await creditPurchase(deps, {
    ...{ input, actor, scope, lane: 'bulk' },
    key: keyOfRow(key, row.receipt),
  });
  if (isProblem(done)) return done;
  const sale = done.fresh?.sale ?? (await findPurchase(deps.engine, done.id));
  if (!sale) return problem('not-found');
  const { id, points, unit, createdAt } = sale;
  return { id, points, unit, createdAt, replayed: done.posted.replayed };
}

/** A row's own key, of the call's and its receipt: as long as a key may be, and none that a till would choose. */
export function keyOfRow(key: string, receipt: string): string {
  return createHash('sha256').update(`${key}\n${receipt}`).digest('hex');
}

function nameOf({ customer }: Pick<PurchaseInput, 'customer'>): string {
  return 'member' in customer ? `member:${customer.member}` : `code:${customer.code}`;
}

const twiceInCall = problem('receipt-used', {
  detail: {
    zh: '这张小票在这次提交里出现了两次，只算前面一次。',
    en: 'This receipt stands twice in the call; the first counts.',
  },
});
