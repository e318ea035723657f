/**
 * The months before are settled as they would have been: made, confirmed by both sides, paid, and confirmed as received. Of the
 * one before the last each step is to be seen: paid and not confirmed yet, agreed to and not paid, objected to, and fresh; those
 * of the last are fresh, once its third day has come.
 */
import { eq } from 'drizzle-orm';
import { findFund, type Month } from '../programme/index.ts';
import type { PersonActor } from '../platform/index.ts';
import {
  agreeToSettlement,
  makeSettlement,
  objectToSettlement,
  paySettlement,
  receivePayment,
} from '../settlement/index.ts';
import type { DemoDeps, Crew, Who } from './crew.ts';
import { must } from './must.ts';
import { BOOK, type DemoPlaces } from './places.ts';

/** How far one gets. */
type Until = 'received' | 'paid' | 'agreed' | 'objected' | 'made';
type Pair = { payer: string; payerPlace: string; payee: string; pays: Who; gets: Who; open: Until };

export class SettleMonths {
  readonly #deps: DemoDeps;
  readonly #input: { places: DemoPlaces; crew: Crew; openMonth: Month };

  constructor(deps: DemoDeps, input: { places: DemoPlaces; crew: Crew; openMonth: Month }) {
    this.#deps = deps;
    this.#input = input;
  }

  async run(month: Month, day: string): Promise<boolean> {
    let isAny = false;
    for (const pair of await this.#pairs()) {
      const { openMonth } = this.#input;
      const until = month > openMonth ? 'made' : month === openMonth ? pair.open : 'received';
      if (await this.#settle(pair, { month, day, until })) isAny = true;
    }
    return isAny;
  }

  /** Those for whose two sides somebody of the crew speaks. */
  async #pairs(): Promise<Pair[]> {
    const { community, clearing, firm, shops } = this.#input.places;
    const [shop] = shops;
    const funds: Pair[] = [];
    const through = { payerPlace: clearing.id, payer: clearing.id, pays: 'street' as const };
    const of = [
      { place: community.id, unit: 'VOL', pays: 'staff' as const, open: 'objected' as const },
      { place: shop.id, unit: 'CON', pays: 'manager' as const, open: 'made' as const },
    ];
    for (const { place, unit, pays, open } of of) {
      const fund = await findFund(this.#deps, { place, unit });
      if (fund)
        funds.push({ payer: fund.id, payerPlace: place, payee: clearing.id, pays, gets: 'street', open });
    }
    return [
      ...funds,
      { ...through, payee: shop.id, gets: 'manager', open: 'paid' },
      { ...through, payee: firm.id, gets: 'accountant', open: 'agreed' },
    ];
  }

  async #settle(
    { payer, payerPlace, payee, ...who }: Pair,
    { month, day, until }: { month: Month; day: string; until: Until },
  ): Promise<boolean> {
    const deps = this.#deps;
    const [pays, gets] = [this.#actor(who.pays), this.#actor(who.gets)];
    const made = await makeSettlement(deps, { payer, payerPlace, payee, book: BOOK, month, actor: pays });
    if (made === undefined) return false;
    const { id: settlement } = must(made);
    const side = { settlement, version: 1, side: 'payee' as const, actor: gets };
    if (until === 'made') return true;
    if (until === 'objected') {
      must(await objectToSettlement(deps, { ...side, said: '26 日退回的那一笔，好像没有算进来，请核对。' }));
      return true;
    }
    must(await agreeToSettlement(deps, side));
    must(await agreeToSettlement(deps, { ...side, version: 2, side: 'payer', actor: pays }));
    const { settlements: t } = deps.engine.tables;
    const rows = await deps.engine.db
      .select({ id: t.id, number: t.number, netFen: t.netFen })
      .from(t)
      .where(eq(t.id, settlement));
    const { netFen = 0, number = '' } = rows[0] ?? {};
    if (until === 'agreed' || netFen === 0) return true;
    const reference = `${day.replaceAll('-', '')}${number.replace(/\D/g, '')}`;
    const input = { settlement, amountFen: netFen, reference, paidOn: day };
    const scope = `demo:${payerPlace}`;
    const { id: payment } = must(
      await paySettlement(deps, { input, actor: pays, key: `demo-${settlement}`, scope }),
    );
    if (until === 'received') must(await receivePayment(deps, { payment, version: 1, actor: gets }));
    return true;
  }

  #actor(who: Who): PersonActor {
    return this.#input.crew.actors[who];
  }
}
