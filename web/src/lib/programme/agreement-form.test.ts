import { expect, it } from 'vitest';
import { capOnward, plainFields, readAgreement, type AgreementFields } from './agreement-form.ts';

const filled: AgreementFields = {
  redeemer: 'r',
  fund: '*',
  mode: 'clearing',
  via: 'c',
  factor: '0.95',
  from: '2026-07-01',
  basis: '协议第 3 号',
  monthlyCap: '20,000',
  period: 'quarter',
  exposure: '５，０００.00',
  overExposure: 'ask',
};

it('an agreement is read as it was typed', () => {
  expect(readAgreement(filled)).toEqual({
    json: {
      redeemer: 'r',
      fund: '*',
      mode: 'clearing',
      via: 'c',
      factor: '0.95',
      from: '2026-07-01',
      basis: '协议第 3 号',
      monthlyCap: '20000',
      period: 'quarter',
      exposure: '5000.00',
      overExposure: 'ask',
    },
  });
});

it('where nothing is settled there is neither a clearing party nor a factor', () => {
  const { redeemer, fund, from, basis } = filled;
  expect(readAgreement({ ...filled, mode: 'stocked', factor: 'x', monthlyCap: '' })).toEqual({
    json: { redeemer, fund, from, basis, mode: 'stocked', factor: '1' },
  });
});

it('without a limit nothing is said of what happens above it', () => {
  const read = readAgreement({ ...filled, exposure: '' });
  expect('json' in read && Object.keys(read.json)).not.toContain('overExposure');
});

it.each([
  ['factor', '0'],
  ['factor', '11'],
  ['monthlyCap', '-1'],
  ['exposure', '0'],
  ['exposure', '5000.001'],
  ['via', ''],
  ['from', '7月1日'],
  ['basis', ''],
] as const)('what is wrong with %s is said beside it', (field, typed) => {
  const read = readAgreement({ ...filled, [field]: typed });
  expect(Object.keys('errors' in read ? read.errors : {})).toEqual([field]);
});

it.each(['10,000', '１０，０００', ' 10000 '])(
  'a cap of %s is asked about, and sent, as 10000',
  (monthlyCap) => {
    const fields = plainFields({ ...filled, factor: '０.９５', monthlyCap });
    expect(fields).toMatchObject({ factor: '0.95', monthlyCap: '10000' });
    expect(readAgreement(fields)).toEqual(readAgreement({ ...filled, monthlyCap }));
  },
);

it('a cap that is no number comes back as it was typed', () => {
  expect(plainFields({ ...filled, monthlyCap: '一万' }).monthlyCap).toBe('一万');
});

it('a shop’s own cap is kept under new terms with all funds, unless those bring a stricter one', () => {
  const kept = (monthlyCap: string, fund = '*') => capOnward({ fund, monthlyCap }, '20000');
  expect(kept('')).toEqual({ points: '20000', isKept: true });
  expect(kept('50000')).toEqual({ points: '20000', isKept: true });
  expect(kept('100')).toEqual({ points: '100', isKept: false });
  expect(kept('', 'f')).toEqual({ points: '', isKept: false });
  expect(capOnward({ fund: '*', monthlyCap: '' }, undefined)).toEqual({ points: '', isKept: false });
});
