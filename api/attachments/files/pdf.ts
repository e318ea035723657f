/**
 * A PDF is kept as it came: its bytes are what was signed or stamped. One that would do something by itself when it is opened,
 * or that carries other files, is not taken. Pure.
 */
import { latin } from './bytes.ts';

const ACTIVE = /\/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)\b/;
/** Where readers look for its end. */
const TAIL = 1_024;

export function checkPdf(bytes: Uint8Array): 'damaged' | 'active' | undefined {
  const end = latin(bytes, Math.max(0, bytes.length - TAIL), bytes.length);
  if (!/%%EOF\s*$/.test(end)) return 'damaged';
  return ACTIVE.test(latin(bytes, 0, bytes.length)) ? 'active' : undefined;
}
