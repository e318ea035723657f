import { describe, expect, it } from 'vitest';
import { cleanFile, type Clean } from './clean-file.ts';

const text = (words: string) => Buffer.from(words, 'latin1');
const segment = (marker: number, body: Uint8Array) => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length + 2);
  return Buffer.concat([Buffer.of(0xff, marker), length, body]);
};
const sof = segment(0xc0, Buffer.from([8, 0, 20, 0, 30, 1, 1, 0x11, 0]));
const scan = Buffer.concat([
  segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
  Buffer.from([1, 0xff, 0, 2, 0xff, 0xd0, 3]),
]);
const END = Buffer.of(0xff, 0xd9);
const START = Buffer.of(0xff, 0xd8);
/** EXIF, little-endian: which way up it is, and where it was taken. */
const exif = (turn: number) =>
  segment(
    0xe1,
    Buffer.concat([
      text('Exif\0\0II*\0'),
      Buffer.from([8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, turn, 0, 0, 0, 0, 0, 0, 0]),
      text('GPS 34.79N 114.31E'),
    ]),
  );
const jpeg = (...extra: Buffer[]) => Buffer.concat([START, ...extra, sof, scan, END]);

const chunk = (name: string, body: Uint8Array) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, text(name), body, Buffer.alloc(4)]);
};
const png = (size: number, ...extra: Buffer[]) => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  const data = [chunk('IDAT', Buffer.alloc(3)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([text('\u0089PNG\r\n\u001a\n'), chunk('IHDR', head), ...extra, ...data]);
};

const riff = (name: string, body: Uint8Array) => {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([text(name), length, body, Buffer.alloc(body.length % 2)]);
};
const webp = (...chunks: Buffer[]) => riff('RIFF', Buffer.concat([text('WEBP'), ...chunks]));
const vp8x = riff('VP8X', Buffer.from([0x0c, 0, 0, 0, 29, 0, 0, 19, 0, 0]));
const vp8l = riff('VP8L', Buffer.from([0x2f, 29, 0xc0, 4, 0, 1]));

const times = (count: number, part: Buffer) => Array.from({ length: count }, () => part);

const cleaned = (bytes: Uint8Array) => {
  const found = cleanFile(bytes);
  if (typeof found === 'string') throw new Error(found);
  return found;
};
const says = ({ bytes }: Clean) => Buffer.from(bytes).toString('latin1');
const PLACE = /GPS|34\.79|xmp|河南/i;

describe('of a file that somebody sends', () => {
  it('a JPEG keeps its picture, and nothing of where it was taken', () => {
    const xmp = segment(0xe1, text('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>'));
    const sent = jpeg(exif(1), xmp, segment(0xfe, text('GPS comment')), segment(0xed, text('Photoshop GPS')));
    expect(cleaned(sent)).toEqual({ type: 'image/jpeg', bytes: jpeg() });
    expect(says(cleaned(sent))).not.toMatch(PLACE);
    expect(cleaned(cleaned(sent).bytes).bytes).toEqual(jpeg());
  });

  it('a JPEG keeps only markers that draw: a block of a kind that nobody knows is none', () => {
    const sent = jpeg(segment(0xf0, text('GPS 34.79')), segment(0xdb, Buffer.alloc(65)));
    expect(cleaned(sent).bytes).toEqual(jpeg(segment(0xdb, Buffer.alloc(65))));
  });

  it('which way up a JPEG is held stays', () => {
    const turned = cleaned(jpeg(exif(6)));
    expect(says(turned)).not.toMatch(PLACE);
    expect(cleaned(turned.bytes)).toEqual(turned);
    expect(turned.bytes.length).toBe(jpeg().length + 36);
  });

  it('nothing is kept behind the end of a picture', () => {
    const html = text('<html><script>alert(1)</script></html>');
    expect(cleaned(Buffer.concat([jpeg(), html])).bytes).toEqual(jpeg());
    expect(cleaned(Buffer.concat([png(3), html])).bytes).toEqual(png(3));
    expect(cleaned(Buffer.concat([webp(vp8l), html])).bytes).toEqual(webp(vp8l));
  });

  it('a PNG loses its texts, its time and its EXIF', () => {
    const extra = [
      chunk('tEXt', text('GPS\0here')),
      chunk('eXIf', text('GPS')),
      chunk('tIME', Buffer.alloc(7)),
    ];
    expect(cleaned(png(3, ...extra, chunk('gAMA', Buffer.alloc(4)))).bytes).toEqual(
      png(3, chunk('gAMA', Buffer.alloc(4))),
    );
  });

  it('a WebP loses its EXIF and XMP, and says no more that it has them', () => {
    const { bytes, type } = cleaned(
      webp(vp8x, vp8l, riff('EXIF', text('GPS 34.79')), riff('XMP ', text('<xmp/>'))),
    );
    const bare = Buffer.from(vp8x);
    bare[8] = 0;
    expect({ bytes, type }).toEqual({ type: 'image/webp', bytes: webp(bare, vp8l) });
  });

  it.each([
    ['a page', text('<!doctype html><script>alert(1)</script>'), 'unknown'],
    [
      'a drawing with a program in it',
      text('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'),
      'unknown',
    ],
    ['a GIF', text('GIF89a......'), 'unknown'],
    ['nothing', Buffer.alloc(0), 'unknown'],
    ['a page that begins as a JPEG', Buffer.concat([START, Buffer.of(0xff), text('<script>')]), 'damaged'],
    ['a JPEG of two frames', jpeg(sof), 'damaged'],
    ['a JPEG of thousands of parts', jpeg(...times(4_000, segment(0xe1, Buffer.alloc(0)))), 'damaged'],
    ['a PNG of tens of thousands', png(3, ...times(20_000, chunk('tEXt', Buffer.alloc(0)))), 'damaged'],
    ['a WebP of thousands', webp(vp8l, ...times(4_000, riff('EXIF', Buffer.alloc(0)))), 'damaged'],
    ['half a JPEG', jpeg().subarray(0, -4), 'damaged'],
    ['half a PNG', png(3).subarray(0, -5), 'damaged'],
    ['a PNG without a picture', text('\u0089PNG\r\n\u001a\n'), 'damaged'],
    ['half a WebP', webp(vp8l).subarray(0, -3), 'damaged'],
    ['a picture that unfolds to gigabytes', png(40_000), 'too-many-pixels'],
    ['a PDF without an end', text('%PDF-1.7\n1 0 obj'), 'damaged'],
    [
      'a PDF with a program in it',
      text('%PDF-1.7\n<</OpenAction<</S/JavaScript/JS(x)>>>>\n%%EOF\n'),
      'active',
    ],
  ])('%s is not taken', (_what, bytes, why) => {
    expect(cleanFile(bytes)).toBe(why);
  });

  it('a PDF is kept to the byte', () => {
    const pdf = text('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n');
    expect(cleaned(pdf)).toEqual({ type: 'application/pdf', bytes: pdf });
  });

  it('a PDF is taken whatever letters turn up in its packed streams', () => {
    let seed = 7;
    const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
    for (let nth = 0; nth < 20; nth++) {
      const packed = Buffer.from(Array.from({ length: 5_000 }, () => Math.floor(random() * 256)));
      for (const name of ['/JS ', '/XFA ', '/Launch>'])
        packed.write(name, Math.floor(random() * 4_900), 'latin1');
      const stream = Buffer.concat([
        text('1 0 obj<</Length 5000>>\r\nstream\r\n'),
        packed,
        text('\nendstream\nendobj\n'),
      ]);
      const scanned = (more: string) => Buffer.concat([text('%PDF-1.7\n'), stream, text(`${more}\n%%EOF\n`)]);
      expect(cleanFile(scanned(''))).toMatchObject({ type: 'application/pdf' });
      expect(cleanFile(scanned('2 0 obj<</S/JavaScript>>endobj'))).toBe('active');
    }
  });

  it.each([
    ['goes to its first page when it is opened', '/OpenAction [3 0 R /Fit]', undefined],
    ['goes there by an action', '/OpenAction<</S/GoTo/D[3 0 R/Fit]>>/A<</S/URI/URI(https://x)>>', undefined],
    ['has a link that is pressed', '/A<</S/URI/URI(https://x)>>', undefined],
    ['has a font whose name begins so', '/JSong 4 0 R /AAAAAA+SimSun 5 0 R', undefined],
    ['has its program under another spelling', '/J#61vaScript(x)', 'active'],
    ['sends its form', '/A<</S/SubmitForm/F(https://x)>>', 'active'],
    ['reads a file', '/A<</S/ImportData/F(x)>>', 'active'],
    ['opens a page of the web when it is opened', '/OpenAction <</S/URI/URI(https://x)>>', 'active'],
    ['opens one by another object', '/OpenAction 9 0 R>>endobj\n9 0 obj<</S/URI/URI(x)', 'active'],
    ['opens one when it is closed', '/AA<</WC<</S/URI/URI(https://x)>>', 'active'],
    ['only looks as if it had a stream there', 'stream\n/JS(x)\nendstream', 'active'],
  ])('a PDF that %s', (_what, inside, why) => {
    const pdf = text(`%PDF-1.7\n1 0 obj<</Type/Catalog ${inside}>>endobj\n%%EOF\n`);
    expect(cleanFile(pdf)).toEqual(why ?? { type: 'application/pdf', bytes: pdf });
  });
});
