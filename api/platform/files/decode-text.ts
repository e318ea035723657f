/**
 * The encoding of a text file: its mark (BOM), else strict UTF-8, else GB18030, which Chinese Excel writes. GB18030 holds
 * every character (names such as 㐂 and 𠮷 in four bytes), and GBK is a part of it.
 */
import { isUtf8 } from 'node:buffer';
import { setImmediate as nextTurn } from 'node:timers/promises';
import iconv from 'iconv-lite';
import { hasUtf16Mark, startsWith } from './recognise.ts';
import type { TableEncoding } from './table.ts';

/** Small enough that a till's request waits a millisecond or two while a long file is read. */
const CHUNK = 64 * 1024;

export function findEncoding(bytes: Uint8Array): Exclude<TableEncoding, 'xlsx'> {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return 'utf-8-bom';
  if (hasUtf16Mark(bytes)) return bytes[0] === 0xff ? 'utf-16le' : 'utf-16be';
  return isUtf8(bytes) || beginsAsUtf8(bytes) ? 'utf-8' : 'gb18030';
}

const HEAD = 4 * 1024;
/** Eight Chinese characters: GBK text is never valid UTF-8 for so long. */
const LEAST_BYTES = 24;

/** A UTF-8 file with damage further down, or cut off at its end: its row is named, instead of all of it misread. */
function beginsAsUtf8(bytes: Uint8Array): boolean {
  let head = bytes.subarray(0, HEAD);
  // The last character may be cut in two.
  for (let cut = 0; cut < 3 && !isUtf8(head); cut += 1) head = head.subarray(0, -1);
  return isUtf8(head) && head.filter((byte) => byte >= 0x80).length >= LEAST_BYTES;
}

/**
 * The text in pieces, without its mark. Bytes that mean nothing come out as U+FFFD, so that the row they stand in can be
 * named; the reader refuses the file there.
 */
export async function* decodeText(
  bytes: Uint8Array,
  encoding: Exclude<TableEncoding, 'xlsx'>,
): AsyncGenerator<string> {
  const decoder = decoderOf(encoding);
  for (let at = 0; at < bytes.length; at += CHUNK) {
    const text = decoder.write(bytes.subarray(at, at + CHUNK));
    if (text !== '') yield text;
    await nextTurn();
  }
  const rest = decoder.end();
  if (rest !== '') yield rest;
}

type Decoder = { write(bytes: Uint8Array): string; end(): string };

function decoderOf(encoding: Exclude<TableEncoding, 'xlsx'>): Decoder {
  if (encoding === 'gb18030') {
    const decoder = iconv.getDecoder('gb18030');
    return {
      write: (bytes) => decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
      end: () => decoder.end() ?? '',
    };
  }
  // Without `ignoreBOM` the decoder takes the mark away.
  const decoder = new TextDecoder(encoding === 'utf-8-bom' ? 'utf-8' : encoding);
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}
