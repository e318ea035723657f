import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROUNDINGS } from './round.ts';
import { fenToMicro, formatYuan, microToFen, parseYuan, worthOfPoints, yuanFaults } from './yuan.ts';

const anyFen = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });

function faultOf(text: string, form = {}): string | number {
  const parsed = parseYuan(text, form);
  return 'fault' in parsed ? parsed.fault : parsed.amountFen;
}

describe('reading an amount', () => {
  it.each([
    ['118.32', 11_832],
    ['118.3', 11_830],
    ['118', 11_800],
    ['0', 0],
    ['0.05', 5],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
  ])('reads %s as %i fen', (text, fen) => {
    expect(parseYuan(text)).toEqual({ amountFen: fen });
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['1e9', 'exponent'],
    ['1.38E+10', 'exponent'],
    ['-0', 'negative-zero'],
    ['-0.00', 'negative-zero'],
    ['-1', 'negative'],
    ['0.001', 'too-many-decimals'],
    ['35.490', 'too-many-decimals'],
    ['90071992547409.92', 'too-large'],
    ['+5', 'not-a-number'],
    [' 5', 'not-a-number'],
    ['5元', 'not-a-number'],
    ['.5', 'not-a-number'],
    ['5.', 'not-a-number'],
    ['007', 'not-a-number'],
    ['0x10', 'not-a-number'],
    ['1.2.3', 'not-a-number'],
    ['１２', 'not-a-number'],
    ['NaN', 'not-a-number'],
    ['Infinity', 'not-a-number'],
    ['1,318.32', 'not-a-number'],
  ])('refuses "%s" as %s', (text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });

  it('reads the thousands separators of a file, and only where they belong', () => {
    expect(faultOf('1,318.32', { separators: true })).toBe(131_832);
    expect(faultOf('1,234,567', { separators: true })).toBe(123_456_700);
    expect(faultOf('1318.32', { separators: true })).toBe(131_832);
    expect(faultOf('13,18.32', { separators: true })).toBe('bad-separators');
    expect(faultOf('1,318,32', { separators: true })).toBe('bad-separators');
    expect(faultOf(',318', { separators: true })).toBe('bad-separators');
    expect(faultOf('1,318.321', { separators: true })).toBe('too-many-decimals');
  });

  it('reads a correction below zero only where one is expected, and never -0', () => {
    expect(faultOf('-12.40', { negative: true })).toBe(-1_240);
    expect(faultOf('-0', { negative: true })).toBe('negative-zero');
  });

  it('says every reason in both languages', () => {
    for (const words of Object.values(yuanFaults)) {
      expect(words.zh).toMatch(/金额/);
      expect(words.en).toMatch(/amount/);
    }
  });

  it('reads back whatever it wrote', () => {
    fc.assert(
      fc.property(anyFen, (fen) => {
        expect(parseYuan(formatYuan(fen), { negative: true })).toEqual({ amountFen: fen });
      }),
    );
  });

  it('never answers a number for a text that JavaScript and a person read differently', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.,-+eE xＸ') }), (text) => {
        const parsed = parseYuan(text);
        if ('amountFen' in parsed) expect(Number(text)).toBeCloseTo(parsed.amountFen / 100, 5);
      }),
    );
  });
});

describe('writing an amount', () => {
  it.each([
    [11_832, '118.32'],
    [3_500, '35.00'],
    [5, '0.05'],
    [0, '0.00'],
    [-5, '-0.05'],
    [-11_832, '-118.32'],
  ])('writes %i fen as %s', (fen, text) => {
    expect(formatYuan(fen)).toBe(text);
  });

  it('makes an amount that is not whole a bug', () => {
    expect(() => formatYuan(0.5)).toThrow(RangeError);
  });
});

describe('fen and micro-yuan', () => {
  it('values 3,189 consumer points at 31.89 and 36 volunteer points at 3.60', () => {
    expect(worthOfPoints(3_189, 10_000)).toBe(31_890_000);
    expect(worthOfPoints(36, 100_000)).toBe(3_600_000);
    expect(microToFen(31_890_000 + 3_600_000, 'down')).toEqual({ amountFen: 3_549, restMicro: 0 });
  });

  it('rounds a statement once and carries the rest, so that 140,000 tenths of a fen lose nothing', () => {
    const accrued = 140_000 * 1_000;
    expect(microToFen(accrued, 'down')).toEqual({ amountFen: 14_000, restMicro: 0 });
    expect(microToFen(accrued + 1_000, 'down')).toEqual({ amountFen: 14_000, restMicro: 1_000 });
    expect(microToFen(-15_000, 'down')).toEqual({ amountFen: -1, restMicro: -5_000 });
  });

  it('keeps fen and rest together equal to the whole', () => {
    fc.assert(
      fc.property(anyFen, fc.constantFrom(...ROUNDINGS), (micro, mode) => {
        const { amountFen, restMicro } = microToFen(micro, mode);
        expect(BigInt(amountFen) * 10_000n + BigInt(restMicro)).toBe(BigInt(micro));
        expect(Math.abs(restMicro)).toBeLessThan(10_000);
      }),
    );
  });

  it('refuses a product that no longer fits', () => {
    expect(fenToMicro(3_549)).toBe(35_490_000);
    expect(() => fenToMicro(Number.MAX_SAFE_INTEGER)).toThrow(RangeError);
    expect(() => worthOfPoints(Number.MAX_SAFE_INTEGER, 2)).toThrow(RangeError);
  });
});
