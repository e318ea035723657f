import { api } from '$lib/api.ts';
import type { Customer, Sale } from './sale.ts';

/** What 记分 would give, as the clerk sees it before confirming. */
export type Quote = {
  points: string;
  unit: string;
  /** The cap of the day cuts it. */
  isCapped: boolean;
  steps: { zh: string; en: string; value: string }[];
};

/** Null where nothing is worked out: 收分 says its own number, and a broken connection stops nobody from confirming. */
export async function quoteSale(
  fetch: typeof globalThis.fetch,
  { customer, sale }: { customer: Customer; sale: Sale },
): Promise<{ quote: Quote | null } | { refused: Response }> {
  if (sale.mode === 'take') return { quote: null };
  const { place, code } = customer;
  const paid = sale.paidWithPoints === '' ? {} : { paidWithPoints: sale.paidWithPoints };
  const response = await api(fetch).v1.merchants[':place']['purchase-quotes'].$post({
    param: { place },
    json: { code, amount: sale.amount, ...paid },
  });
  if (response.ok) return { quote: await response.json() };
  return response.status >= 500 ? { quote: null } : { refused: response };
}
