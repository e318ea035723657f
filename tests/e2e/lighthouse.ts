/**
 * Lighthouse as on a phone, on the three pages that are opened most: performance at least 90, accessibility 100.
 * It is fetched by npx when it is asked for (186 MB, 201 packages) and so is no dependency.
 *
 * `npm run demo` first, then `npm run lighthouse -- --base http://127.0.0.1:4173`
 */
import { mkdir, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { runCommand } from '../../api/cli/run-command.ts';
import { findChromium } from '../support/chromium.ts';

const PAGES = [
  { who: 'volunteer', path: '/me' },
  { who: 'volunteer', path: '/me/code' },
  { who: 'clerk', path: '/counter' },
] as const;
const LEAST = { performance: 90, accessibility: 100 } as const;
const VERSION = '12.8.2';
const folder = '.reports/lighthouse';

type Audit = { title: string; score: number | null; displayValue?: string; details?: { type?: string } };
type Report = { categories: Record<string, { score: number }>; audits: Record<string, Audit> };

/** The demo's own way in; the cookie is what the page is asked for with. */
async function cookieOf(base: string, who: string): Promise<string> {
  const answer = await fetch(`${base}/api/v1/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify({ who }),
  });
  if (!answer.ok) throw new Error(`${base} is no demo: ${answer.status}`);
  const pairs = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  return pairs.join('; ');
}

async function measure(base: string, { who, path }: (typeof PAGES)[number]): Promise<boolean> {
  const file = `${folder}/${path.slice(1).replaceAll('/', '-')}.json`;
  const args = [
    ...['--yes', `lighthouse@${VERSION}`, `${base}${path}`, '--output=json', `--output-path=${file}`],
    ...['--only-categories=performance,accessibility', '--quiet', '--no-enable-error-reporting'],
    '--chrome-flags=--headless=new --no-sandbox --disable-gpu',
    `--extra-headers=${JSON.stringify({ cookie: await cookieOf(base, who) })}`,
  ];
  const env = { ...process.env, CHROME_PATH: findChromium() ?? '' };
  const ran = await runCommand({ file: 'npx', args, cwd: process.cwd(), env, output: 'keep' });
  if (!ran.ok) throw new Error(ran.output);
  const { categories, audits } = JSON.parse(await readFile(file, 'utf8')) as Report;
  const score = (name: keyof typeof LEAST) => Math.round((categories[name]?.score ?? 0) * 100);
  const figures = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time'];
  figures.push('cumulative-layout-shift');
  const told = figures.map((id) => `${id} ${audits[id]?.displayValue ?? '–'}`).join(', ');
  process.stdout.write(
    `${path}: performance ${score('performance')}, accessibility ${score('accessibility')} (${told})\n`,
  );
  const names = Object.keys(LEAST) as (keyof typeof LEAST)[];
  return names.every((name) => score(name) >= LEAST[name]);
}

const { values } = parseArgs({ options: { base: { type: 'string', default: 'http://127.0.0.1:4173' } } });
await mkdir(folder, { recursive: true });
let ok = true;
for (const page of PAGES) ok = (await measure(values.base.replace(/\/$/, ''), page)) && ok;
if (!ok) process.stdout.write(`Wanted: ${JSON.stringify(LEAST)}. What is wrong stands in ${folder}.\n`);
process.exitCode = ok ? 0 : 1;
