import { api } from '$lib/api.ts';
import { readPieces } from './pieces.ts';
import type { Customer, Sale } from './sale.ts';

/** What was done, for the loud result: the API's own words, not the form's. */
export type Receipt = {
  mode: Sale['mode'];
  customer: { name: string; tail: string };
  points: string;
  unit: string;
  /** The purchase's amount or the goods. */
  about: string;
  steps: { zh: string; en: string; value: string }[];
};

type Posted = { receipt: Receipt } | { refused: Response };

/** Books the sale once for its key. */
export async function postSale(
  fetch: typeof globalThis.fetch,
  { customer, sale, key, overLimit }: { customer: Customer; sale: Sale; key: string; overLimit: boolean },
): Promise<Posted> {
  const { place, code } = customer;
  const merchant = api(fetch).v1.merchants[':place'];
  const options = { headers: { 'Idempotency-Key': key } };
  if (sale.mode === 'give') {
    const { receipt, amount, paidWithPoints } = sale;
    const paid = paidWithPoints === '' ? {} : { paidWithPoints };
    const json = { code, receipt, amount, ...paid };
    const response = await merchant.purchases.$post({ param: { place }, json }, options);
    if (!response.ok) return { refused: response };
    const done = await response.json();
    const { points, unit, steps } = done;
    return { receipt: { mode: 'give', customer: done.customer, points, unit, steps, about: done.amount } };
  }
  const { points, unit, goods } = sale;
  const over = overLimit && { overLimit: true as const };
  const lines = readPieces(sale.lines);
  const response =
    lines.length > 0
      ? await merchant['goods-sales'].$post({ param: { place }, json: { code, lines, ...over } }, options)
      : await merchant.redemptions.$post(
          { param: { place }, json: { code, points, unit, goods, ...over } },
          options,
        );
  if (!response.ok) return { refused: response };
  const done = await response.json();
  return { receipt: { mode: 'take', ...pick(done), steps: [], about: done.goods } };
}

function pick({ customer, points, unit }: Pick<Receipt, 'customer' | 'points' | 'unit'>) {
  return { customer, points, unit };
}
