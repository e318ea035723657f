/**
 * Protects: money is a whole number of fen or micro-yuan. It is read and written as text without passing through a
 * floating-point number, and a text that could mean two things is refused with its reason.
 */
import { divideRounded, toSafe, type Rounding } from './round.ts';

export const FEN_PER_YUAN = 100;
export const MICRO_PER_FEN = 10_000;
export const MICRO_PER_YUAN = 1_000_000;

export type YuanFault =
  | 'empty'
  | 'not-a-number'
  | 'exponent'
  | 'negative'
  | 'negative-zero'
  | 'too-many-decimals'
  | 'bad-separators'
  | 'too-large';
export type ParsedYuan = { amountFen: number } | { fault: YuanFault; zh: string; en: string };

/** Files carry thousands separators and corrections below zero; requests carry neither. */
export type YuanForm = { separators?: boolean; negative?: boolean };

/** The reasons in words, for the person who typed the amount. */
export const yuanFaults: Readonly<Record<YuanFault, { zh: string; en: string }>> = {
  empty: { zh: '金额没有填', en: 'The amount is empty' },
  'not-a-number': { zh: '金额只能是数字，例如 118.32', en: 'The amount must be a number such as 118.32' },
  exponent: {
    zh: '金额不能写成科学计数法（如 1e9），请写成普通数字',
    en: 'The amount must not be in scientific notation (such as 1e9)',
  },
  negative: { zh: '金额不能是负数', en: 'The amount must not be negative' },
  'negative-zero': { zh: '金额不能写成 -0', en: 'The amount must not be -0' },
  'too-many-decimals': { zh: '金额最多写到分（两位小数）', en: 'The amount has more than two decimals' },
  'bad-separators': {
    zh: '金额里千分位逗号的位置不对，应当像 1,318.32 这样',
    en: 'The thousands separators of the amount are misplaced; write 1,318.32',
  },
  'too-large': { zh: '金额太大了', en: 'The amount is too large' },
};

const PLAIN = /^(-?)(0|[1-9]\d*)(?:\.(\d{1,2}))?$/;

/** `118.32` as 11832 fen. Spaces, signs, exponents, leading zeros and a third decimal are refused, never repaired. */
export function parseYuan(text: string, form: YuanForm = {}): ParsedYuan {
  const plain = form.separators ? withoutSeparators(text) : text;
  if (plain === undefined) return fault('bad-separators');
  const found = PLAIN.exec(plain);
  if (!found) return fault(whyNot(plain));
  const [, sign = '', yuan = '', decimals = ''] = found;
  const fen = BigInt(yuan) * 100n + BigInt(decimals.padEnd(2, '0'));
  if (sign && fen === 0n) return fault('negative-zero');
  if (sign && !form.negative) return fault('negative');
  if (fen > BigInt(Number.MAX_SAFE_INTEGER)) return fault('too-large');
  return { amountFen: Number(sign ? -fen : fen) };
}

/** `1,318.32` without its commas; undefined when they do not stand at every third digit. */
function withoutSeparators(text: string): string | undefined {
  if (!text.includes(',')) return text;
  return /^-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? text.replaceAll(',', '') : undefined;
}

function whyNot(text: string): YuanFault {
  if (text.trim() === '') return 'empty';
  if (/^[+-]?[\d.]+e[+-]?\d+$/i.test(text)) return 'exponent';
  if (/^-?\d+\.\d{3,}$/.test(text)) return 'too-many-decimals';
  return 'not-a-number';
}

function fault(code: YuanFault): ParsedYuan {
  return { fault: code, ...yuanFaults[code] };
}

/** 11832 as `118.32`: always two decimals, no separators, so that it can be read back by `parseYuan`. */
export function formatYuan(amountFen: number): string {
  const fen = Math.abs(whole(amountFen));
  const decimals = String(fen % FEN_PER_YUAN).padStart(2, '0');
  return `${amountFen < 0 ? '-' : ''}${Math.trunc(fen / FEN_PER_YUAN)}.${decimals}`;
}

export function fenToMicro(amountFen: number): number {
  return toSafe(BigInt(whole(amountFen)) * BigInt(MICRO_PER_FEN));
}

/**
 * What is owed in whole fen, as a month's statement rounds it: down, also below zero. What is left of a fen goes on to the
 * next month. Exact for every safe integer.
 */
export function wholeFen(micro: number): number {
  return Math.floor(micro / MICRO_PER_FEN);
}

/** Micro-yuan rounded to fen. `restMicro` is what the rounding left: `amountFen` and it are the whole again. */
export function microToFen(amountMicro: number, mode: Rounding): { amountFen: number; restMicro: number } {
  const micro = BigInt(whole(amountMicro));
  const fen = divideRounded(micro, BigInt(MICRO_PER_FEN), mode);
  return { amountFen: toSafe(fen), restMicro: toSafe(micro - fen * BigInt(MICRO_PER_FEN)) };
}

/** Micro-yuan as yuan with all the decimals that it has, two at least: `3.60`, `0.0095`. */
export function formatMicro(amountMicro: number): string {
  const { amountFen, restMicro } = microToFen(Math.abs(amountMicro), 'down');
  const rest = String(restMicro).padStart(4, '0').replace(/0+$/, '');
  return `${amountMicro < 0 ? '-' : ''}${formatYuan(amountFen)}${rest}`;
}

/** What `points` are worth at `rateMicro` a point, in micro-yuan. */
export function worthOfPoints(points: number, rateMicro: number): number {
  return toSafe(BigInt(whole(points)) * BigInt(whole(rateMicro)));
}

function whole(amount: number): number {
  if (!Number.isSafeInteger(amount)) throw new RangeError('the amount is not a safe integer');
  return amount;
}
