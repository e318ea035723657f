import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskName, maskPhone } from './masking.ts';

describe('a masked name', () => {
  it.each([
    ['王秀珍', '王*'],
    ['王伟', '王*'],
    ['王', '王*'],
    [' 王秀珍 ', '王*'],
    ['欧阳娜娜', '欧阳*'],
    ['欧阳', '欧*'],
    ['𠮷田', '𠮷*'],
    ['阿依古丽·买买提', '阿*'],
    ['John Smith', 'J*'],
    ['', ''],
    ['   ', ''],
  ])('shows %s as %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it('hides the given name and how long it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'秀珍伟小燕'), minLength: 1, maxLength: 4 }),
        (given) => {
          expect(maskName(`王${given}`)).toBe('王*');
        },
      ),
    );
  });
});

describe('a masked phone number', () => {
  it.each([
    ['13800000001', '138****0001'],
    ['138 0000 0001', '138****0001'],
    ['138-0000-0001', '138****0001'],
    ['+86 13800000001', '138****0001'],
    ['0086 138 0000 0001', '138****0001'],
    ['１３８００００００１', '****0001'],
    ['１３８０００００００１', '138****0001'],
    ['0371-23456789', '****6789'],
    ['6543210', '****10'],
    ['', ''],
    ['无', ''],
  ])('shows %s as %s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });

  it('never shows the middle of a mobile number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^1[3-9]\d{9}$/), (phone) => {
        const masked = maskPhone(phone);
        expect(masked).toMatch(/^1\d\d\*{4}\d{4}$/);
        expect(masked.replaceAll('*', '')).toHaveLength(7);
      }),
    );
  });
});
