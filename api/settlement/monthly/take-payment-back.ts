/**
 * A payment that was recorded wrongly is taken back by two people: one asks and says why, another decides. It is owed again. One that its
 * payee has confirmed stands, until the payee says otherwise.
 */
import { areTwoPeople } from '../../identity/index.ts';
import { post, untilFresh } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../../platform/index.ts';
import { fenToMicro } from '../../platform/money/index.ts';
import { takenBackHash } from './payment-claims.ts';
import {
  findPayment,
  findSettlement,
  transferTally,
  type Settlement,
  type SettlementPayment,
} from './settlements.ts';
import { speaksForSide } from './speaks-for.ts';

type Deps = Pick<ProductDeps, 'engine' | 'places' | 'ids' | 'clock' | 'journal'>;
type Done = { id: string };
type Input = { payment: string; actor: Actor };

/** Nothing moves yet. */
export async function askForPaymentBack(
  deps: Deps,
  input: Input & { reason: string },
): Promise<Done | Problem> {
  const found = await paymentOf(deps, input);
  if (isProblem(found)) return found;
  const { payment, settlement } = found;
  if (payment.state !== 'paid') return problem('already-done');
  if (payment.receipt === 'received') return problem('payment-received');
  return set(deps, { payment, settlement, actor: input.actor }, 'asked-back', {
    ...{ asked_by: actorText(input.actor), asked_at: deps.clock(), asked_reason: input.reason },
  });
}

/** The one who asked, or another, lets it stand. */
export async function keepPayment(deps: Deps, input: Input): Promise<Done | Problem> {
  const found = await paymentOf(deps, input);
  if (isProblem(found)) return found;
  const { payment, settlement } = found;
  if (payment.state !== 'asked-back') return problem('already-done');
  return set(deps, { payment, settlement, actor: input.actor }, 'paid', {
    ...{ asked_by: null, asked_at: null, asked_reason: null },
  });
}

export function takePaymentBack(deps: Deps, input: Input): Promise<Done | Problem> {
  return untilFresh(async () => {
    const { engine, ids, clock } = deps;
    const { actor } = input;
    const found = await paymentOf(deps, input);
    if (isProblem(found)) return found;
    const { payment, settlement } = found;
    if (payment.state !== 'asked-back' || payment.paidTransaction === null) return problem('already-done');
    if (payment.receipt === 'received') return problem('payment-received');
    const asked = { actor: payment.askedBy ?? '', at: payment.askedAt ?? 0 };
    const deed = { actor: actorText(actor), at: clock() };
    if (!(await areTwoPeople(engine, asked, deed))) return problem('second-person-needed');
    const { id, amountFen, paidTransaction: reverses } = payment;
    const { payer, payee, book, place } = settlement;
    const key = ids();
    const ask = { book, scope: `payment:${id}`, key, request: ['take-payment-back', key] };
    const posted = await post(deps, ask, {
      ...{ id: key, actor, place, memoCommitment: takenBackHash({ ...payment, takenBackBy: deed.actor }) },
      commands: [{ do: 'pay', payer, payee, amountMicro: fenToMicro(amountFen), reverses }],
      ...counted(payment),
      rows: [
        {
          update: 'settlement_payments',
          ...{ id, version: payment.version },
          set: {
            ...{ state: 'taken-back', taken_back_by: deed.actor, taken_back_at: deed.at },
            taken_back_transaction: { planned: 'transaction' as const },
          },
        },
        {
          update: 'settlements',
          ...{ id: settlement.id, version: settlement.version },
          set: { state: 'agreed', paid_fen: settlement.paidFen - amountFen },
        },
      ],
    });
    return isProblem(posted) ? posted : { id };
  });
}

/** The transfer is free for another payment again, as far as this one had it; what versions of before recorded by key. */
function counted({ payerPlace, transfer, transferFen, settlement, reference, amountFen }: SettlementPayment) {
  return transferFen === null
    ? { uniques: [{ key: `bank-reference:${settlement}:${reference}`, release: true }] }
    : { tallies: [{ key: transferTally({ payerPlace, transfer: transfer ?? '' }), add: 0 - amountFen }] };
}

type Found = { payment: SettlementPayment; settlement: Settlement };

/** For whoever speaks for the payer. */
async function paymentOf(deps: Deps, { payment: id, actor }: Input): Promise<Found | Problem> {
  const payment = await findPayment(deps.engine, id);
  const settlement = payment && (await findSettlement(deps.engine, payment.settlement));
  if (!payment || !settlement) return problem('not-found');
  if (!(await speaksForSide(deps, { settlement, side: 'payer', actor }))) return problem('not-allowed');
  return { payment, settlement };
}

async function set(
  deps: Deps,
  { payment, settlement, actor }: Found & { actor: Actor },
  state: SettlementPayment['state'],
  cells: Readonly<Record<string, string | number | null>>,
): Promise<Done | Problem> {
  const { id, version } = payment;
  const { book, place } = settlement;
  const key = deps.ids();
  const ask = { book, scope: `payment:${id}`, key, request: ['payment', key, state] };
  const posted = await post(deps, ask, {
    ...{ id: key, actor, place, commands: [], uniques: [{ key: `payment-asked:${id}:${version}` }] },
    rows: [{ update: 'settlement_payments', id, version, set: { state, ...cells } }],
  });
  return isProblem(posted) ? posted : { id };
}
