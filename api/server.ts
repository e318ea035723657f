import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { createApp } from './app.ts';
import type { AppDeps } from './app.ts';
import { claimFolder, openDatabase } from './db/index.ts';
import type { DatabaseTarget, Engine } from './db/index.ts';
import { demoRefused, isDemo, type Demo } from './demo/index.ts';
import { startJobs } from './jobs.ts';
import { createActFor, createIdentity, fillInitials, sweepIdentity } from './identity/index.ts';
import { sweepCodes } from './shop/index.ts';
import { createSeals } from './webhooks/index.ts';
import { openLedger } from './ledger/index.ts';
import type { Ledger } from './ledger/index.ts';
import { createPlaces } from './places/index.ts';
import {
  createHttpServer,
  createIds,
  createLog,
  createObserver,
  createRateLimiter,
  createWebhookProvider,
  isRefusal,
  loadSecret,
  originChecks,
  PAGE_HEADERS,
} from './platform/index.ts';
import type {
  Config,
  ConfigRefusal,
  HttpServer,
  Log,
  MessageProvider,
  Observer,
  PagesHandler,
} from './platform/index.ts';

/** One running Linli: engine, ledger, app and Node server. The demo and the tests start theirs with it too. */
export interface Server {
  readonly app: ReturnType<typeof createApp>;
  readonly deps: AppDeps;
  readonly ledger: Ledger;
  readonly http: HttpServer;
  listen(): Promise<AddressInfo | ConfigRefusal>;
  /** Answers what is in flight, writes the journal's last batch, closes everything. */
  stop(): Promise<void>;
}

/** How long a stop waits for requests in flight before it cuts them off; what they posted is still written. */
const STOP_PATIENCE_MS = 20_000;
const SWEEP_MS = 3_600_000;

/** Where the web's build lies, seen from `api/` as from `.build/`. */
const PAGES = fileURLToPath(new URL('../web/build/handler.js', import.meta.url));

export interface ServerOptions {
  /** Without pages, for tests and benches of the API alone. */
  readonly pages?: boolean;
  readonly log?: Log;
  readonly clock?: () => number;
  /** Instead of the one of the settings. */
  readonly messages?: MessageProvider;
  /** Only the demo's own main gives one: with it, anybody may sign in as its people with one tap. */
  readonly demo?: Demo;
  /** Whether SQLite is written in a thread of its own (see `openLedger`). */
  readonly thread?: boolean;
}

/**
 * Opens the database, brings its schema up to date and puts the process together; what an operator can mend is a
 * sentence. In production a demo's database is not served.
 */
export async function createServer(
  config: Config,
  options: ServerOptions = {},
): Promise<Server | ConfigRefusal> {
  const secret = await loadSecret(config);
  if (typeof secret !== 'string') return secret;
  if (config.databaseUrl !== undefined)
    return openServer({ kind: 'postgres', url: config.databaseUrl }, { config, secret, options });
  const claim = claimFolder(config.dataDir);
  if (claim?.kind === 'refused') return claim;
  const target = { kind: 'sqlite' as const, file: join(config.dataDir, 'linli.db') };
  const server = await openServer(target, { config, secret, options });
  if (isRefusal(server)) {
    claim?.release();
    return server;
  }
  return { ...server, stop: () => server.stop().finally(() => claim?.release()) };
}

async function openServer(
  target: DatabaseTarget,
  { config, secret, options }: { config: Config; secret: string; options: ServerOptions },
): Promise<Server | ConfigRefusal> {
  const engine = await openDatabase(target);
  if (engine.kind === 'refused') return engine;
  const migrated = await engine.migrate();
  const refused =
    migrated.kind === 'refused' ? migrated : config.production && (await isDemo(engine)) && demoRefused;
  if (refused) {
    await engine.close();
    return refused;
  }
  return assembleServer(config, secret, engine, options);
}

