/** Bytes as the characters of their numbers. */
export function latin(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to);
}

/** What a reader of one type makes of a picture. */
export type Picture = { bytes: Uint8Array; pixels: number };
