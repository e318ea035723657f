/** Settlements between the clearing party and a shop, for the examples: fresh ones each time, in the state that each needs. */
import { paymentAt, settlementAt } from './access-settlements.ts';
import type { TestApp } from './whole-app.ts';
import { actorNamed, must } from './demo-programme.ts';
import { post } from '../../api/ledger/index.ts';
import { v7 as uuid } from 'uuid';
import { eq } from 'drizzle-orm';

export function settlementThings(app: TestApp, merchant: string) {
  const first = async (kind: 'clearing' | 'firm') => {
    const { places: t } = app.engine.tables;
    const [row] = await app.engine.db.select({ id: t.id }).from(t).where(eq(t.kind, kind)).limit(1);
    return row!.id;
  };
  const clearing = () => first('clearing');
  const at = async (state: 'draft' | 'objected' | 'agreed', version = 1) =>
    settlementAt(app, { payer: await clearing(), payee: merchant, state, version });
  /** The demo has paid what it owed by now: 36.00 more, for points that somebody spent. */
  const owe = async (): Promise<void> => {
    const [payer, fund, member] = [await clearing(), uuid(), uuid()];
    const [unit, amount] = ['VOL', 360];
    const series = { expiresAt: app.clock.now + 86_400_000, rateMicro: 100_000, budgetReturns: true };
    const terms = { [fund]: { mode: 'clearing' as const, via: payer, factor: 10_000 } };
    const take = { points: amount, unit };
    const ask = { book: 1, scope: 'test', key: uuid(), request: ['example', 'owe'] };
    must(
      await post(app.server.deps, ask, {
        ...{ actor: actorNamed(), place: payer },
        commands: [
          { do: 'budget', fund, unit, amount },
          { do: 'credit', member, fund, unit, amount, series },
          { do: 'spend', member, redeemer: merchant, take, terms },
        ],
      }),
    );
  };
  const paid = async (state: 'paid' | 'asked-back') =>
    paymentAt(app, { payer: await clearing(), payee: merchant, state });
  /** Its payment is the ledger's, so that it can be taken back. */
  const paidForReal = async (): Promise<string> => {
    await owe();
    const [payer, id] = [await clearing(), await paid('asked-back')];
    const { settlementPayments: t } = app.engine.tables;
    const ask = { book: 1, scope: 'test', key: uuid(), request: ['example', id] };
    const pay = { do: 'pay' as const, payer, payee: merchant, amountMicro: 10_000 };
    const bank = `bank-reference:`;
    const [row] = await app.engine.db.select().from(t).where(eq(t.id, id));
    const done = must(
      await post(app.server.deps, ask, {
        ...{ actor: actorNamed(), place: payer, commands: [pay] },
        uniques: [{ key: `${bank}${row!.settlement}:${row!.reference}` }],
      }),
    );
    const set = { paidTransaction: done.transactions[0]!, amountFen: 1 };
    await app.engine.db.update(t).set(set).where(eq(t.id, id));
    return id;
  };
  return {
    clearing,
    firm: () => first('firm'),
    settlement: () => at('draft'),
    settlementToConfirm: () => at('draft'),
    settlementToDispute: () => at('draft'),
    settlementDisputed: () => at('objected', 2),
    settlementAgreed: async () => {
      await owe();
      return at('agreed');
    },
    payment: () => paid('paid'),
    settlementPaid: async () => {
      const { settlementPayments: t } = app.engine.tables;
      const [row] = await app.engine.db
        .select()
        .from(t)
        .where(eq(t.id, await paid('paid')));
      return row!.settlement;
    },
    paymentToReceive: () => paid('paid'),
    paymentAskedBack: paidForReal,
  };
}
