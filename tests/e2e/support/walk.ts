/**
 * A walk through the pages: one demo for a file, a device of its own for everybody who enters, and two
 * things that hold on every page whatever the test is about: nothing is asked of another origin, and no page complains
 * in its console.
 */
import { request } from 'playwright-core';
import type { BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import type { DemoRecord } from '../../../api/demo/demo-folder.ts';
import { startFakeWechat } from '../../support/fake-wechat.ts';
import { createPostgresDatabase } from '../../support/postgres.ts';
import { startDemoServer, type DemoServer } from './demo-server.ts';
import { startEmptyServer, type EmptyServer } from './empty-server.ts';
import { filmCode } from './qr-video.ts';
import { workerBrowser, type WorkerBrowser } from './worker-browser.ts';

export type Who = DemoRecord['people'][number]['who'];

/** The page that each is led to after signing in. */
export const HOME: Readonly<Record<Who, string>> = {
  volunteer: '/me',
  clerk: '/counter',
  outlet: '/counter',
  manager: '/counter',
  accountant: '/fees',
  checker: '/fees',
  lead: '/fees',
  staff: '/community',
  rater: '/community',
  street: '/community',
  auditor: '/audit',
};

/** A slow machine is no fault of the page's. */
const PATIENCE_MS = 20_000;

/** A phone, as residents and clerks hold it. */
export const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 } };

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

export type WalkOptions = { postgres?: boolean; empty?: boolean; wechat?: boolean };

export class Walk {
  #server: DemoServer | EmptyServer | undefined;
  #chromium: WorkerBrowser | undefined;
  #elsewhere: string | undefined;
  readonly #contexts: BrowserContext[] = [];
  readonly #stays = new Map<string, Page>();
  readonly #sessions = new Map<Who, Promise<Session>>();
  readonly #faults: string[] = [];
  #forgiven: RegExp[] = [];

