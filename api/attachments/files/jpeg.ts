/**
 * A JPEG without what its camera wrote beside the picture (EXIF, GPS, XMP, IPTC, comments, a second picture behind the end).
 * Which way up it is held stays: without it a phone's picture lies on its side. Pure.
 */
import { latin, MOST_PARTS, type Picture } from './bytes.ts';

const [SOI, EOI, SOS] = [0xd8, 0xd9, 0xda];
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;

export function cleanJpeg(bytes: Uint8Array): Picture | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [Uint8Array.of(0xff, SOI)];
  let [at, pixels, turn, isScanned, parts] = [2, 0, 1, false, 0];
  const turnAt = kept.length;
  for (;;) {
    if (at + 2 > bytes.length || bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    // Any number of 0xff may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === EOI) break;
    if (at + 4 > bytes.length || ++parts > MOST_PARTS) return undefined;
    const end = at + 2 + view.getUint16(at + 2);
    if (end < at + 4 || end > bytes.length) return undefined;
    const segment = bytes.subarray(at, end);
    if (isFrame(marker)) {
      // A second frame would be drawn at a size that the first does not say.
      if (pixels > 0 || segment.length < 9) return undefined;
      pixels = view.getUint16(at + 5) * view.getUint16(at + 7);
    }
    if (marker === APP1) turn = orientationOf(segment) ?? turn;
    if (isKept(marker, segment)) kept.push(segment);
    at = end;
    if (marker !== SOS) continue;
    isScanned = true;
    const next = endOfScan(bytes, at);
    if (next === undefined) return undefined;
    kept.push(bytes.subarray(at, next));
    at = next;
  }
  if (!isScanned || pixels === 0) return undefined;
  kept.push(Uint8Array.of(0xff, EOI));
  if (turn !== 1) kept.splice(turnAt, 0, orientation(turn));
  return { bytes: Buffer.concat(kept), pixels };
}

/** SOF0 to SOF15, without the tables that lie among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** The tables that a picture is drawn with: Huffman, arithmetic, quantisation, restarts. */
const TABLES = new Set([0xc4, 0xcc, 0xdb, 0xdd]);

/** How its colours are meant is the picture's; of what the makers of cameras and programs add, nothing else is. */
function isKept(marker: number, segment: Uint8Array): boolean {
  if (marker === SOS || isFrame(marker) || TABLES.has(marker)) return true;
  if (marker === APP0) return latin(segment, 4, 9) === 'JFIF\0' && segment.length === 18;
  return (
    (marker === APP2 && latin(segment, 4, 15) === 'ICC_PROFILE') ||
    (marker === APP14 && latin(segment, 4, 9) === 'Adobe')
  );
}

/** Where what follows a scan's data begins; undefined where the file ends within it. */
function endOfScan(bytes: Uint8Array, from: number): number | undefined {
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1] ?? 0;
    const isData = next === 0 || next === 0xff || (next >= 0xd0 && next <= 0xd7);
    if (!isData) return at;
  }
  return undefined;
}

const ORIENTATION = 0x0112;

/** 1 to 8, as EXIF has it; undefined where it says nothing that can be read. */
function orientationOf(segment: Uint8Array): number | undefined {
  const start = 10;
  if (latin(segment, 4, start) !== 'Exif\0\0') return undefined;
  const tiff = segment.subarray(start);
  if (tiff.length < 14) return undefined;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = view.getUint16(0) === 0x4949;
  const first = view.getUint32(4, little);
  if (first + 2 > tiff.length) return undefined;
  const count = view.getUint16(first, little);
  for (let nth = 0; nth < count; nth++) {
    const at = first + 2 + nth * 12;
    if (at + 12 > tiff.length) return undefined;
    if (view.getUint16(at, little) !== ORIENTATION) continue;
    const turn = view.getUint16(at + 8, little);
    return turn >= 1 && turn <= 8 ? turn : undefined;
  }
  return undefined;
}

/** An EXIF block that says that alone. */
function orientation(turn: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0, 0, 0, 0, 0];
  const body = [...Buffer.from('Exif\0\0', 'latin1'), ...tiff];
  return Uint8Array.of(0xff, APP1, 0, body.length + 2, ...body);
}
