import type { Browser } from 'playwright-core';

export type Shot = { label: string; width: number; height: number; png: Buffer; faults: readonly string[] };

/** On the sheet a shot is this much smaller than the page was. */
const scale = 0.5;

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Lays the shots side by side under their labels and takes one picture of them. */
export async function composeSheet(browser: Browser, title: string, shots: readonly Shot[]): Promise<Buffer> {
  const figures = shots.map(
    ({ label, width, png, faults }) =>
      `<figure style="width:${width * scale}px"><figcaption>${escapeHtml(label)}${faults.length > 0 ? ' ⚠' : ''}</figcaption>` +
      `<img src="data:image/png;base64,${png.toString('base64')}" width="${width * scale}"></figure>`,
  );
  const rowWidth = shots.slice(0, 4).reduce((sum, { width }) => sum + width * scale + 16, 48);
  const page = await browser.newPage({ viewport: { width: Math.ceil(rowWidth), height: 800 } });
  try {
    await page.setContent(
      `<style>body{margin:24px;background:#cfcbc5;font:14px system-ui}h1{margin:0 0 16px;font-size:18px}` +
        `main{display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start}figure{margin:0}figcaption{padding-bottom:4px}` +
        `img{display:block}</style><h1>${escapeHtml(title)}</h1><main>${figures.join('')}</main>`,
      { waitUntil: 'load' },
    );
    return await page.screenshot({ fullPage: true });
  } finally {
    await page.close();
  }
}
