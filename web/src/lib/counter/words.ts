import { m } from '$lib/paraglide/messages.js';
import { pointsText } from '$lib/unit-name.ts';
import type { Customer, Mode, Sale, SaleFault, SaleFaults, SaleField } from './sale.ts';

/** `王*，手机尾号 0001`; somebody without a phone by the name alone. */
export function customerName({ name, tail }: { name: string; tail: string }): string {
  return tail === '' ? name : m.counter_customer({ name, tail });
}

export function notDone(mode: Mode): string {
  return mode === 'give' ? m.counter_not_given() : m.counter_not_taken();
}

const faults: Record<Exclude<SaleFault, 'points-more'>, () => string> = {
  'receipt-missing': m.counter_receipt_missing,
  'receipt-long': m.counter_receipt_long,
  'amount-wrong': m.counter_amount_wrong,
  'paid-more': m.counter_paid_more,
  'points-wrong': m.counter_points_wrong,
  'goods-missing': m.counter_goods_missing,
  'goods-long': m.counter_goods_long,
};

/** What to say beside each field. */
export function faultWords(
  found: SaleFaults,
  sale: Sale,
  customer: Customer,
): Partial<Record<SaleField, string>> {
  const held = customer.available.find(({ unit }) => unit === sale.unit)?.points ?? '0';
  return Object.fromEntries(
    Object.entries(found).map(([field, fault]) => [
      field,
      fault === 'points-more'
        ? m.counter_points_more({ points: pointsText(held, sale.unit) })
        : faults[fault](),
    ]),
  );
}
