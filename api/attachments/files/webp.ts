/** A WebP without EXIF and XMP, and without what hangs behind its end. Pure. */
import { latin, MOST_PARTS, type Picture } from './bytes.ts';

const KEPT = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ICCP', 'ANIM', 'ANMF']);
const HEADER = 12;
/** The bits of VP8X that promise EXIF and XMP. */
const PROMISES = 0x08 | 0x04;

export function cleanWebp(bytes: Uint8Array): Picture | undefined {
  if (bytes.length < HEADER) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = 8 + view.getUint32(4, true);
  if (whole > bytes.length) return undefined;
  const kept: Uint8Array[] = [];
  let [at, pixels, parts] = [HEADER, 0, 0];
  while (at + 8 <= whole) {
    if (++parts > MOST_PARTS) return undefined;
    const size = view.getUint32(at + 4, true);
    const end = at + 8 + size + (size % 2);
    if (end > whole + (whole % 2) || end > bytes.length) return undefined;
    const name = latin(bytes, at, at + 4);
    if (KEPT.has(name)) {
      const chunk = bytes.subarray(at, end);
      kept.push(name === 'VP8X' ? withoutPromises(chunk) : chunk);
      pixels = Math.max(pixels, pixelsOf(name, chunk));
    }
    at = end;
  }
  if (pixels === 0) return undefined;
  const body = Buffer.concat(kept);
  const header = Buffer.from('RIFF....WEBP', 'latin1');
  header.writeUInt32LE(body.length + 4, 4);
  return { bytes: Buffer.concat([header, body]), pixels };
}

function withoutPromises(chunk: Uint8Array): Uint8Array {
  return chunk.map((byte, at) => (at === 8 ? byte & ~PROMISES : byte));
}

function pixelsOf(name: string, chunk: Uint8Array): number {
  const of = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (name === 'VP8X' && of.length >= 18) return (of.readUIntLE(12, 3) + 1) * (of.readUIntLE(15, 3) + 1);
  if (name === 'VP8 ' && of.length >= 18)
    return (of.readUInt16LE(14) & 0x3fff) * (of.readUInt16LE(16) & 0x3fff);
  if (name !== 'VP8L' || of.length < 13 || of[8] !== 0x2f) return 0;
  const bits = of.readUInt32LE(9);
  return ((bits & 0x3fff) + 1) * (((bits >>> 14) & 0x3fff) + 1);
}
