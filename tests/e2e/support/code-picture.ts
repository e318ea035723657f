import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const wasm = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'));

export type ShownCode = { link: string; digits: string };

/** What a member's page shows to a till, read off its screen as a camera and a clerk would. */
export async function readShownCode(page: Page): Promise<ShownCode> {
  const picture = await page.getByRole('img', { name: '积分码二维码' }).screenshot();
  const text = await page.getByRole('figure').innerText();
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(await readFile(wasm)).buffer } });
  const [found] = await readBarcodes(new Uint8Array(picture));
  const digits = /\d{4}\s*\d{4}\s*\d{4}/.exec(text)?.[0];
  if (found === undefined || digits === undefined) throw new Error('the page shows no code that can be read');
  return { link: found.text, digits };
}
