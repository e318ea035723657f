/**
 * What a basket costs now: each line at the price that its asker saw, or a clear word that it is another by now. Answers
 * with the counters by which a change of a goods, or a limit that is full, refuses the whole.
 */
import type { Engine } from '../../db/index.ts';
import { tallyTotals, type Tally } from '../../ledger/index.ts';
import { dayIn, residenciesOf, type ProductDeps } from '../../places/index.ts';
import { isProblem, problem, type Instant, type Problem } from '../../platform/index.ts';
import { formatYuan } from '../../platform/money/index.ts';
import { limitKey, merged, sumOf } from '../rules/basket.ts';
import { changesKey } from './change-goods.ts';
import { findGoods, pricesAt, type Goods, type Price } from './find-goods.ts';

export type Wanted = { goods: string; price: string; quantity: number };
export type PricedLine = {
  goods: Goods;
  price: Price;
  points: number;
  yuanFen: number;
  quantity: number;
  name: string;
  limitKey: string | null;
};
export type Basket = {
  unit: string;
  points: number;
  yuanFen: number;
  lines: PricedLine[];
  /** Limits, and that nothing of it was changed since. */
  tallies: Tally[];
};

export async function priceBasket(
  deps: ProductDeps,
  input: { place: string; book: number; member: string; lines: readonly Wanted[]; now: Instant },
): Promise<Basket | Problem> {
  const { engine } = deps;
  const { place, book, member, now } = input;
  const wanted = oneLineEach(input.lines);
  const ids = wanted.map(({ goods }) => goods);
  const keys = ids.map(changesKey);
  // The counters first: whatever changes after that is noticed by them.
  const changes = await tallyTotals(engine, { book, keys });
  const [found, prices] = await Promise.all([
    Promise.all(ids.map((id) => findGoods(engine, id))),
    pricesAt(engine, ids, now),
  ]);
  const lines: PricedLine[] = [];
  for (const [nth, { goods: id, price: seen, quantity }] of wanted.entries()) {
    const [goods, price] = [found[nth], prices.get(id)];
    if (goods?.place !== place || !price) return problem('not-found');
    if (goods.state === 'off') return problem('goods-off-sale', { detail: named(goods.name) });
    if (price.id !== seen) return priceChanged(goods, price);
    const { points, yuanFen } = price;
    const counted = await limitKeyOf(deps, { goods, member, now });
    lines.push({ goods, price, points, yuanFen, quantity, name: goods.name, limitKey: counted });
  }
  const [first] = lines;
  if (!first || lines.some(({ goods }) => goods.unit !== first.goods.unit)) return oneUnitOnly;
  const { points, yuanFen } = sumOf(lines);
  if (!Number.isSafeInteger(points) || !Number.isSafeInteger(yuanFen)) return problem('amount-out-of-range');
  const limits = merged(
    lines.flatMap(({ goods, limitKey: key, quantity }) =>
      key === null || goods.limitQuantity === null ? [] : [{ key, add: quantity, max: goods.limitQuantity }],
    ),
  );
  const unchanged = keys.map((key) => ({ key, add: 0, was: changes.get(key) ?? 0 }));
  return { unit: first.goods.unit, points, yuanFen, lines, tallies: [...limits, ...unchanged] };
}

/** The same goods twice in a basket is one line. */
function oneLineEach(lines: readonly Wanted[]): Wanted[] {
  const found = new Map<string, Wanted>();
  for (const line of lines) {
    const known = found.get(line.goods);
    found.set(line.goods, known ? { ...known, quantity: known.quantity + line.quantity } : line);
  }
  return [...found.values()];
}

/** By the household that the member lives in today; alone, where they live nowhere. */
async function limitKeyOf(
  { engine }: ProductDeps,
  { goods, member, now }: { goods: Goods; member: string; now: Instant },
): Promise<string | null> {
  if (goods.limitQuantity === null || goods.limitPeriod === null) return null;
  const period = { at: now, period: goods.limitPeriod };
  if (goods.limitOf !== 'household') return limitKey({ goods: goods.id, whose: member }, period);
  const homes = (await residenciesOf(engine, member, dayIn(now))).map(({ house }) => house).sort();
  return limitKey({ goods: goods.id, whose: homes[0] ?? member }, period);
}

const named = (name: string) => ({ zh: name, en: name });

function priceChanged({ name }: Goods, { points, yuanFen }: Price): Problem {
  const money = yuanFen === 0 ? { zh: '', en: '' } : yuanWords(yuanFen);
  return problem('price-changed', {
    detail: {
      zh: `${name}现在是 ${points} 分${money.zh}`,
      en: `${name} costs ${points} points${money.en} now`,
    },
  });
}

function yuanWords(fen: number): { zh: string; en: string } {
  return { zh: `加 ${formatYuan(fen)} 元`, en: ` and ${formatYuan(fen)} yuan` };
}

const oneUnitOnly = problem('invalid-input', {
  fields: [
    {
      field: 'lines',
      zh: '一单只能用一种积分，请分开下单',
      en: 'One order uses one kind of points; place two',
    },
  ],
});

/** What stood against it, in words of the shop: which goods ran out, or of which there is a limit. */
export async function basketRefusal<Done>(engine: Engine, done: Done | Problem): Promise<Done | Problem> {
  if (!isProblem(done) || done.code !== 'cap-exceeded') return done;
  const [kind, id = ''] = (done.counter ?? '').split(':');
  if (kind !== 'stock' && kind !== 'limit') return done;
  const name = (await findGoods(engine, id))?.name ?? '';
  return problem(kind === 'stock' ? 'out-of-stock' : 'goods-limit', { detail: named(name) });
}