/** Puts a process together around an engine that is open and migrated; tests bring their own. */
export async function assembleServer(
  config: Config,
  secret: string,
  engine: Engine,
  options: ServerOptions,
): Promise<Server> {
  const log = options.log ?? createLog(config);
  const clock = options.clock ?? Date.now;
  const observer = createObserver(log);
  const ledger = openLedger(engine, {
    now: clock,
    onBatch: observer.observeBatch,
    thread: options.thread ?? false,
  });
  observer.gauge('linli_journal_waiting', 'Units waiting or being written', () => ledger.journal.waiting);
  const places = createPlaces(engine);
  const { identify, ...identity } = createIdentity({ engine, clock, log, secret, config, places });
  const messages = options.messages ?? (config.messages && createWebhookProvider(config.messages));
  const deps: AppDeps = {
    ...originChecks(config),
    engine,
    clock,
    config,
    log,
    identity,
    identify,
    seals: createSeals(secret),
    journal: ledger.journal,
    ids: createIds(clock),
    places,
    actFor: createActFor({ engine, clock, places }),
    limiter: createRateLimiter(config.limits),
    observe: observer.observe,
    timeoutMs: config.timeoutMs,
    ...(options.demo && { demo: options.demo }),
    ...(messages && { messages }),
  };
  const app = createApp(deps);
  const state = { stopping: false };
  addOperatorPages(app, { engine, observer, state });
  const pages = options.pages === false ? undefined : await loadPages(config);
  const http = createHttpServer({ config, fetch: app.fetch, ...(pages && { pages }) });

  const sweep = setInterval(() => {
    const sweeps = [sweepIdentity(engine, clock()), sweepCodes(engine, clock()), fillInitials(engine)];
    Promise.all(sweeps).catch((error: unknown) => log.warn({ error }, 'the hourly sweep failed'));
  }, SWEEP_MS);
  sweep.unref();

  const jobs = startJobs(deps);

  let stopped: Promise<void> | undefined;
  return {
    app,
    deps,
    ledger,
    http,
    listen: http.listen,
    stop: () => (stopped ??= stopAll()),
  };

  async function stopAll(): Promise<void> {
    state.stopping = true;
    clearInterval(sweep);
    await Promise.all([http.server.listening ? http.stop(STOP_PATIENCE_MS) : undefined, jobs.stop()]);
    await ledger.stop();
    await engine.close();
  }
}

/** For a load balancer and a monitor; no personal data, and nothing that needs a sign-in. */
function addOperatorPages(
  app: Server['app'],
  { engine, observer, state }: { engine: Engine; observer: Observer; state: { stopping: boolean } },
): void {
  app.get('/healthz', (c) => c.text('ok\n'));
  app.get('/readyz', async (c) => {
    if (state.stopping) return c.text('stopping\n', 503);
    try {
      await engine.reader
        .select({ one: sql`1` })
        .from(engine.tables.books)
        .limit(1);
      return c.text('ready\n');
    } catch {
      return c.text('no database\n', 503);
    }
  });
  app.get('/metrics', async (c) =>
    c.text(await observer.metrics(), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }),
  );
}

/**
 * Of a form that takes a file, in bytes: 5 MB with what the form writes around it, also from a browser without scripts. Every
 * other form is held to much less before it is read (web/src/lib/body-limit.ts).
 */
const PAGE_LIMIT = String(6 * 1024 * 1024);

/**
 * adapter-node reads its settings while it is loaded. Without ORIGIN it would take every request for https and refuse
 * each form sent over http, so it is told to look at two headers that http-server.ts fills in.
 */
async function loadPages(config: Config): Promise<PagesHandler | undefined> {
  if (!existsSync(PAGES)) return undefined;
  if (config.origin === undefined) Object.assign(process.env, PAGE_HEADERS);
  process.env['BODY_SIZE_LIMIT'] = PAGE_LIMIT;
  const { handler } = (await import(pathToFileURL(PAGES).href)) as { handler: PagesHandler };
  return handler;
}
