/** What the routes of settlements answer: money as yuan, people and parties by name. */
import { areTwoPeople } from '../../identity/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { actorText, formatInstant, type Actor } from '../../platform/index.ts';
import { formatMicro, formatUppercase, formatYuan } from '../../platform/money/index.ts';
import { factorText, fundsById, nameOfActor } from '../../programme/index.ts';

import { isOtherThanObjector } from './agree-to-settlement.ts';
import type { OpenPair } from './open-pairs.ts';
import { isOtherThanPayer } from './receive-payment.ts';
import {
  MOST_PAYMENTS,
  paymentsOf,
  receivedOf,
  remarksOf,
  SETTLEMENT_SIDES,
  type Settlement,
  type SettlementLine,
  type SettlementPayment,
  type SettlementSide,
} from './settlements.ts';
import { speaksForSide } from './speaks-for.ts';

export type Deps = Pick<ProductDeps, 'engine' | 'places' | 'clock'>;

/** A fund's name, or a place's. */
export async function namesOfParties(
  { engine, places }: Pick<Deps, 'engine' | 'places'>,
  ids: readonly string[],
): Promise<(id: string) => { id: string; name: string }> {
  const known = [...new Set(ids)];
  const funds = await fundsById(engine, known);
  const names = new Map<string, string>();
  for (const id of known) names.set(id, funds.get(id)?.name ?? (await places.find(id))?.name ?? '');
  return (id) => ({ id, name: names.get(id) ?? '' });
}

export async function pairsView(deps: Deps, pairs: readonly OpenPair[]) {
  const named = await namesOfParties(
    deps,
    pairs.flatMap(({ payer, payee }) => [payer, payee]),
  );
  const sum = (of: (pair: OpenPair) => number) => pairs.reduce((total, pair) => total + of(pair), 0);
  return {
    sums: {
      owed: formatMicro(sum(({ owedMicro }) => owedMicro)),
      settled: formatMicro(sum(({ settledMicro }) => settledMicro)),
      open: formatMicro(sum(({ openMicro }) => openMicro)),
    },
    rows: pairs.map(({ payer, payee, owedMicro, settledMicro, openMicro }) => ({
      ...{ payer: named(payer), payee: named(payee), owed: formatMicro(owedMicro) },
      ...{ settled: formatMicro(settledMicro), open: formatMicro(openMicro) },
    })),
  };
}

type Named = Awaited<ReturnType<typeof namesOfParties>>;

type Received = ReadonlyMap<string, number>;

export function summaryView(row: Settlement, named: Named, received: Received) {
  const { id, version, number, payer, payee, month, since, state, netFen, paidFen, createdAt } = row;
  return {
    ...{ id, version, number, payer: named(payer), payee: named(payee), month, since, state },
    ...{ net: formatYuan(netFen), paid: formatYuan(paidFen), left: formatYuan(netFen - paidFen) },
    ...{ received: formatYuan(received.get(id) ?? 0), madeAt: formatInstant(createdAt) },
  };
}

export async function summaryViews(deps: Deps, rows: readonly Settlement[]) {
  const named = await namesOfParties(
    deps,
    rows.flatMap(({ payer, payee }) => [payer, payee]),
  );
  const received = await receivedOf(
    deps.engine,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => summaryView(row, named, received));
}

export async function settlementView(deps: Deps, row: Settlement, actor: Actor) {
  const { engine } = deps;
  const named = await namesOfParties(deps, [row.payer, row.payee]);
  const speaks = await sidesOf(deps, { settlement: row, actor });
  const remarks = await remarksOf(engine, row.id);
  const payments = await paymentsOf(engine, { settlement: row.id, limit: MOST_PAYMENTS + 1 });
  const sides = SETTLEMENT_SIDES.filter((side) => speaks.has(side));
  const { state, confirmedBy, confirmedAt, agreedBy, agreedAt } = row;
  const isOther =
    confirmedBy === null ||
    confirmedAt === null ||
    (await areTwoPeople(
      engine,
      { actor: confirmedBy, at: confirmedAt },
      { actor: actorText(actor), at: deps.clock() },
    ));
  return {
    ...summaryView(row, named, await receivedOf(engine, [row.id])),
    netWords: formatUppercase(row.netFen),
    ...{ carriedIn: formatMicro(row.carriedInMicro), taken: formatMicro(row.takenMicro) },
    ...{ returned: formatMicro(row.returnedMicro), conceded: formatMicro(row.concededMicro) },
    ...{
      carriedOut: formatMicro(row.carriedOutMicro),
      madeByName: (await nameOfActor(engine, row.madeBy)) ?? '',
    },
    ...(confirmedBy !== null && { confirmed: await deedOf(deps, confirmedBy, confirmedAt) }),
    ...(agreedBy !== null && { agreed: await deedOf(deps, agreedBy, agreedAt) }),
    remarks: await Promise.all(
      remarks.map(async ({ side, kind, said, by, at }) => ({
        ...{ side, kind, said, byName: (await nameOfActor(engine, by)) ?? '', at: formatInstant(at) },
      })),
    ),
    payments: await Promise.all(
      payments
        .slice(0, MOST_PAYMENTS)
        .map((payment) => paymentView(deps, { payment, settlement: row, named, actor, speaks })),
    ),
    morePayments: payments.length > MOST_PAYMENTS,
    may: {
      confirm: state === 'draft' && speaks.has('payee'),
      agree: state === 'confirmed' && speaks.has('payer') && isOther,
      pay: state === 'agreed' && speaks.has('payer'),
      object: sides.filter((side) => state === (side === 'payee' ? 'draft' : 'confirmed')),
      answer: state === 'objected' && (await isOtherThanObjector(deps, row.id, actor)) ? sides : [],
    },
  };
}

