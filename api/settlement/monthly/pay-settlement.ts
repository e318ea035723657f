/**
 * 付款: a settlement that both sides agreed to is paid, at once or in parts, each with the bank's number of the transfer.
 * Protects: never more than the settlement leaves, and never more than is owed by then; each gets the next voucher number of
 * whoever pays; a transfer of the bank counts once over all that its payer pays, or in parts that come to no more than it was.
 */
import { findPosted, post, untilFresh } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../../platform/index.ts';
import { fenToMicro } from '../../platform/money/index.ts';
import { dayOf, monthOf } from '../../programme/index.ts';
import { joinTransfer, transferKey } from '../rules/transfer.ts';
import { paymentHash } from './payment-claims.ts';
import { findSettlement, partsOfTransfer, transferTally } from './settlements.ts';
import { speaksForSide } from './speaks-for.ts';

type Deps = Pick<ProductDeps, 'engine' | 'places' | 'ids' | 'clock' | 'journal'>;
export type PaymentInput = {
  settlement: string;
  amountFen: number;
  reference: string;
  paidOn: string;
  /** What the transfer was in all, where it pays other settlements as well. */
  totalFen?: number;
};
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
  const { amountFen, reference, paidOn, totalFen } = input;
  const row = await findSettlement(engine, input.settlement);
  if (!row) return problem('not-found');
  if (!(await speaksForSide(deps, { settlement: row, side: 'payer', actor }))) return problem('not-allowed');
  const ask = { book: row.book, scope, key, request: ['pay-settlement', input] };
  const known = await findPosted(deps, ask);
  if (known) return isProblem(known) ? known : { id: known.unit, replayed: true };
  if (row.state === 'paid') return problem('already-done');
  if (row.state !== 'agreed') return problem('not-agreed-yet');
  if (amountFen > row.netFen - row.paidFen) return problem('overpaid');
  if (paidOn > dayOf(clock())) return problem('invalid-input', { fields: [paidInFuture] });
  const transfer = transferKey(reference);
  if (transfer === '') return problem('invalid-input', { fields: [noNumber] });
  const { payee, payerPlace } = row;
  const standing = await partsOfTransfer(engine, { payerPlace, transfer });
  const part = { settlement: row.id, payee, paidOn, amountFen, totalFen };
  const joined = joinTransfer(standing, part);
  if (joined === 'recorded') return problem('transfer-recorded');
  if (joined === 'exceeded') return problem('transfer-exceeded');
  const { transferFen, before: was } = joined;
  const id = ids();
  const said = { settlement: row.id, amountFen, reference, paidOn, paidBy: actorText(actor) };
  const payment = { id, ...said, transfer, transferFen };
  const paidFen = row.paidFen + amountFen;
  const prefix = `FK-${monthOf(clock()).slice(2).replace('-', '')}-`;
  const posted = await post(deps, ask, {
    ...{ id, actor, place: row.place, memoCommitment: paymentHash(payment) },
    commands: [{ do: 'pay', payer: row.payer, payee: row.payee, amountMicro: fenToMicro(amountFen) }],
    // However many record it at once.
    tallies: [{ key: transferTally({ payerPlace, transfer }), add: amountFen, max: transferFen, was }],
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
          ...{ payee, transfer, transfer_fen: transferFen, receipt: 'waiting' },
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

const noNumber = {
  field: 'reference',
  zh: '请填银行流水号，有数字或字母',
  en: 'The bank’s number of the transfer has figures or letters',
};
const paidInFuture = {
  field: 'paidOn',
  zh: '付款日期还没有到',
  en: 'The day of the transfer is still to come',
};
