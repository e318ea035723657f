/** What holds on a page wherever it stands: it does not move, fits small screens, answers to a keyboard, and axe is content. */
import type { Page } from 'playwright-core';
import { keyboardFaultsOf } from './keyboard.ts';
import { faultsOf } from './looks.ts';
import { misfitsOf } from './small-screen.ts';
import { shiftOf } from './vitals.ts';
import { open } from './walk.ts';

/** A page by its address, or by the first link of this name on the page before. */
export type Stop = { path: string } | { link: RegExp };

export const at = (path: string): Stop => ({ path });
export const through = (link: RegExp): Stop => ({ link });

/** Back when the page is there; returns how much it moved while it came up. */
async function go(page: Page, stop: Stop): Promise<number> {
  if ('link' in stop) {
    const from = page.url();
    await page.getByRole('main').getByRole('link', { name: stop.link }).first().click();
    await page.waitForURL((url) => url.href !== from);
  }
  await open(page, 'path' in stop ? stop.path : page.url());
  const shift = await shiftOf(page);
  if (shift === 0) return 0;
  // A machine that is overloaded draws half a page now and then; a page that moves of itself does so each time.
  await open(page, page.url());
  return shiftOf(page);
}

/** Of a page as it stands, in the middle of what somebody does on it. */
export async function faultsHere(page: Page): Promise<string[]> {
  return [...(await faultsOf(page)), ...(await misfitsOf(page))];
}

/**
 * Goes from page to page and says what is wrong with each; a keyboard is tried where people sit at a desk. A page that the
 * walk comes back to, for another of its links, is not looked at again. `looked`: takes up the paths that were looked at.
 */
export async function faultsAlong(
  page: Page,
  stops: readonly Stop[],
  { keyboard, looked }: { keyboard: boolean; looked?: Set<string> },
): Promise<string[]> {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const stop of stops) {
    const shift = await go(page, stop);
    if (seen.has(page.url())) continue;
    seen.add(page.url());
    looked?.add(new URL(page.url()).pathname);
    if (shift > 0) faults.push(`${page.url()} moved by ${shift} while it came up`);
    if (keyboard) faults.push(...(await keyboardFaultsOf(page)));
    faults.push(...(await faultsHere(page)));
  }
  return faults;
}
