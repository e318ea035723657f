/** 收分: points are taken at a counter, in one step with using the code up, on the terms of the day. */
import type { ProductDeps } from '../places/index.ts';
import { byConsent } from '../identity/index.ts';
import { findPosted, post, untilFresh, type Posted, type RowChange, type Tally } from '../ledger/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../platform/index.ts';
import { agreedAtTill, isUnitOf, monthOf, takenKey } from '../programme/index.ts';
import { tellWebhooks } from '../webhooks/index.ts';
import { customerAt, doneOf, explainRefusal, useOfCode, type CounterDone, type Customer } from './counter.ts';
import { basketRefusal, priceBasket, type Wanted } from './goods/price-basket.ts';
import { soldLine, soldRows } from './goods/sold-lines.ts';
import { wordsOf } from './rules/basket.ts';
import { moveStock } from './stock/move-stock.ts';
import { GOODS_LENGTH } from './shop.schemas.ts';
import type { ShownRedemption } from './shop.views.ts';

/** Points for what a clerk names in words, or for goods of the shop at the prices that the till showed. */
export type RedemptionInput = {
  place: string;
  customer: Customer;
  /** Goes on over a limit of what may be unpaid that only asks. */
  overLimit?: true;
} & ({ points: number; unit: string; goods: string } | { lines: readonly Wanted[] });

type Asked = { input: RedemptionInput; actor: Actor; key: string; scope: string };

/** Of a code that a relative shows and the end of their consent at the same moment, one is first. */
export function confirmRedemption(
  deps: ProductDeps,
  asked: Asked,
): Promise<CounterDone<ShownRedemption> | Problem> {
  return untilFresh(() => confirmOnce(deps, asked));
}

async function confirmOnce(
  deps: ProductDeps,
  { input, actor, key, scope }: Asked,
): Promise<CounterDone<ShownRedemption> | Problem> {
  const { engine, places, clock } = deps;
  const { place } = input;
  const book = await places.bookOf(place);
  if (book === undefined) return problem('not-found');
  const ask = { book, scope, key, request: ['confirm-redemption', input] };
  const before = await findPosted(deps, ask);
  if (before) return doneOf(await explainedAt(deps, before, input));
  const now = clock();
  const id = deps.ids();
  const [customer, { terms, cap }, told, isKnown] = await Promise.all([
    customerAt(deps, { customer: input.customer, place, book, actor }),
    agreedAtTill(engine, { redeemer: place, at: now, isAccepted: input.overLimit === true }),
    tellWebhooks(deps, { place, event: 'redemption.confirmed', thing: id }),
    'lines' in input || isUnitOf(engine, { book, unit: input.unit }),
  ]);
  if (isProblem(customer)) return customer;
  const { member, person, code } = customer;
  const clerk = actorText(actor);
  if (!isKnown) return unknownUnit;
  const sold: Sold | Problem =
    'lines' in input
      ? await soldFromShelf(deps, { ...input, book, member, now, sale: id, by: clerk })
      : { ...input, yuanFen: 0, tallies: [], rows: [] };
  if (isProblem(sold)) return sold;
  if (Object.keys(terms).length === 0) return problem('terms-missing');
  const { points, unit, goods, yuanFen } = sold;
  const consent = await byConsent(engine, code?.actedBy ?? null, now);
  if (isProblem(consent)) return problem('code-ended');
  const use = useOfCode(code, { place, actor, used: `redemption:${id}` });
  const sale = { id, member, points, unit, goods, yuanFen, clerk, state: 'taken' as const, createdAt: now };
  const { createdAt, yuanFen: yuan_fen, ...cells } = sale;
  const posted = await post(deps, ask, {
    id,
    actor,
    place,
    uniques: use.uniques,
    // Counted only where there is a cap: what was taken before it was agreed does not count against it.
    tallies: [
      ...sold.tallies,
      ...(cap === undefined
        ? []
        : [{ key: takenKey({ redeemer: place, unit, month: monthOf(now) }), add: points, max: cap }]),
    ],
    commands: [{ do: 'spend', member, redeemer: place, take: { points, unit }, terms }],
    rows: [
      ...use.rows,
      ...consent,
      {
        insert: 'redemptions',
        values: {
          ...cells,
          yuan_fen,
          place,
          code: code?.id ?? id,
          transaction: { planned: 'transaction' },
          created_at: createdAt,
        },
      },
      ...sold.rows,
      ...told,
    ],
  });
  return doneOf(await explainedAt(deps, posted, input), { sale, person });
}

/** A repeat hears the same: which goods it was is read by the counter's name. */
async function explainedAt(
  deps: ProductDeps,
  posted: Posted | Problem,
  input: RedemptionInput,
): Promise<Posted | Problem> {
  return basketRefusal(deps.engine, await explainRefusal(deps, posted, input));
}

type Sold = {
  points: number;
  unit: string;
  goods: string;
  yuanFen: number;
  tallies: readonly Tally[];
  rows: readonly RowChange[];
};

/** Only goods of the shop are priced, counted and moved: what a clerk names in words asks for none of it. */
async function soldFromShelf(
  deps: ProductDeps,
  of: Parameters<typeof priceBasket>[1] & { sale: string; by: string },
): Promise<Sold | Problem> {
  const { place, sale, by, now } = of;
  const basket = await priceBasket(deps, of);
  if (isProblem(basket)) return basket;
  const { unit, points, yuanFen, lines, tallies } = basket;
  const fromShelf = lines.flatMap(({ goods, quantity }) =>
    goods.kind === 'goods'
      ? [{ place, goods: goods.id, kind: 'sold' as const, free: -quantity, kept: 0 }]
      : [],
  );
  const moved = moveStock(fromShelf, { ids: deps.ids, unit: sale, about: sale, by, now });
  return {
    ...{ unit, points, yuanFen, goods: wordsOf(lines, GOODS_LENGTH) },
    tallies: [...tallies, ...moved.tallies],
    rows: [...soldRows(deps.ids, { sale, lines: lines.map(soldLine) }), ...moved.rows],
  };
}

const unknownUnit = problem('invalid-input', {
  fields: [{ field: 'unit', zh: '没有这种积分', en: 'There are no points of this kind' }],
});
