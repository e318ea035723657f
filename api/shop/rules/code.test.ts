import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasValidCheckDigit, withCheckDigit } from './check-digit.ts';
import {
  CODE_LIFE_MS,
  CODE_RANDOM_BYTES,
  codeLink,
  codeState,
  createCode,
  formatDigits,
  readCode,
} from './code.ts';

const at = Date.parse('2026-06-13T12:00+08:00');
const origin = 'https://linli.example';
const anyRandom = fc.uint8Array({ minLength: CODE_RANDOM_BYTES, maxLength: CODE_RANDOM_BYTES });
const anyDigits = fc.stringMatching(/^\d{11}$/);

describe('a redemption code', () => {
  it('carries 128 random bits in its link and twelve digits to read out', () => {
    fc.assert(
      fc.property(anyRandom, (random) => {
        const code = createCode(random, at);
        expect(code.token).toBe(Buffer.from(random.subarray(0, 16)).toString('base64url'));
        expect(code.digits).toMatch(/^\d{12}$/);
        expect(hasValidCheckDigit(code.digits)).toBe(true);
        expect(code.endsAt - code.createdAt).toBeLessThanOrEqual(60_000);
      }),
    );
  });

  it('is not made of too little randomness', () => {
    expect(() => createCode(new Uint8Array(CODE_RANDOM_BYTES - 1), at)).toThrow(RangeError);
  });

  it('takes its digits from other bytes than its token, so that one does not tell the other', () => {
    const random = Uint8Array.from({ length: CODE_RANDOM_BYTES }, (_, n) => n + 1);
    const changed = Uint8Array.from(random);
    changed[20] = 99;
    expect(createCode(changed, at).token).toBe(createCode(random, at).token);
    expect(createCode(changed, at).digits).not.toBe(createCode(random, at).digits);
  });

  it('is read back from the link, the token and the digits', () => {
    fc.assert(
      fc.property(anyRandom, (random) => {
        const { token, digits } = createCode(random, at);
        expect(readCode(codeLink(origin, token), origin)).toEqual({ token });
        expect(readCode(` ${token}\n`, origin)).toEqual({ token });
        expect(readCode(formatDigits(digits), origin)).toEqual({ digits });
        expect(readCode(digits, origin)).toEqual({ digits });
      }),
    );
  });

  it('is shown in groups of four and read with hyphens or full-width digits', () => {
    const digits = withCheckDigit('12345678901');
    expect(formatDigits(digits)).toBe(`1234 5678 901${digits.at(-1)}`);
    const wide = digits.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    expect(readCode(wide, origin)).toEqual({ digits });
    expect(readCode(formatDigits(digits).replaceAll(' ', '-'), origin)).toEqual({ digits });
  });

  it.each([
    ['', 'typo'],
    ['hello', 'typo'],
    ['hello everybody', 'not-a-code'],
    ['https://elsewhere.example/c/AAAAAAAAAAAAAAAAAAAAAA', 'not-a-code'],
    ['https://linli.example/c/AAAAAAAAAAAAAAAAAAAAAA?x=1', 'not-a-code'],
    ['12345', 'typo'],
    ['1234567890123', 'typo'],
    ['１２３', 'typo'],
  ])('is not "%s"', (text, fault) => {
    expect(readCode(text, origin)).toEqual({ fault });
  });

  it('lives to the last millisecond of its minute and not a moment longer', () => {
    const { endsAt } = createCode(new Uint8Array(CODE_RANDOM_BYTES), at);
    expect(endsAt).toBe(at + CODE_LIFE_MS);
    expect(codeState({ endsAt, usedAt: null }, endsAt - 1)).toBe('live');
    expect(codeState({ endsAt, usedAt: null }, endsAt)).toBe('ended');
  });

  it('that was used says so for ever, also after its end', () => {
    expect(codeState({ endsAt: at, usedAt: at - 10 }, at - 5)).toBe('used');
    expect(codeState({ endsAt: at, usedAt: at - 10 }, at + 1_000_000)).toBe('used');
  });
});

describe('the check digit', () => {
  it('is the published example: 572 has 4', () => {
    expect(withCheckDigit('572')).toBe('5724');
    expect(hasValidCheckDigit('5724')).toBe(true);
    expect(hasValidCheckDigit('5727')).toBe(false);
    expect(hasValidCheckDigit('')).toBe(false);
    expect(hasValidCheckDigit('57a4')).toBe(false);
  });

  it('finds every single wrong digit', () => {
    fc.assert(
      fc.property(anyDigits, fc.nat(11), fc.integer({ min: 1, max: 9 }), (digits, place, by) => {
        const good = withCheckDigit(digits);
        const wrong = String((Number(good[place]) + by) % 10);
        expect(hasValidCheckDigit(good.slice(0, place) + wrong + good.slice(place + 1))).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it('finds every two neighbours swapped', () => {
    fc.assert(
      fc.property(anyDigits, fc.nat(10), (digits, place) => {
        const good = withCheckDigit(digits);
        const [one = '', two = ''] = good.slice(place, place + 2);
        if (one === two) return;
        expect(hasValidCheckDigit(good.slice(0, place) + two + one + good.slice(place + 2))).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });
});
