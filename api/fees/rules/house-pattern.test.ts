import { describe, expect, it } from 'vitest';
import { housePattern } from './house-pattern.ts';

describe('a house that is looked for', () => {
  it.each(['3-2-0501', '3栋2单元0501室', ' 3号楼 2单元 0501 ', '３－２－０５０１', '3/2/0501'])(
    '%s',
    (text) => {
      expect(housePattern(text)).toEqual([{ building: '3', unit: '2', rooms: ['0501', '00501'] }]);
    },
  );

  it('is a room or a building where one part is typed, and 501 finds 0501 as well', () => {
    expect(housePattern('501')).toEqual([{ rooms: ['501', '0501'] }, { building: '501' }]);
    expect(housePattern('A栋')).toEqual([{ rooms: ['A'] }, { building: 'A' }]);
  });

  it('is a unit or a room of a building where two parts are', () => {
    expect(housePattern('3栋2单元')).toEqual([
      { building: '3', unit: '2' },
      { building: '3', rooms: ['2', '02'] },
    ]);
  });

  it('is any where nothing is typed', () => {
    for (const text of ['', '  ', '-']) expect(housePattern(text)).toEqual([]);
  });
});
