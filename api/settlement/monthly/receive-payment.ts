/**
 * 收到: what a payment's recorder says stands as recorded until its payee has confirmed that it came, or says what did not.
 * They are two people, also where one person works for both sides. A word of the payee's may be changed by the payee: what was
 * confirmed by mistake is disputed later, and what came late is confirmed after all.
 */
import { areTwoPeople } from '../../identity/index.ts';
import { post, untilFresh } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../../platform/index.ts';
import type { Receipt } from './monthly.tables.ts';
import { receiptHash } from './payment-claims.ts';
import { findPayment, findSettlement, type SettlementPayment } from './settlements.ts';
import { speaksForSide } from './speaks-for.ts';

type Deps = Pick<ProductDeps, 'engine' | 'places' | 'ids' | 'clock' | 'journal'>;
/** `said`: what did not come; undefined: it came. */
export type ReceiptInput = { payment: string; version: number; said?: string | undefined; actor: Actor };

/** Who recorded it, and who asks to have it back, are the other side. */
export async function isOtherThanPayer(
  { engine, clock }: Pick<Deps, 'engine' | 'clock'>,
  { paidBy, createdAt }: SettlementPayment,
  actor: Actor,
): Promise<boolean> {
  return areTwoPeople(engine, { actor: paidBy, at: createdAt }, { actor: actorText(actor), at: clock() });
}

export function receivePayment(deps: Deps, input: ReceiptInput): Promise<{ id: string } | Problem> {
  return untilFresh(async () => {
    const { engine, ids, clock } = deps;
    const { actor, version, said } = input;
    const payment = await findPayment(engine, input.payment);
    const settlement = payment && (await findSettlement(engine, payment.settlement));
    if (!payment || !settlement) return problem('not-found');
    if (!(await speaksForSide(deps, { settlement, side: 'payee', actor }))) return problem('not-allowed');
    const receipt: Receipt = said === undefined ? 'received' : 'disputed';
    if (payment.state === 'taken-back' || payment.receipt === receipt) return problem('already-done');
    if (payment.version !== version) return problem('changed-meanwhile');
    if (!(await isOtherThanPayer(deps, payment, actor))) return problem('second-person-needed');
    const { id } = payment;
    const of = { id, receipt, receiptBy: actorText(actor), receiptAt: clock(), receiptSaid: said ?? null };
    const key = ids();
    const ask = { book: settlement.book, scope: `payment:${id}`, key, request: ['receive-payment', key] };
    const posted = await post(deps, ask, {
      ...{ id: key, actor, place: settlement.place, commands: [], memoCommitment: receiptHash(of) },
      uniques: [{ key: `payment-receipt:${id}:${version}` }],
      rows: [
        {
          update: 'settlement_payments',
          ...{ id, version },
          set: {
            ...{ receipt, receipt_by: of.receiptBy, receipt_at: of.receiptAt, receipt_said: of.receiptSaid },
            receipt_transaction: { planned: 'transaction' as const },
          },
        },
      ],
    });
    return isProblem(posted) ? posted : { id };
  });
}
