/**
 * A PDF is kept as it came: its bytes are what was signed or stamped. One that would do something by itself when it is opened,
 * or that carries other files, is not taken. Pure, and linear in the bytes.
 *
 * Words are looked for outside of streams: in packed bytes two or three letters turn up by chance, and honest scans would be
 * refused. What lies in an object stream is not looked into (api/decisions/2026-12-01-evidence-is-kept-as-files.md).
 */
import { latin } from './bytes.ts';

/** No character that a name may go on with. */
const ENDS = String.raw`(?![^\s\0()<>[\]{}/%])`;
const ACTIVE = new RegExp(
  `/(?:JavaScript|JS|Launch|SubmitForm|ImportData|GoToE|EmbeddedFiles?|RichMedia|XFA)${ENDS}`,
);
/** What is done without anybody asking: harmless where it only goes to a page, in brackets or as a `GoTo`. */
const UNASKED = new RegExp(
  String.raw`/(?:OpenAction|AA)${ENDS}[\s\0]{0,20}(?:<<|(\d{1,10}) (\d{1,5}) R\b)`,
  'g',
);
const AWAY = new RegExp(`/(?:URI|GoToR)${ENDS}`);
/** Of things done unasked: a document has one, a form some. */
const MOST_UNASKED = 20;
/** Where readers look for its end. */
const TAIL = 1_024;

export function checkPdf(bytes: Uint8Array): 'damaged' | 'active' | undefined {
  const whole = latin(bytes, 0, bytes.length);
  if (!/%%EOF\s*$/.test(whole.slice(-TAIL))) return 'damaged';
  const text = spelledOut(outsideStreams(whole));
  return ACTIVE.test(text) || goesAway(text) ? 'active' : undefined;
}

/** All but what stands between `>> stream` and the next `endstream`. */
function outsideStreams(text: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (let at = text.indexOf('stream'); at !== -1; at = text.indexOf('stream', at + 1)) {
    const isBody = /^stream\r?\n/.test(text.slice(at, at + 8)) && isBehindDictionary(text, at, from);
    if (!isBody) continue;
    const end = text.indexOf('endstream', at);
    if (end === -1) break;
    pieces.push(text.slice(from, at));
    from = end;
    at = end + 'endstream'.length - 1;
  }
  return [...pieces, text.slice(from)].join('\n');
}

/** `#4A` is the letter J. By hand: a file may hold a million of them. */
function spelledOut(text: string): string {
  if (!text.includes('#')) return text;
  const bytes = Buffer.from(text, 'latin1');
  let to = 0;
  for (let at = 0; at < bytes.length; at++, to++) {
    const [high, low] = bytes[at] === 0x23 ? [digit(bytes[at + 1]), digit(bytes[at + 2])] : [-1, -1];
    bytes[to] = high < 0 || low < 0 ? (bytes[at] ?? 0) : high * 16 + low;
    if (high >= 0 && low >= 0) at += 2;
  }
  return latin(bytes, 0, to);
}

function digit(byte: number | undefined): number {
  return byte === undefined ? -1 : '0123456789abcdef'.indexOf(String.fromCodePoint(byte).toLowerCase());
}

function isBehindDictionary(text: string, at: number, from: number): boolean {
  let before = at;
  while (before > from && ' \t\r\n\0\f'.includes(text.charAt(before - 1))) before -= 1;
  return text.slice(Math.max(from, before - 2), before) === '>>';
}

function goesAway(text: string): boolean {
  let seen = 0;
  for (const { index, 0: found, 1: number, 2: generation } of text.matchAll(UNASKED)) {
    if (++seen > MOST_UNASKED) return true;
    const start = number === undefined ? index + found.length : text.indexOf(`\n${number} ${generation} obj`);
    if (start === -1) continue;
    const end = text.indexOf(number === undefined ? '>>' : 'endobj', start);
    if (AWAY.test(text.slice(start, end === -1 ? undefined : end))) return true;
  }
  return false;
}
