/** A goods as the manager's form has it: texts in, what the API takes out. */
import { textOf } from '../form.ts';
import { fenOf, plainNumber } from '../yuan.ts';
import { m } from '../paraglide/messages.js';

export const goodsFields = [
  ...(['name', 'category', 'description', 'kind', 'unit', 'points', 'yuan'] as const),
  ...(['lowAt', 'limitQuantity', 'limitPeriod', 'limitOf', 'keepDays', 'state'] as const),
] as const;
export type GoodsField = (typeof goodsFields)[number];
export type GoodsValues = Record<GoodsField, string>;
export type GoodsErrors = Partial<Record<GoodsField, string>>;

export const emptyGoods: GoodsValues = {
  ...{ name: '', category: '', description: '', kind: 'goods', unit: 'VOL', points: '', yuan: '' },
  ...{ lowAt: '', limitQuantity: '', limitPeriod: 'month', limitOf: 'member', keepDays: '7', state: 'on' },
};

const NUMBERS: readonly GoodsField[] = ['points', 'yuan', 'lowAt', 'limitQuantity', 'keepDays'];

export function readGoods(form: FormData): GoodsValues {
  const values = Object.fromEntries(goodsFields.map((name) => [name, textOf(form, name)])) as GoodsValues;
  for (const name of NUMBERS) values[name] = plainNumber(values[name]);
  return values;
}

const isWhole = (text: string, most: number, least = 0) =>
  /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most;

/** What is wrong with it, beside each field; a price is asked for only where there is none yet. */
export function faultsOfGoods(values: GoodsValues, { withPrice }: { withPrice: boolean }): GoodsErrors {
  const errors: GoodsErrors = {};
  if (values.name === '' || values.name.length > 40) errors.name = m.goods_name_wrong();
  if (values.category === '' || values.category.length > 20) errors.category = m.goods_category_wrong();
  if (values.description.length > 500) errors.description = m.goods_description_long();
  if (values.lowAt !== '' && !isWhole(values.lowAt, 999_999)) errors.lowAt = m.goods_number_wrong();
  if (values.limitQuantity !== '' && !isWhole(values.limitQuantity, 9_999, 1))
    errors.limitQuantity = m.goods_number_wrong();
  if (!isWhole(values.keepDays, 60, 1)) errors.keepDays = m.goods_keep_wrong();
  return withPrice ? { ...errors, ...faultsOfPrice(values) } : errors;
}

export function faultsOfPrice({ points, yuan }: Pick<GoodsValues, 'points' | 'yuan'>): GoodsErrors {
  const errors: GoodsErrors = {};
  if (!isWhole(points, 999_999_999, 1)) errors.points = m.goods_points_wrong();
  if (yuan !== '' && fenOf(yuan) === undefined) errors.yuan = m.goods_yuan_wrong();
  return errors;
}

export function goodsBody(values: GoodsValues) {
  const { name, category, description, lowAt, limitQuantity, limitPeriod, limitOf, keepDays, state } = values;
  const period = (['day', 'month', 'quarter', 'year'] as const).find((one) => one === limitPeriod) ?? 'month';
  const of = limitOf === 'household' ? ('household' as const) : ('member' as const);
  return {
    ...{ name, category, description, keepDays: Number(keepDays) },
    lowAt: lowAt === '' ? null : Number(lowAt),
    limit: limitQuantity === '' ? null : { quantity: Number(limitQuantity), period, of },
    state: state === 'off' ? ('off' as const) : ('on' as const),
  };
}

export function priceBody({ points, yuan }: Pick<GoodsValues, 'points' | 'yuan'>) {
  return { points, ...(yuan !== '' && { yuan }) };
}
