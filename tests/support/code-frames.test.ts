/** Whether the reader that a till carries reads what a poor camera sees: the library and settings of the web's `scan/detector.ts`. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { codeLink, createCode } from '../../api/shop/rules/code.ts';
import { FRAME, photograph, type Shot } from './code-frames.ts';

const FRAMES = 20;
const HOPELESS = 3;

/** Node has none; the reader asks for a picture by this class. */
class Picture {
  readonly colorSpace = 'srgb';
  readonly width = FRAME.width;
  readonly height = FRAME.height;
  readonly data: Uint8ClampedArray;

  constructor(data: Uint8ClampedArray) {
    this.data = data;
  }
}

/** … and says where the code is by this one, which a till has no use for. */
class Box {}

beforeAll(() => {
  vi.stubGlobal('ImageData', Picture);
  vi.stubGlobal('DOMRectReadOnly', Box);
});
afterAll(() => vi.unstubAllGlobals());

async function reader() {
  const { BarcodeDetector, prepareZXingModule } = await import('barcode-detector/ponyfill');
  const wasm = await readFile(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
  const detector = new BarcodeDetector({ formats: ['qr_code'] });
  return async (data: Uint8ClampedArray): Promise<string | undefined> =>
    (await detector.detect(new Picture(data) as unknown as ImageData))[0]?.rawValue;
}

/** Numbers that are the same in each run, so that a frame which is not read can be looked at. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function shotOf(nth: number, changes: Partial<Shot> = {}): Shot {
  const random = randomOf(nth + 1);
  const at = { x: 200 + random() * 240, y: 160 + random() * 160 };
  const held = { axis: (360 / FRAMES) * nth, turn: (random() - 0.5) * 90 };
  return { size: 180, tilt: 25, contrast: 0.3, blur: 2, ...held, at, random, ...changes };
}

function linkOf(nth: number): string {
  const random = randomOf(1_000 + nth);
  const bytes = Uint8Array.from({ length: 24 }, () => Math.floor(random() * 256));
  return codeLink('https://jifen.linli.example', createCode(bytes, 0).token);
}

it('reads at least 18 of 20 codes of 180 pixels that are held at 25°, pale and out of focus', async () => {
  const read = await reader();
  const found: (string | undefined)[] = [];
  for (let nth = 0; nth < FRAMES; nth += 1) found.push(await read(photograph(linkOf(nth), shotOf(nth))));
  const right = found.filter((text, nth) => text === linkOf(nth));
  expect(right.length).toBeGreaterThanOrEqual(18);
  // What is not read is not misread either.
  expect(found.filter((text) => text !== undefined)).toHaveLength(right.length);
});

it('reads none of a code that nobody could see, so that these frames are no easy ones', async () => {
  const read = await reader();
  for (let nth = 0; nth < HOPELESS; nth += 1)
    expect(await read(photograph(linkOf(nth), shotOf(nth, { blur: 8 })))).toBeUndefined();
});
