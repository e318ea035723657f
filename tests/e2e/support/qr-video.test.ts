import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { filmCode } from './qr-video.ts';

it('the film that the fake camera shows holds the code, so that a scan which fails is the page’s fault', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'linli-film-'));
  try {
    const path = join(folder, 'code.y4m');
    const flags = await filmCode(path, 'http://127.0.0.1:3000/c/48120937');
    expect(flags.at(-1)).toContain(path);

    const film = await readFile(path);
    const [head = ''] = film.toString('latin1', 0, 100).split('\n');
    const [, width = 0, height = 0] = (/W(\d+) H(\d+)/.exec(head) ?? []).map(Number);
    const from = head.length + '\nFRAME\n'.length;
    const luma = film.subarray(from, from + width * height);
    const picture = new Uint8ClampedArray(width * height * 4).fill(255);
    luma.forEach((light, at) => picture.fill(light, at * 4, at * 4 + 3));

    const wasm = await readFile(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')));
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
    const [found] = await readBarcodes({ data: picture, width, height, colorSpace: 'srgb' } as ImageData);
    expect(found?.text).toBe('http://127.0.0.1:3000/c/48120937');
  } finally {
    await rm(folder, { recursive: true });
  }
});
