import { expect, it } from 'vitest';
import { transactionId, transactionNumber } from './transaction-number.ts';

it('a resident and an auditor call a transaction by the same number', () => {
  expect(transactionNumber('1099511630384')).toBe('№ 2608');
  expect(transactionId(1, '2608')).toBe('1099511630384');
  expect(transactionNumber(transactionId(8_000, '7'))).toBe('№ 7');
});
