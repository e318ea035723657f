/** Which unit a column's amounts are in: yuan, unless its own word says 分, as some programs write whole fen. */
import { parseAmount, type CellValue } from './cell-values.ts';
import { squeeze } from './clean-text.ts';

/** The whole bracket is the unit: （公摊部分）, （抵扣积分） only end in the word. */
const FEN = /[([【](?:单位:?|人民币)?分[)\]】]$/;
const YUAN = /[([【](?:单位:?|人民币)?元[)\]】]$/;

/** What a column's word says of its unit; undefined where it says nothing. */
export function unitIn(label: string): 'yuan' | 'fen' | undefined {
  const text = squeeze(label);
  if (FEN.test(text)) return 'fen';
  return YUAN.test(text) ? 'yuan' : undefined;
}

/** An amount under a column of this word, in fen. */
export function parseAmountUnder(
  label: string,
  text: string,
  form: { negative?: boolean } = {},
): CellValue<number> {
  const parsed = parseAmount(text, form);
  if (!('value' in parsed) || unitIn(label) !== 'fen') return parsed;
  if (parsed.value % 100 === 0) return { value: parsed.value / 100 };
  return {
    reason: {
      code: 'fen-not-whole',
      zh: '这一列以分为单位，不能有小数，请核对',
      en: 'This column is in fen and has no fractions; please check it',
    },
  };
}
