import { describe, expect, it } from 'vitest';
import { faultsOf, newSale, packAvailable, readCustomer, readSale, type Customer } from './sale.ts';

const customer: Customer = {
  place: 'p1',
  code: 'c1',
  name: '王*',
  tail: '0001',
  until: '2026-06-13T13:30:00.000Z',
  available: [
    { unit: 'CON', points: '3189' },
    { unit: 'VOL', points: '36' },
  ],
};

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

describe('a sale at the counter', () => {
  it('takes full-width digits, a yuan sign and separators as what they mean', () => {
    const { amount, points } = readSale(formOf({ amount: ' ¥１，２３４．５０ 元', points: '２０' }));
    expect(amount).toBe('1234.50');
    expect(points).toBe('20');
  });

  it('of a purchase needs a receipt, an amount, and no more paid with points than that', () => {
    const sale = { ...newSale('give', customer), amount: '20', paidWithPoints: '20.01' };
    expect(faultsOf(sale, customer)).toEqual({ receipt: 'receipt-missing', paidWithPoints: 'paid-more' });
    expect(faultsOf({ ...sale, receipt: 'A-1', paidWithPoints: '20' }, customer)).toEqual({});
  });

  it('of points takes no more than the customer has of that kind', () => {
    const sale = { ...newSale('take', customer), unit: 'VOL', points: '37', goods: '大米' };
    expect(faultsOf(sale, customer)).toEqual({ points: 'points-more' });
    expect(faultsOf({ ...sale, points: '36' }, customer)).toEqual({});
    expect(faultsOf({ ...sale, points: '0', goods: '' }, customer)).toEqual({
      points: 'points-wrong',
      goods: 'goods-missing',
    });
  });

  it('carries the customer from form to form unchanged', () => {
    const form = formOf({ ...customer, available: packAvailable(customer.available) });
    expect(readCustomer(form)).toEqual(customer);
  });
});
