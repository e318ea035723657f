import { describe, expect, it } from 'vitest';
import { parseWanted } from './wanted-resident.ts';

const house = (building: string, unit: string, room: string) => ({
  by: 'house',
  house: { building, unit, room },
});

describe('what is typed to find a resident', () => {
  it.each([
    ['3-2-0501', house('3', '2', '0501')],
    ['３栋２单元０５０１', house('3', '2', '0501')],
    ['3#-0501', house('3', '', '0501')],
    ['0501', { by: 'digits', digits: '0501' }],
    [' 138 0000 0501 ', { by: 'digits', digits: '13800000501' }],
    ['+86 138 0000 0501', { by: 'digits', digits: '13800000501' }],
    ['WYL', { by: 'initials', initials: 'wyl' }],
    ['王玉兰', { by: 'name', name: '王玉兰' }],
    ['阿依古丽·买买提', { by: 'name', name: '阿依古丽·买买提' }],
  ])('%s', (text, wanted) => expect(parseWanted(text)).toEqual(wanted));

  it.each(['', '5', '%', '_', '王%', '😀', '12345678901234'])('%j finds nobody', (text) =>
    expect(parseWanted(text)).toBeUndefined(),
  );
});