/** Those for which somebody speaks. */
export async function sidesOf(
  deps: Deps,
  of: { settlement: Settlement; actor: Actor },
): Promise<Set<SettlementSide>> {
  const speaks = new Set<SettlementSide>();
  for (const side of SETTLEMENT_SIDES) if (await speaksForSide(deps, { ...of, side })) speaks.add(side);
  return speaks;
}

async function deedOf({ engine }: Pick<Deps, 'engine'>, by: string, at: number | null) {
  return { byName: (await nameOfActor(engine, by)) ?? '', at: formatInstant(at ?? 0) };
}

export async function paymentView(
  deps: Deps,
  of: {
    payment: SettlementPayment;
    settlement: Settlement;
    named: Named;
    actor: Actor;
    speaks: ReadonlySet<SettlementSide>;
  },
) {
  const { payment, settlement, named, actor, speaks } = of;
  const { id, version, number, amountFen, reference, paidOn, paidBy, createdAt, state } = payment;
  const { askedBy, askedAt, askedReason, takenBackBy, takenBackAt, transferFen } = payment;
  const { receiptBy, receiptAt, receiptSaid } = payment;
  const receipt = payment.receipt ?? 'waiting';
  const deed = { actor: actorText(actor), at: deps.clock() };
  const isOther =
    askedBy !== null && (await areTwoPeople(deps.engine, { actor: askedBy, at: askedAt ?? 0 }, deed));
  const saysSo =
    speaks.has('payee') && state !== 'taken-back' && (await isOtherThanPayer(deps, payment, actor));
  const pays = speaks.has('payer');
  return {
    ...{ id, version, number, settlement: settlement.id, settlementNumber: settlement.number },
    ...{ month: settlement.month, since: settlement.since },
    ...{ payer: named(settlement.payer), payee: named(settlement.payee), amount: formatYuan(amountFen) },
    ...{ amountWords: formatUppercase(amountFen), reference, paidOn, state },
    ...(transferFen !== null && transferFen !== amountFen && { transferTotal: formatYuan(transferFen) }),
    paid: await deedOf(deps, paidBy, createdAt),
    ...(askedBy !== null && {
      asked: { ...(await deedOf(deps, askedBy, askedAt)), reason: askedReason ?? '' },
    }),
    ...(takenBackBy !== null && { takenBack: await deedOf(deps, takenBackBy, takenBackAt) }),
    receipt,
    ...(receiptBy !== null && {
      said: {
        ...(await deedOf(deps, receiptBy, receiptAt)),
        ...(receiptSaid !== null && { reason: receiptSaid }),
      },
    }),
    mayAsk: pays && state === 'paid' && receipt !== 'received',
    mayDecide: pays && state === 'asked-back' && isOther && receipt !== 'received',
    ...{ mayReceive: saysSo && receipt !== 'received', mayDispute: saysSo && receipt !== 'disputed' },
    places: { payer: settlement.payerPlace, payee: settlement.payee },
  };
}

export async function lineViews(deps: Deps, lines: readonly SettlementLine[]) {
  const named = await namesOfParties(
    deps,
    lines.flatMap(({ fund, redeemer }) => [fund, redeemer]),
  );
  return lines.map((line) => ({
    ...{ id: line.id, fund: named(line.fund), redeemer: named(line.redeemer), unit: line.unit },
    ...{ rate: formatMicro(line.rateMicro), factor: factorText(line.factor) },
    ...{ takenPoints: String(line.takenPoints), taken: formatMicro(line.takenMicro) },
    ...{ returnedPoints: String(line.returnedPoints), returned: formatMicro(line.returnedMicro) },
  }));
}
