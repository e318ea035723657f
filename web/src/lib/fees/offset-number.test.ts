import { expect, it } from 'vitest';
import { isNumber } from './offset-number.ts';

it('an offset is looked for by its number or by its house, as people type them', () => {
  for (const number of ['DK-2606-0001', 'dk-2606', '2606-0001', '2606-12'])
    expect(isNumber(number), number).toBe(true);
  for (const house of ['3-2-0501', '3栋2单元', '0501', '12-0501', 'A座0501'])
    expect(isNumber(house), house).toBe(false);
});
