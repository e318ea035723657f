/**
 * Contact sheets: every page at 390 and 1280 px, by day and by night, in 标准 and 长辈, on one PNG to look at.
 *
 * `npm run sheets -- --help` says how.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContext } from 'playwright-core';
import { openChromium } from './support/chromium.ts';
import { composeSheet, type Shot } from './support/contact-sheet.ts';

const folder = '.reports/sheets';
const widths = [390, 1280] as const;
const themes = ['light', 'dark'] as const;
const modes = ['standard', 'elder'] as const;
/** A page may be long; a sheet shows its first screens. */
const tallest = { 390: 2600, 1280: 2000 } as const;

const USAGE = `npm run sheets -- PAGE… --base http://127.0.0.1:4173 [--user NAME --password WORD] [--text 30] [--locale en]
把每一页在手机和电脑上、白天和夜间、标准和长辈模式的样子拼成一张图，放在 ${folder}。不写 --base 就用环境变量 LINLI_URL。
Puts each page, on a phone and a desk, by day and night, in both layouts, on one picture in ${folder}. Without --base the
address is taken from LINLI_URL. /gallery exists only while developing. Exit code 1: a page had a fault, 404 included.
`;

const { values, positionals } = readArguments();

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        base: { type: 'string' },
        user: { type: 'string' },
        password: { type: 'string' },
        text: { type: 'string', default: '20' },
        locale: { type: 'string', default: 'zh-CN' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    return leave(2, `${(error as Error).message}\n\n${USAGE}`);
  }
}

function leave(code: 0 | 2, words: string): never {
  (code === 0 ? process.stdout : process.stderr).write(words);
  process.exit(code);
}

type Look = { width: (typeof widths)[number]; theme: (typeof themes)[number]; mode: (typeof modes)[number] };

const looks: Look[] = modes.flatMap((mode) =>
  themes.flatMap((theme) => widths.map((width) => ({ width, theme, mode }))),
);

async function signIn(context: BrowserContext, base: string): Promise<void> {
  if (values.user === undefined || values.password === undefined) return;
  const page = await context.newPage();
  await page.goto(`${base}/sign-in`);
  await page.fill('[name=username]', values.user);
  await page.fill('[name=password]', values.password);
  await page.click('main [type=submit]');
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  await page.close();
}

/** One look at a page, and what it did wrong: errors in the console, and content wider than the screen. */
async function shoot(browser: Browser, base: string, path: string, look: Look): Promise<Shot> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.width === 390 ? 844 : 800 },
    colorScheme: look.theme,
    reducedMotion: 'reduce',
    locale: values.locale,
  });
  try {
    const cookies = { 'linli-mode': look.mode, 'linli-text': values.text, PARAGLIDE_LOCALE: values.locale };
    await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: base })));
    await signIn(context, base);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(`${base}${path}`, { waitUntil: 'networkidle' });
    const { wide, high } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      high: document.documentElement.scrollHeight,
    }));
    if (wide > look.width) faults.push(`${wide} px wide on a screen of ${look.width}`);
    const height = Math.min(high, tallest[look.width]);
    await page.setViewportSize({ width: look.width, height });
    return {
      label: `${look.width} px · ${look.theme === 'light' ? '浅色' : '深色'} · ${look.mode === 'elder' ? `长辈 ${values.text}` : '标准'}`,
      width: look.width,
      height,
      png: await page.screenshot(),
      faults,
    };
  } finally {
    await context.close();
  }
}

const base = (values.base ?? process.env['LINLI_URL'] ?? '').replace(/\/$/, '');
if (values.help) leave(0, USAGE);
if (base === '' || positionals.length === 0) leave(2, USAGE);

const browser = await openChromium();
let faulty = false;
try {
  await mkdir(folder, { recursive: true });
  for (const path of positionals) {
    const shots: Shot[] = [];
    for (const look of looks) shots.push(await shoot(browser, base, path, look));
    const name = `${path.replaceAll(/[^\w-]+/g, '-').replaceAll(/^-|-$/g, '') || 'home'}-${values.locale}-${values.text}`;
    await writeFile(`${folder}/${name}.png`, await composeSheet(browser, path, shots));
    process.stdout.write(`${folder}/${name}.png\n`);
    for (const { label, faults } of shots) {
      for (const fault of faults) {
        faulty = true;
        process.stdout.write(`  ${label}: ${fault}\n`);
      }
    }
  }
} finally {
  await browser.close();
}
process.exitCode = faulty ? 1 : 0;
