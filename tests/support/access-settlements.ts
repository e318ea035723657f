/** A settlement of a place with itself, and a payment of one, in whatever state: for the generated access test and the examples. */
import { v7 as uuid } from 'uuid';
import type { Fixture } from './access-fixtures.ts';
import type { TestApp } from './whole-app.ts';

type State = 'draft' | 'objected' | 'confirmed' | 'agreed' | 'paid';

let months = 0;

/** 35.49 of one fund; each of a month of its own, since a pair has one a month. */
export async function settlementAt(
  app: TestApp,
  {
    payer,
    payee,
    state = 'draft',
    version = 1,
  }: { payer: string; payee: string; state?: State; version?: number },
): Promise<string> {
  const { tables, db } = app.engine;
  const id = uuid();
  const month = `20${String(24 - (months % 20)).padStart(2, '0')}-${String((Math.floor(months++ / 20) % 12) + 1).padStart(2, '0')}`;
  const book = (await app.server.deps.places.bookOf(payee)) ?? 0;
  const said = { by: `person:${uuid()}`, at: app.clock.now };
  await db.insert(tables.settlements).values({
    ...{ id, version, book, number: `JS-${id.slice(-8)}`, payer, payerPlace: payer, payee, place: payer },
    ...{ month, since: month, afterEntry: 0, throughEntry: 1, carriedInMicro: 0, takenMicro: 35_490_000 },
    ...{ returnedMicro: 0, concededMicro: 0, netFen: 3_549, carriedOutMicro: 0, madeBy: said.by },
    ...{ createdAt: app.clock.now, state, paidFen: state === 'paid' ? 3_549 : 0 },
    ...(state !== 'draft' && state !== 'objected' && { confirmedBy: said.by, confirmedAt: said.at }),
    ...((state === 'agreed' || state === 'paid') && { agreedBy: `person:${uuid()}`, agreedAt: said.at }),
  });
  return id;
}

export async function paymentAt(
  app: TestApp,
  of: { payer: string; payee: string; state?: 'paid' | 'asked-back' },
): Promise<string> {
  const { state = 'paid', ...pair } = of;
  const settlement = await settlementAt(app, { ...pair, state: 'paid' });
  const id = uuid();
  const asked = { askedBy: `person:${uuid()}`, askedAt: app.clock.now, askedReason: '户名不符' };
  await app.engine.db.insert(app.engine.tables.settlementPayments).values({
    ...{
      id,
      version: 1,
      settlement,
      place: pair.payer,
      payerPlace: pair.payer,
      number: `FK-${id.slice(-8)}`,
    },
    ...{ amountFen: 3_549, reference: uuid(), paidOn: '2026-06-03', paidBy: `person:${uuid()}` },
    ...{ createdAt: app.clock.now, state, ...(state === 'asked-back' && asked) },
    ...{ payee: pair.payee, receipt: 'waiting' },
  });
  return id;
}

export const ofSettlements = {
  settlement: (app, place) => settlementAt(app, { payer: place, payee: place }),
  payment: (app, place) => paymentAt(app, { payer: place, payee: place }),
} satisfies Record<string, Fixture>;
