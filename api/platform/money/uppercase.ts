/**
 * 大写金额, as vouchers carry it: a figure that cannot be altered with one stroke of the pen. Written after the
 * People's Bank of China's rules for filling in bills and settlement vouchers (正确填写票据和结算凭证的基本规定).
 */
import { FEN_PER_YUAN } from './yuan.ts';

const DIGITS = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const;
const STEPS = ['', '拾', '佰', '仟'] as const;
const WAN = 10_000;
const YI = 100_000_000;

/**
 * 3549 as 叁拾伍元肆角玖分. 整 closes an amount that ends in yuan or jiao; 零 stands for zeros between two digits and
 * before a lone fen. A voucher of nothing says 零元整.
 */
export function formatUppercase(amountFen: number): string {
  if (!Number.isSafeInteger(amountFen)) throw new RangeError('the amount is not a safe integer');
  const fen = Math.abs(amountFen);
  const yuan = Math.trunc(fen / FEN_PER_YUAN);
  const jiao = Math.trunc((fen % FEN_PER_YUAN) / 10);
  const lone = fen % 10;
  const sign = amountFen < 0 ? '负' : '';
  const whole = yuan > 0 ? `${wholeNumber(yuan)}元` : '';
  if (jiao === 0 && lone === 0) return `${sign}${whole || '零元'}整`;
  if (lone === 0) return `${sign}${whole}${digit(jiao)}角整`;
  if (jiao === 0) return `${sign}${whole}${whole ? '零' : ''}${digit(lone)}分`;
  return `${sign}${whole}${digit(jiao)}角${digit(lone)}分`;
}

/** A whole number above zero. Groups of 亿 and 万 are read by themselves and joined by 零 where digits are skipped. */
function wholeNumber(value: number): string {
  if (value >= YI) return joined(value, YI, '亿');
  if (value >= WAN) return joined(value, WAN, '万');
  let text = '';
  let skipped = false;
  for (let place = 3; place >= 0; place -= 1) {
    const current = Math.trunc(value / 10 ** place) % 10;
    if (current === 0) {
      skipped = text !== '';
      continue;
    }
    text += `${skipped ? '零' : ''}${digit(current)}${STEPS[place] ?? ''}`;
    skipped = false;
  }
  return text;
}

function joined(value: number, group: number, name: string): string {
  const high = Math.trunc(value / group);
  const low = value % group;
  const head = `${wholeNumber(high)}${name}`;
  if (low === 0) return head;
  return `${head}${low < group / 10 ? '零' : ''}${wholeNumber(low)}`;
}

function digit(value: number): string {
  return DIGITS[value] ?? '';
}
