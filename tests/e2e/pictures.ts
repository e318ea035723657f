/**
 * The pictures of the README, taken from a running demo: what a newcomer sees of five people's work. And the mark as the
 * home screens of phones want it, on paper, drawn from the one that browsers show.
 *
 * `npm run demo` first, then `npm run pictures -- --base http://127.0.0.1:4173`. It gives points for one purchase, as a
 * clerk would, so that a code can turn into its receipt.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { readShownCode } from './support/code-picture.ts';
import { openChromium } from './support/chromium.ts';
import { enterDigits } from './support/till.ts';
import { open, press } from './support/walk.ts';

const folder = '.github';
/** GitHub serves them to whoever opens the project. */
const MOST_BYTES = 120_000;
const PHONE = { width: 390, height: 800, scale: 2 } as const;
const DESK = { width: 1180, height: 720, scale: 1.5 } as const;
type Frame = typeof PHONE | typeof DESK;

const { values } = parseArgs({ options: { base: { type: 'string', default: 'http://127.0.0.1:4173' } } });
const { base } = values;

/** Somebody of the demo on a device of their own. */
async function enter(
  browser: Browser,
  who: string,
  path: string,
  look: BrowserContextOptions & { frame: Frame },
): Promise<Page> {
  const { frame, ...rest } = look;
  const context = await browser.newContext({
    ...{ baseURL: base, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' },
    ...{ viewport: { width: frame.width, height: frame.height }, deviceScaleFactor: frame.scale, ...rest },
  });
  const answer = await context.request.post('/api/v1/demo/sign-in', {
    data: { who },
    headers: { origin: base },
  });
  if (!answer.ok()) throw new Error(`${base} is no demo: ${answer.status()}`);
  const page = await context.newPage();
  await open(page, path);
  return page;
}

/** From under the demo's own bar down to the foot of the screen. */
async function shoot(page: Page, name: string, frame: Frame): Promise<void> {
  const top = await page.evaluate(() => {
    scrollTo(0, 0);
    return Math.round(document.querySelector('header')?.getBoundingClientRect().top ?? 0);
  });
  await page.setViewportSize({ width: frame.width, height: frame.height + top });
  await page.waitForTimeout(200);
  const devtools = await page.context().newCDPSession(page);
  for (const quality of [84, 72, 60, 48]) {
    const { data } = await devtools.send('Page.captureScreenshot', {
      ...{ format: 'webp', quality },
      clip: { x: 0, y: top, width: frame.width, height: frame.height, scale: 1 },
    });
    const picture = Buffer.from(data, 'base64');
    if (picture.length > MOST_BYTES) continue;
    await writeFile(`${folder}/${name}.webp`, picture);
    process.stdout.write(`${folder}/${name}.webp ${Math.ceil(picture.length / 1000)} kB\n`);
    return;
  }
  throw new Error(`${name} stays above ${MOST_BYTES} bytes`);
}

/** Phones cut a corner or a whole circle off: the mark keeps to the middle. */
async function drawIcons(browser: Browser): Promise<void> {
  const mark = await readFile('web/static/favicon.svg', 'utf8');
  for (const [name, size] of [
    ['apple-touch-icon', 180],
    ['icon-192', 192],
    ['icon-512', 512],
  ] as const) {
    const page = await browser.newPage({ viewport: { width: size, height: size }, colorScheme: 'light' });
    await page.setContent(
      `<body style="margin:0;display:grid;place-items:center;height:100vh;background:#fbf8f3">
        <div style="width:60%">${mark}</div></body>`,
    );
    await page.screenshot({ path: `web/static/${name}.png` });
    await page.close();
  }
}

const browser = await openChromium();
try {
  await drawIcons(browser);
  await mkdir(folder, { recursive: true });
  await shoot(await enter(browser, 'volunteer', '/me', { frame: PHONE }), 'passbook', PHONE);

  const member = await enter(browser, 'volunteer', '/me/code', { frame: PHONE });
  const clerk = await enter(browser, 'clerk', '/counter', { frame: PHONE });
  await enterDigits(clerk, (await readShownCode(member)).digits);
  await clerk.getByLabel('小票号').fill(`A-${Date.now() % 1_000_000}`);
  await clerk.getByLabel('实付金额（元）').fill('58.50');
  await press(clerk, '核对');
  await clerk.getByRole('heading', { name: '核对：记分' }).waitFor();
  await shoot(clerk, 'counter', PHONE);
  await press(clerk, '确认记分');
  await clerk.getByRole('status').filter({ hasText: '记分成功' }).waitFor();
  await member.getByRole('status').filter({ hasText: '记分成功' }).waitFor();
  await shoot(member, 'receipt', PHONE);

  const accountant = await enter(browser, 'accountant', '/fees/reconcile', { frame: DESK });
  await accountant
    .getByRole('main')
    .getByRole('link', { name: /^入账清单/ })
    .first()
    .click();
  await accountant.waitForURL((url) => url.pathname !== '/fees/reconcile');
  await shoot(accountant, 'reconciliation', DESK);

  const auditor = await enter(browser, 'auditor', '/audit', { frame: DESK, colorScheme: 'dark' });
  await press(auditor, /核对/);
  await auditor.getByRole('status').filter({ hasText: '账簿完好' }).waitFor();
  await shoot(auditor, 'verification', DESK);
} finally {
  await browser.close();
}
