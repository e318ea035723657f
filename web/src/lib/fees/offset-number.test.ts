import { expect, it } from 'vitest';
import { isNumber } from './offset-number.ts';

it('an offset is looked for by its number or by its house, as people type them', () => {
  for (const number of ['DK-2606-0001', 'dk-2606', 'DK-2606-A0001', '2606-0001', '2606-A0001'])
    expect(isNumber(number), number).toBe(true);
  const houses = [
    '3-2-0501',
    '3栋2单元',
    '0501',
    '12-0501',
    'A座0501',
    'A-2-0501',
    'B0501',
    '2201-05',
    'dkb-2-0501',
  ];
  for (const house of houses) expect(isNumber(house), house).toBe(false);
});
