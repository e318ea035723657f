/** A PNG without texts, times and EXIF, and without what hangs behind its end. Pure. */
import { latin, type Picture } from './bytes.ts';

/** What draws the picture and says how its colours are meant. */
const KEPT = new Set([
  ...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'sBIT', 'bKGD', 'pHYs'],
]);
const SIGNATURE = 8;
/** Length, name and checksum. */
const AROUND = 12;
/** Programs write its data in pieces of some kilobytes. */
const MOST_CHUNKS = 20_000;

export function cleanPng(bytes: Uint8Array): Picture | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept = [bytes.subarray(0, SIGNATURE)];
  let [at, pixels, hasData, chunks] = [SIGNATURE, 0, false, 0];
  for (;;) {
    if (at + AROUND > bytes.length || ++chunks > MOST_CHUNKS) return undefined;
    const end = at + AROUND + view.getUint32(at);
    if (end > bytes.length) return undefined;
    const name = latin(bytes, at + 4, at + 8);
    if (at === SIGNATURE) {
      if (name !== 'IHDR' || end - at !== AROUND + 13) return undefined;
      pixels = view.getUint32(at + 8) * view.getUint32(at + 12);
    }
    hasData ||= name === 'IDAT';
    if (KEPT.has(name)) kept.push(bytes.subarray(at, end));
    at = end;
    if (name !== 'IEND') continue;
    return hasData && pixels > 0 ? { bytes: Buffer.concat(kept), pixels } : undefined;
  }
}
