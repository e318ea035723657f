/**
 * What may be kept of a file that somebody sends. Pure: bytes in, bytes out.
 *
 * Protects: a file is what its own bytes say, never what its name or its sender says; a picture keeps nothing of where, when
 * and with what it was taken; and nothing is kept behind its end, where a second file could hide.
 */
import { latin, type Picture } from './bytes.ts';
import { cleanJpeg } from './jpeg.ts';
import { checkPdf } from './pdf.ts';
import { cleanPng } from './png.ts';
import { cleanWebp } from './webp.ts';

export const FILE_TYPES = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp'] as const;
export type FileType = (typeof FILE_TYPES)[number];

/** `unknown`: none of these. `damaged`: begins as one and does not go on so. `active`: would do something when it is opened. */
export type Unfit = 'unknown' | 'damaged' | 'active' | 'too-many-pixels';
export type Clean = { type: FileType; bytes: Uint8Array };

/** A picture of a few bytes may unfold to gigabytes in whoever looks at it. */
const MOST_PIXELS = 100_000_000;

export function cleanFile(bytes: Uint8Array): Clean | Unfit {
  const type = typeOf(bytes);
  if (type === undefined) return 'unknown';
  if (type === 'application/pdf') {
    const unfit = checkPdf(bytes);
    return unfit ?? { type, bytes };
  }
  const picture = CLEANERS[type](bytes);
  if (picture === undefined) return 'damaged';
  return picture.pixels > MOST_PIXELS ? 'too-many-pixels' : { type, bytes: picture.bytes };
}

const CLEANERS: Record<Exclude<FileType, 'application/pdf'>, (bytes: Uint8Array) => Picture | undefined> = {
  'image/jpeg': cleanJpeg,
  'image/png': cleanPng,
  'image/webp': cleanWebp,
};

function typeOf(bytes: Uint8Array): FileType | undefined {
  const begins = (at: number, text: string) => latin(bytes, at, at + text.length) === text;
  if (begins(0, '\u00ff\u00d8\u00ff')) return 'image/jpeg';
  if (begins(0, '\u0089PNG\r\n\u001a\n')) return 'image/png';
  if (begins(0, 'RIFF') && begins(8, 'WEBP')) return 'image/webp';
  return begins(0, '%PDF-') ? 'application/pdf' : undefined;
}
