import { encode } from 'uqr';

/** A QR code as one SVG path on a grid of `size` × `size` modules, its quiet zone of four included. */
export type Qr = { size: number; path: string };

/** Level M (15 % may be damaged or covered); runs in a row become one rectangle, so that the page stays small. */
export function qrOf(text: string): Qr {
  const { size, data } = encode(text, { ecc: 'M', border: 4 });
  let path = '';
  data.forEach((row, y) => {
    let x = 0;
    while (x < size) {
      let end = x;
      while (end < size && row[end] === true) end++;
      if (end > x) path += `M${x} ${y}h${end - x}v1h-${end - x}z`;
      x = end + 1;
    }
  });
  return { size, path };
}

/** `12345678` as `1234 5678`, to be read out over a counter. */
export function groupDigits(digits: string): string {
  return digits.replace(/(\d{4})(?=\d)/g, '$1 ');
}
