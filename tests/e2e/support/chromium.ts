import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../support/chromium.ts';

/**
 * Chromium heeds the last list of features alone, so Playwright's own is said again. Then what nobody sees here: in each new
 * window, two pages for the suggestions under the address bar, which cost as much as four of ours.
 */
const unwanted = [
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades'],
  ...['HttpsFirstBalancedModeAutoEnable', 'LensOverlay', 'MediaRouter', 'PaintHolding', 'OptimizationHints'],
  ...['ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect', 'NetworkTimeServiceQuerying'],
  ...['AimEnabled', 'PreconnectToSearch'],
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'],
];

/** Quiet, and alone: no request of Chromium's own, no sandbox (containers refuse it), a new profile each time. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${unwanted.join(',')}`,
];

export async function openChromium(extra: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error(
      'Chromium was not found: install it (apt-get install chromium-headless-shell) or set CHROMIUM to its path.',
    );
  }
  return chromium.launch({ executablePath, headless: true, args: [...quiet, ...extra] });
}
