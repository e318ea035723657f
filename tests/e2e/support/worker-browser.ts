/**
 * One browser for all files that a worker runs, because starting one costs as much as ten pages. Files share nothing in
 * it: each device is a context of its own, with cookies and caches of its own. It ends with the worker's process.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openChromium } from './chromium.ts';
import { filmCode } from './qr-video.ts';

export type WorkerBrowser = {
  readonly browser: Browser;
  /** What the camera of every device shows, read when a page opens the camera. */
  readonly film: string;
};

let opened: Promise<WorkerBrowser> | undefined;

export async function workerBrowser(): Promise<WorkerBrowser> {
  const kept = await opened;
  if (kept?.browser.isConnected()) return kept;
  opened = start();
  return opened;
}

async function start(): Promise<WorkerBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'linli-film-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const film = join(folder, 'film.y4m');
  return { browser: await openChromium(await filmCode(film, 'nothing yet')), film };
}
