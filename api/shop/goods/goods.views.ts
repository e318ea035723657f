import { formatInstant } from '../../platform/index.ts';
import { formatYuan } from '../../platform/money/index.ts';
import type { Offered, Price } from './find-goods.ts';

/** What everybody is shown of a goods. */
export function goodsView({ goods, price, stock, photo }: Offered) {
  const { id, version, place, name, category, description, kind, unit, state, lowAt, keepDays } = goods;
  const { limitQuantity, limitPeriod, limitOf } = goods;
  const limit =
    limitQuantity === null || limitPeriod === null
      ? null
      : { quantity: limitQuantity, period: limitPeriod, of: limitOf ?? 'member' };
  return {
    ...{ id, version, place, name, category, description, kind, unit, state, lowAt, limit, keepDays },
    price: price?.id ?? '',
    points: String(price?.points ?? 0),
    yuan: formatYuan(price?.yuanFen ?? 0),
    photo: photo ?? null,
    left: stock?.free ?? null,
    kept: stock?.kept ?? null,
    isLow: stock !== undefined && lowAt !== null && stock.free <= lowAt,
  };
}

export function priceView({ id, points, yuanFen, validFrom }: Price, by: string | undefined) {
  return {
    ...{
      id,
      points: String(points),
      yuan: formatYuan(yuanFen),
      from: formatInstant(validFrom),
      by: by ?? '',
    },
  };
}