  async begin(options: WalkOptions = {}): Promise<void> {
    const databaseUrl = options.postgres ? await createPostgresDatabase(inject('postgres')) : undefined;
    const wechat = options.wechat ? await startFakeWechat() : undefined;
    // Who signs in with WeChat is led there and back.
    this.#elsewhere = wechat?.config.authorizeUrl;
    const given = {
      ...(databaseUrl !== undefined && { databaseUrl }),
      ...(wechat && { wechat: wechat.config }),
    };
    [this.#chromium, this.#server] = await Promise.all([
      workerBrowser(),
      options.empty ? startEmptyServer() : startDemoServer(given),
    ]);
  }

  async end(): Promise<void> {
    for (const page of this.#stays.values()) await page.context().close();
    await this.#server?.stop();
  }

  /** After each test: everybody leaves, and what their pages did wrong comes to light. */
  async leave(): Promise<string[]> {
    for (const context of this.#contexts.splice(0)) await context.close();
    const faults = this.#faults.splice(0).filter((fault) => !this.#forgiven.some((one) => one.test(fault)));
    this.#forgiven = [];
    return faults;
  }

  get server(): DemoServer {
    if (this.#server === undefined || !('record' in this.#server)) throw new Error('there is no demo');
    return this.#server;
  }

  /** Of a server that was started on an empty folder. */
  get setUpLink(): string {
    if (this.#server === undefined || !('setUpLink' in this.#server)) throw new Error('nothing is empty');
    return this.#server.setUpLink;
  }

  /** The camera of every device shows this code from its next start on. */
  async film(text: string): Promise<void> {
    if (this.#chromium === undefined) throw new Error('the walk has not begun');
    await filmCode(this.#chromium.film, text);
  }

  /** What this test provokes on purpose: Chromium writes a refused or broken request into the console by itself. */
  forgive(...faults: RegExp[]): void {
    this.#forgiven.push(...faults);
  }

  /** A page on a device of its own; nobody is signed in. */
  async device(look: BrowserContextOptions = {}): Promise<Page> {
    if (this.#chromium === undefined || !this.#server) throw new Error('the walk has not begun');
    const { url } = this.#server;
    const context = await this.#chromium.browser.newContext({
      ...{ baseURL: url, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' },
      ...look,
    });
    this.#contexts.push(context);
    context.setDefaultTimeout(PATIENCE_MS);
    context.on('console', (message) => {
      if (message.type() === 'error') this.#faults.push(`${message.location().url}: ${message.text()}`);
    });
    context.on('weberror', (error) => this.#faults.push(String(error.error())));
    context.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      const isLocal =
        protocol === 'data:' || protocol === 'blob:' || origin === url || origin === this.#elsewhere;
      if (!isLocal) this.#faults.push(`a request to another origin: ${request.url()}`);
    });
    return context.newPage();
  }

  /**
   * Somebody who signed in before opens a page, their first one if none is named. All their devices share one session: a
   * test that ends it, or minds which device has it, signs in on the page.
   */
  async enter(who: Who, look: BrowserContextOptions = {}, path = HOME[who]): Promise<Page> {
    const page = await this.device({ ...look, storageState: await this.#sessionOf(who) });
    await page.goto(path);
    if (look.javaScriptEnabled !== false) await ready(page);
    return page;
  }

  /**
   * As `enter`, on a device that the file's tests share: a fresh one costs as much as five pages. For tests that only
   * look, and leave no route, clock or network of their own behind.
   */
  async visit(
    who: Who | 'nobody',
    look: BrowserContextOptions = {},
    path = who === 'nobody' ? '/' : HOME[who],
  ): Promise<Page> {
    const key = JSON.stringify([who, look]);
    const known = this.#stays.get(key);
    if (known === undefined) {
      const page = who === 'nobody' ? await this.device(look) : await this.enter(who, look, path);
      this.#contexts.splice(this.#contexts.indexOf(page.context()), 1);
      this.#stays.set(key, page);
      if (who === 'nobody') await open(page, path);
      return page;
    }
    await open(known, path);
    return known;
  }

  #sessionOf(who: Who): Promise<Session> {
    const kept = this.#sessions.get(who) ?? this.#startSession(who);
    this.#sessions.set(who, kept);
    return kept;
  }

  async #startSession(who: Who): Promise<Session> {
    const { url } = this.server;
    const asked = await request.newContext({ baseURL: url, extraHTTPHeaders: { origin: url } });
    try {
      const answer = await asked.post('/api/v1/demo/sign-in', { data: { who } });
      if (!answer.ok()) throw new Error(`${who} cannot sign in: ${await answer.text()}`);
      return await asked.storageState();
    } finally {
      await asked.dispose();
    }
  }
}

export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await open(page, '/sign-in');
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  await ready(page);
}

/** The page answers to its own scripts: SvelteKit takes over the scroll when it has taken over the page. */
export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => history.scrollRestoration === 'manual');
}

export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await ready(page);
}

/** A button of the page, not of the bars around it; back when the page has its answer. */
export async function press(page: Page, name: string | RegExp): Promise<void> {
  const exact = typeof name === 'string';
  await page.getByRole('main').getByRole('button', { name, exact }).click();
  await page.getByRole('button', { name: '请稍等' }).waitFor({ state: 'hidden' });
}

/** For `expect.poll`: the page is looked at until it is as it should be. */
export const SOON = { timeout: PATIENCE_MS, interval: 50 };

/** What a form says is wrong with one of its fields, as a screen reader reads it with the field; '' if nothing is. */
export async function faultOf(field: Locator): Promise<string> {
  return field.evaluate((element) => {
    if (element.getAttribute('aria-invalid') !== 'true') return '';
    const ids = element.getAttribute('aria-describedby')?.split(' ') ?? [];
    return ids.map((id) => document.getElementById(id)?.textContent.trim()).join(' ');
  });
}

/** Declares the walk of a test file. */
export function walkThrough(options: WalkOptions = {}): Walk {
  const walk = new Walk();
  beforeAll(() => walk.begin(options));
  afterAll(() => walk.end());
  afterEach(async () => {
    expect(await walk.leave()).toEqual([]);
  });
  return walk;
}
