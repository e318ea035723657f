import type { Kit } from '../../db/index.ts';
import type { Period } from '../rules/index.ts';

/** What a shop gives for points, and at which price since when. A shop with several outlets has the goods of each. */
export const goodsTables = (kit: Kit) => ({
  goods: kit.table(
    'goods',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      place: kit.text().notNull(),
      name: kit.text().notNull(),
      category: kit.text().notNull(),
      description: kit.text().notNull(),
      /** A service has no stock. */
      kind: kit.text().$type<'goods' | 'service'>().notNull(),
      /** Which points it costs. */
      unit: kit.text().notNull(),
      /** At so many or fewer it is said to run out; null where nobody asked for that. */
      lowAt: kit.amount(),
      limitQuantity: kit.amount(),
      limitPeriod: kit.text().$type<Period>(),
      limitOf: kit.text().$type<'member' | 'household'>(),
      /** Days that an order of it is kept. */
      keepDays: kit.integer().notNull(),
      state: kit.text().$type<'on' | 'off'>().notNull(),
      madeBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.index('goods_place').on(t.place, t.id),
      kit.index('goods_name').on(t.place, t.name, t.id),
      kit.index('goods_on_sale').on(t.place, t.state, t.id),
    ],
  ),

  goodsPrices: kit.table(
    'goods_prices',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      goods: kit.text().notNull(),
      points: kit.amount().notNull(),
      /** Paid at the counter beside the points; never in the ledger. */
      yuanFen: kit.amount().notNull(),
      validFrom: kit.instant().notNull(),
      setBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [kit.index('goods_prices_goods').on(t.goods, t.validFrom, t.id)],
  ),

  /** What of a redemption or a pick-up was taken, line by line. */
  soldLines: kit.table(
    'sold_lines',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      /** The redemption. */
      sale: kit.text().notNull(),
      goods: kit.text().notNull(),
      price: kit.text().notNull(),
      name: kit.text().notNull(),
      /** Of one piece. */
      points: kit.amount().notNull(),
      yuanFen: kit.amount().notNull(),
      quantity: kit.amount().notNull(),
      /** Whether there is a stock that it came from. */
      kind: kit.text().$type<'goods' | 'service'>().notNull(),
      /** Where it counts against the goods' limit; null where there was none. */
      limitKey: kit.text(),
    },
    (t) => [kit.index('sold_lines_sale').on(t.sale, t.id)],
  ),
});

export const appendOnlyGoodsTables = ['goods_prices', 'sold_lines'] as const;
