import { squeeze } from '../../platform/files/index.ts';

/**
 * The numbers of our vouchers, wherever they stand in a text: `DK-2606-0001`, also typed without its hyphens. A letter
 * before the count is that of a second firm in the month (`rules/numbering.ts`).
 */
const NUMBER = /(?<![0-9A-Z])([A-Z]{2})[-‐-―－_]?(\d{4})[-‐-―－_]?([B-HJ-NP-Z]?\d{4,6})(?!\d)/gi;

/** Each different number in the text, written as we write it. */
export function offsetNumbers(text: string): string[] {
  const numbers = new Set<string>();
  for (const [, letters = '', month = '', count = ''] of squeeze(text).matchAll(NUMBER))
    numbers.add(`${letters}-${month}-${count}`.toUpperCase());
  return [...numbers];
}
