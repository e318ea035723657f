import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatUppercase } from './uppercase.ts';

describe('大写金额', () => {
  it.each([
    [3_549, '叁拾伍元肆角玖分'],
    [0, '零元整'],
    [5, '伍分'],
    [50, '伍角整'],
    [55, '伍角伍分'],
    [100, '壹元整'],
    [1_000, '壹拾元整'],
    [1_500, '壹拾伍元整'],
    [10_100, '壹佰零壹元整'],
    [11_000, '壹佰壹拾元整'],
    [100_100, '壹仟零壹元整'],
    [101_000, '壹仟零壹拾元整'],
    [32_504, '叁佰贰拾伍元零肆分'],
    [140_950, '壹仟肆佰零玖元伍角整'],
    [600_714, '陆仟零柒元壹角肆分'],
    [168_032, '壹仟陆佰捌拾元叁角贰分'],
    [1_640_902, '壹万陆仟肆佰零玖元零贰分'],
    [10_700_053, '壹拾万柒仟元伍角叁分'],
    [1_000_001_00, '壹佰万零壹元整'],
    [1_001_000_00, '壹佰万壹仟元整'],
    [10_000_000_000, '壹亿元整'],
    [10_000_000_100, '壹亿零壹元整'],
    [10_001_000_000, '壹亿零壹万元整'],
    [100_001_000_000, '壹拾亿零壹万元整'],
    [12_345_678_901, '壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元零壹分'],
    [-3_549, '负叁拾伍元肆角玖分'],
    [Number.MAX_SAFE_INTEGER, '玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分'],
  ])('writes %i fen as %s', (fen, text) => {
    expect(formatUppercase(fen)).toBe(text);
  });

  it('makes half a fen a bug', () => {
    expect(() => formatUppercase(0.5)).toThrow(RangeError);
  });

  it('can be read back, so that no two amounts share a wording', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (fen) => {
        expect(readBack(formatUppercase(fen))).toBe(BigInt(fen));
      }),
      { numRuns: 2_000 },
    );
  });

  it('never doubles a 零 and never leaves one before a unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 13 }), (fen) => {
        expect(formatUppercase(fen)).not.toMatch(/零零|零[拾佰仟万亿元角分整]/);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Reads a wording as a bank clerk would, written apart from the code that it checks. */
function readBack(text: string): bigint {
  const digits = '零壹贰叁肆伍陆柒捌玖';
  const [yuan, rest] = text.includes('元') ? (text.split('元') as [string, string]) : ['', text];
  const jiao = /([壹贰叁肆伍陆柒捌玖])角/.exec(rest)?.[1];
  const fen = /([壹贰叁肆伍陆柒捌玖])分/.exec(rest)?.[1];
  const cents = BigInt(jiao ? digits.indexOf(jiao) * 10 : 0) + BigInt(fen ? digits.indexOf(fen) : 0);
  return number(yuan) * 100n + cents;

  function number(part: string): bigint {
    for (const [name, size] of [
      ['亿', 100_000_000n],
      ['万', 10_000n],
    ] as const) {
      const at = part.lastIndexOf(name);
      if (at >= 0) return number(part.slice(0, at)) * size + number(part.slice(at + 1));
    }
    let sum = 0n;
    for (const [, d = '', step = ''] of part.matchAll(/([壹贰叁肆伍陆柒捌玖])([拾佰仟]?)/g)) {
      sum += BigInt(digits.indexOf(d)) * 10n ** BigInt(['', '拾', '佰', '仟'].indexOf(step));
    }
    return sum;
  }
}
