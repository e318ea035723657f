import type { Page } from 'playwright-core';

const keyEveryS = 0.01;
/** The hand that takes the gun leaves the keys first. */
const reachS = 1;

/**
 * A scan gun plugged in as a keyboard: every key of the text, each with its own time, then Enter. The times are written
 * on the keys, so a slow machine does not turn the gun into a slow typist.
 */
export async function shootCode(page: Page, text: string): Promise<void> {
  const keyboard = await page.context().newCDPSession(page);
  const began = Date.now() / 1_000 + reachS;
  for (const [at, key] of [...text, '\r'].entries()) {
    const timestamp = began + at * keyEveryS;
    const named = key === '\r' ? { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 } : { key };
    await keyboard.send('Input.dispatchKeyEvent', { ...named, type: 'keyDown', text: key, timestamp });
    await keyboard.send('Input.dispatchKeyEvent', { ...named, type: 'keyUp', timestamp });
  }
  await keyboard.detach();
}
