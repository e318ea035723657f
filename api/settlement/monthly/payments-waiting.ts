/**
 * What of payments waits for somebody: for the payee to say whether it came, for the payer what did not come, and for a
 * colleague of whoever asks to have one back.
 */
import { and, asc, eq } from 'drizzle-orm';
import { areTwoPeople, type Deed } from '../../identity/index.ts';
import { waitingAt, type ProductDeps } from '../../places/index.ts';
import { waitingOf, type Waiter, type Waiting } from '../../platform/index.ts';
import type { PaymentState, Receipt } from './monthly.tables.ts';
import type { SettlementPayment } from './settlements.ts';
import type { Speaking } from './settlements-waiting.ts';

/** Within a week a payee can see whether a transfer came. */
const TO_CONFIRM_MS = 7 * 86_400_000;

type Sides = { payers: readonly Speaking[]; payees: readonly Speaking[]; deed: Deed };
type Found = { row: SettlementPayment; place: string };

export async function paymentsWaiting(
  deps: ProductDeps,
  { payers, payees, deed }: Sides,
): Promise<Waiting[]> {
  const came = await paymentsOfSide(deps, { speaking: payees, side: 'payee', receipt: 'waiting' });
  const disputed = await paymentsOfSide(deps, { speaking: payers, side: 'payerPlace', receipt: 'disputed' });
  const asked = await paymentsOfSide(deps, { speaking: payers, side: 'payerPlace', state: 'asked-back' });
  const toConfirm: Waiter[] = [];
  for (const { row, place } of came.found)
    if (await areTwoPeople(deps.engine, { actor: row.paidBy, at: row.createdAt }, deed))
      toConfirm.push({ place, since: row.createdAt, due: row.createdAt + TO_CONFIRM_MS });
  const toTakeBack: Waiter[] = [];
  for (const { row, place } of asked.found) {
    const maker = { actor: row.askedBy ?? '', at: row.askedAt ?? row.createdAt };
    if (await areTwoPeople(deps.engine, maker, deed)) toTakeBack.push({ place, since: maker.at });
  }
  const notCome = disputed.found.map(({ row, place }) => ({ place, since: row.receiptAt ?? row.createdAt }));
  return [
    ...waitingOf('receive-payment', toConfirm, came.isCut),
    ...waitingOf('payment-disputed', notCome, disputed.isCut),
    ...waitingOf('take-payment-back', toTakeBack, asked.isCut),
  ];
}

type Of = { speaking: readonly Speaking[]; side: 'payee' | 'payerPlace' } & (
  | { receipt: Receipt; state?: undefined }
  | { state: PaymentState; receipt?: undefined }
);

async function paymentsOfSide(
  { engine }: ProductDeps,
  { speaking, side, receipt, state = 'paid' }: Of,
): Promise<{ found: Found[]; isCut: boolean }> {
  const { settlementPayments: t } = engine.tables;
  const at = new Map(speaking.map((one) => [one.id, one.at]));
  const { rows, isCut } = await waitingAt(speaking, (place, limit) =>
    engine.reader
      .select()
      .from(t)
      .where(
        and(
          ...[eq(t[side], place), eq(t.state, state)],
          ...(receipt === undefined ? [] : [eq(t.receipt, receipt)]),
        ),
      )
      .orderBy(asc(t.id))
      .limit(limit),
  );
  return { found: rows.map((row) => ({ row, place: at.get(row[side] ?? '') ?? '' })), isCut };
}
