import type { Page } from 'playwright-core';

/** Counts what a finger does on this page from now on, over all pages that it leads to: each touch of the screen is one. */
export async function countTaps(page: Page): Promise<() => number> {
  let taps = 0;
  await page.exposeFunction('linliTapped', () => {
    taps += 1;
  });
  const listen = () => {
    const { linliTapped } = window as unknown as { linliTapped: () => void };
    addEventListener('pointerdown', (event) => event.isTrusted && linliTapped(), { capture: true });
  };
  await page.addInitScript(listen);
  await page.evaluate(listen);
  return () => taps;
}
