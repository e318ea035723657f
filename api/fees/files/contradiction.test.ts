import { expect, it } from 'vitest';
import { contradictionIn } from './contradiction.ts';

const due = (cells: Omit<Parameters<typeof contradictionIn>[1], 'rowNumber'>) =>
  contradictionIn(12_600, { rowNumber: 3, ...cells });

it('what is due, less what was received, is what is unpaid: with the penalty, with what is owed from before, or without', () => {
  for (const unpaidFen of [2_600, 2_915, 7_600, 7_915])
    expect(due({ paidFen: 10_000, unpaidFen, penaltyFen: 315, pastDueFen: 5_000 })).toBeUndefined();
  const wrong = { sumFen: 12_600, paidFen: 10_000, unpaidFen: 2_601, penaltyFen: 315 };
  expect(due({ paidFen: 10_000, unpaidFen: 2_601, penaltyFen: 315 })).toEqual(wrong);
});

it('without 欠费 no more is received than can be due', () => {
  expect(due({ paidFen: 12_915, penaltyFen: 315 })).toBeUndefined();
  expect(due({ paidFen: 12_916, penaltyFen: 315 })).toEqual({ sumFen: 12_600, paidFen: 12_916 });
});

it('says nothing where nothing was received, or where a payment ahead is asked about', () => {
  expect(due({ unpaidFen: 1 })).toBeUndefined();
  expect(due({ paidFen: 0, unpaidFen: 1, prepaidFen: 5 })).toBeUndefined();
  expect(due({ paidFen: 0, unpaidFen: 1, balanceFen: 5 })).toBeUndefined();
});
