/** Bytes as the characters of their numbers. */
export function latin(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to);
}

/**
 * Parts of a JPEG or a WebP. A camera writes some tens, and a program that shows it bit by bit some hundreds; millions of
 * empty ones only keep the server busy.
 */
export const MOST_PARTS = 4_000;

/** What a reader of one type makes of a picture. */
export type Picture = { bytes: Uint8Array; pixels: number };
