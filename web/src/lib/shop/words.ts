import { m } from '$lib/paraglide/messages.js';

export type Limit = {
  quantity: number;
  period: 'day' | 'month' | 'quarter' | 'year';
  of: 'member' | 'household';
};

const periods = {
  day: m.goods_period_day,
  month: m.goods_period_month,
  quarter: m.goods_period_quarter,
  year: m.goods_period_year,
};

/** 每户每季度最多 1 件. */
export function limitText({ quantity, period, of }: Limit): string {
  const said = { period: periods[period](), count: quantity };
  return of === 'household' ? m.goods_limit_household(said) : m.goods_limit_member(said);
}

export const periodName = (period: Limit['period']): string => periods[period]();

export type OrderState = 'placed' | 'collected' | 'cancelled' | 'expired';

const states = {
  placed: m.order_state_placed,
  collected: m.order_state_collected,
  cancelled: m.order_state_cancelled,
  expired: m.order_state_expired,
};

/** The till says it of somebody else. */
export const orderState = (state: OrderState, atTill = false): string =>
  atTill && state === 'placed' ? m.order_shop_placed() : states[state]();
