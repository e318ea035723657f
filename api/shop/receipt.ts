/** A receipt's number as a till typed it: one spelling, and a fingerprint for the ledger. */
import { createHash } from 'node:crypto';
import { problem, type Problem } from '../platform/index.ts';
import { RECEIPT_LENGTH } from './shop.schemas.ts';

/** No full-width digits, no blanks around it; too long only once its characters are unfolded is too long as well. */
export function parseReceipt(typed: string): string | Problem {
  const receipt = typed.normalize('NFKC').trim().toUpperCase();
  if (receipt.length <= RECEIPT_LENGTH) return receipt;
  const [zh, en] = [`小票号最多 ${RECEIPT_LENGTH} 个字`, `At most ${RECEIPT_LENGTH} characters`];
  return problem('invalid-input', { fields: [{ field: 'receipt', zh, en }] });
}

/**
 * The business key under which a receipt counts once. A till types what it likes as a receipt's number, a name or a
 * phone too, and the ledger keeps its keys for ever, so it gets a fingerprint of place and number (rule 8); the number
 * itself stands in the purchase's row alone.
 */
export function receiptKey({ place, receipt }: { place: string; receipt: string }): string {
  return `receipt:${createHash('sha256').update(`${place}\n${receipt}`).digest('hex')}`;
}
