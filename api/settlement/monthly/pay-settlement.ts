/**
 * 付款: a settlement that both sides agreed to is paid, at once or in parts, each with the bank's number of the transfer.
 * Protects: never more than the settlement leaves, and never more than is owed by then; each gets the next voucher number of
 * whoever pays.
 */
import { findPosted, post, untilFresh } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../../platform/index.ts';
import { fenToMicro } from '../../platform/money/index.ts';
import { dayOf, monthOf } from '../../programme/index.ts';
import { paymentHash } from './settlement-claims.ts';
import { findSettlement } from './settlements.ts';
import { speaksForSide } from './speaks-for.ts';

type Deps = Pick<ProductDeps, 'engine' | 'places' | 'ids' | 'clock' | 'journal'>;
export type PaymentInput = { settlement: string; amountFen: number; reference: string; paidOn: string };
export type PaymentDone = { id: string; replayed: boolean };

export function paySettlement(
  deps: Deps,
  asked: { input: PaymentInput; actor: Actor; key: string; scope: string },
): Promise<PaymentDone | Problem> {
  return untilFresh(() => payOnce(deps, asked));
}

async function payOnce(
  deps: Deps,
  { input, actor, key, scope }: { input: PaymentInput; actor: Actor; key: string; scope: string },
): Promise<PaymentDone | Problem> {
  const { engine, ids, clock } = deps;
  const { amountFen, reference, paidOn } = input;
  const row = await findSettlement(engine, input.settlement);
  if (!row) return problem('not-found');
  if (!(await speaksForSide(deps, { settlement: row, side: 'payer', actor }))) return problem('not-allowed');
  const ask = { book: row.book, scope, key, request: ['pay-settlement', input] };
  const before = await findPosted(deps, ask);
  if (before) return isProblem(before) ? before : { id: before.unit, replayed: true };
  if (row.state === 'paid') return problem('already-done');
  if (row.state !== 'agreed') return problem('not-agreed-yet');
  if (amountFen > row.netFen - row.paidFen) return problem('overpaid');
  if (paidOn > dayOf(clock())) return problem('invalid-input', { fields: [paidInFuture] });
  const id = ids();
  const payment = { id, settlement: row.id, amountFen, reference, paidOn, paidBy: actorText(actor) };
  const paidFen = row.paidFen + amountFen;
  const prefix = `FK-${monthOf(clock()).slice(2).replace('-', '')}-`;
  const posted = await post(deps, ask, {
    ...{ id, actor, place: row.place, memoCommitment: paymentHash(payment) },
    commands: [{ do: 'pay', payer: row.payer, payee: row.payee, amountMicro: fenToMicro(amountFen) }],
    // The same transfer pays one settlement once.
    uniques: [{ key: `bank-reference:${row.id}:${reference}` }],
    number: { prefix, pad: 4, series: `payment:${row.payerPlace}:${prefix}` },
    rows: [
      {
        insert: 'settlement_payments',
        values: {
          ...{
            id,
            settlement: row.id,
            place: row.place,
            payer_place: row.payerPlace,
            number: { planned: 'number' as const },
          },
          ...{ amount_fen: amountFen, reference, paid_on: paidOn, paid_by: payment.paidBy },
          ...{ created_at: clock(), paid_transaction: { planned: 'transaction' as const }, state: 'paid' },
        },
      },
      {
        update: 'settlements',
        ...{ id: row.id, version: row.version },
        set: { paid_fen: paidFen, state: paidFen === row.netFen ? 'paid' : 'agreed' },
      },
    ],
  });
  return isProblem(posted) ? posted : { id: posted.unit, replayed: posted.replayed };
}

const paidInFuture = {
  field: 'paidOn',
  zh: '付款日期还没有到',
  en: 'The day of the transfer is still to come',
};
