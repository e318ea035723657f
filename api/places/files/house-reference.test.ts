import { describe, expect, test } from 'vitest';
import { houseCode, parseHouse } from './house-reference.ts';

const codeOf = (room: string) => {
  const parsed = parseHouse({ room });
  return 'house' in parsed ? `${parsed.house.estate ?? ''}|${houseCode(parsed.house)}` : parsed.reason.code;
};

describe('a whole house in one cell', () => {
  test.each([
    '3#-2-0501',
    '3栋2单元0501',
    '3幢2单元0501室',
    '3号楼2单元0501室',
    '3#楼2单元0501',
    '3-2-0501',
    '03-02-0501',
    '３＃－２－０５０１',
    '三号楼二单元0501',
    ' 3栋 2单元 0501 ',
    '3#2-0501',
    '3/2/0501',
  ])('%s', (text) => expect(codeOf(text)).toBe('|3-2-0501'));

  test.each([
    ['JKY-01-1-0101', 'JKY|1-1-0101'],
    ['和美苑3号楼2单元0501室', '和美苑|3-2-0501'],
    ['和美苑-3-2-0501', '和美苑|3-2-0501'],
    ['和美苑二期3栋2单元501', '和美苑二期|3-2-501'],
  ])('%s names its estate', (text, expected) => expect(codeOf(text)).toBe(expected));

  test('a room keeps its leading zeros: 501 and 0501 are two rooms', () => {
    expect(codeOf('3-2-501')).toBe('|3-2-501');
    expect(codeOf('3-2-501')).not.toBe(codeOf('3-2-0501'));
  });

  test('a building without units, with a letter, and the twelfth', () => {
    expect(codeOf('3幢0501')).toBe('|3-0501');
    expect(codeOf('3-0501')).toBe('|3-0501');
    expect(codeOf('a1栋101')).toBe('|A1-101');
    expect(codeOf('十二栋1单元1201a')).toBe('|12-1-1201A');
  });

  test.each(['3-2-5-01', '0501', '车位12', '3--0501', '3栋', '', 'x'.repeat(2_000), `${'3栋'.repeat(900)}`])(
    '%s could be several houses or none',
    (text) => expect(codeOf(text)).toBe('house-unreadable'),
  );

  test('20th floor, 3-2-2001: Excel makes a date of it, which must not become building 2001', () => {
    for (const text of ['2001-03-02', '2001/3/2', '2001年3月2日'])
      expect(codeOf(text)).toBe('house-became-date');
  });
});

describe('a house over several columns', () => {
  test('building, unit and room, with their words or without', () => {
    const house = { building: '3', unit: '2', room: '0501' };
    expect(parseHouse({ building: '3#', unit: '2单元', room: '0501' })).toEqual({ house });
    expect(parseHouse({ building: '03', unit: '02', room: '0501室' })).toEqual({ house });
    expect(parseHouse({ building: '三栋', unit: '二单元', room: '０５０１' })).toEqual({ house });
    expect(parseHouse({ estate: '和美苑', building: '3号楼', unit: '', room: '501' })).toEqual({
      house: { estate: '和美苑', building: '3', unit: '', room: '501' },
    });
  });

  test('the room column may repeat the whole house, if it is the same one', () => {
    const whole = { building: '3', unit: '2', room: '3-2-0501' };
    expect(parseHouse(whole)).toEqual({ house: { building: '3', unit: '2', room: '0501' } });
    expect(parseHouse({ ...whole, building: '4' })).toMatchObject({ reason: { code: 'house-contradicts' } });
  });

  test('a building or room that is no code is refused', () => {
    expect(parseHouse({ building: '3栋4栋', unit: '1', room: '0501' })).toMatchObject({
      reason: { code: 'house-unreadable' },
    });
    expect(parseHouse({ building: '3', unit: '1', room: '主卧' })).toMatchObject({
      reason: { code: 'house-unreadable' },
    });
  });
});
