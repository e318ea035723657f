/**
 * The whole API on a fresh database, in this process: `app.request` without a network. People and keys are made through
 * the real use cases, and sign in through the real route; the clock is the caller's, and so is the end.
 */
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import type { Demo } from '../../api/demo/index.ts';
import { createSignIn, createSystemKey, personRow } from '../../api/identity/index.ts';
import { post } from '../../api/ledger/index.ts';
import { isProblem, isRefusal, readConfig } from '../../api/platform/index.ts';
import type { Config, Log, MessageProvider, Role, Scope } from '../../api/platform/index.ts';
import { assembleServer } from '../../api/server.ts';
import type { Server } from '../../api/server.ts';
import { rememberHashes } from './remembered-hashes.ts';

export const PASSWORD = 'correct horse battery';
const SECRET = 'test-secret-0123456789-abcdefghijklmnop';

export interface Visitor {
  readonly headers: Readonly<Record<string, string>>;
}

export interface TestPerson extends Visitor {
  readonly id: string;
  readonly username: string;
}

export const nobody: Visitor = { headers: {} };

export interface Asked {
  readonly method?: string;
  readonly by?: Visitor;
  readonly json?: unknown;
  /** A file, by itself or in a form. */
  readonly body?: BodyInit;
  /** The Idempotency-Key. */
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface HeldRole {
  readonly role: Role;
  readonly place: string;
}

export interface TestApp {
  readonly server: Server;
  readonly engine: Engine;
  /** Milliseconds; a test may set it. */
  readonly clock: { now: number };
  readonly logged: object[];
  request(path: string, asked?: Asked): Promise<Response>;
  place(kind?: 'estate' | 'community' | 'merchant', parent?: string, book?: number): Promise<string>;
  /** Somebody who can sign in, and has. */
  person(...roles: readonly HeldRole[]): Promise<TestPerson>;
  /** Somebody who cannot sign in. */
  resident(...roles: readonly HeldRole[]): Promise<string>;
  key(input: {
    scopes: readonly Scope[];
    place?: string;
    book?: number;
  }): Promise<Visitor & { id: string; token: string }>;
  /** Ends its journals; the database stays open. */
  stop(): Promise<void>;
}

/** Origin and Host as a browser on our own page sends them. */
const OWN_PAGE = { origin: 'http://linli.test', host: 'linli.test' };

export async function openApp(
  engine: Engine,
  settings: { config?: Partial<Config>; demo?: Demo; messages?: MessageProvider } = {},
): Promise<TestApp> {
  const config = readConfig({ LOG_LEVEL: 'silent', RATE_LIMIT_ADDRESS: '0' });
  if (isRefusal(config)) throw new Error(config.en);
  const clock = { now: Date.UTC(2026, 5, 15, 4) };
  const logged: object[] = [];
  const note = (facts: object, message: string) => void logged.push({ ...facts, message });
  const log: Log = { debug: note, info: note, warn: note, error: note };
  const server = await assembleServer({ ...config, ...settings.config }, SECRET, engine, {
    log,
    clock: () => clock.now,
    pages: false,
    ...(settings.demo && { demo: settings.demo }),
    ...(settings.messages && { messages: settings.messages }),
  });
  await rememberHashes(server.deps.identity.auth);

  const request: TestApp['request'] = async (path, { method, by = nobody, json, body, key, headers } = {}) =>
    server.app.request(`http://linli.test${path}`, {
      method: method ?? (json === undefined ? 'GET' : 'POST'),
      headers: {
        ...OWN_PAGE,
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...by.headers,
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(body !== undefined && { body }),
    });

  return {
    server,
    engine,
    clock,
    logged,
    request,
    async place(kind = 'estate', parent = '', book = 1) {
      const id = uuid();
      const row = { id, version: 1, book, parent, kind, name: `place ${id}`, createdAt: clock.now };
      await engine.db.insert(engine.tables.places).values(row);
      return id;
    },
    resident: (...roles) => addPerson(engine, roles, clock.now),
    async person(...roles) {
      const id = await addPerson(engine, roles, clock.now);
      const username = `u${id.replaceAll('-', '').slice(-20)}`;
      const { auth } = server.deps.identity;
      const given = { by: 'operator:test', place: '' };
      const input = { person: id, username, password: PASSWORD, now: clock.now, ...given };
      const { ids } = server.deps;
      const refused = await createSignIn({ engine, auth, ids }, input);
      if (isProblem(refused)) throw new Error(refused.code);
      return { id, username, headers: { cookie: await signIn(request, username) } };
    },
    async key({ scopes, place = '', book = 1 }) {
      const made = await createSystemKey(engine, {
        id: uuid(),
        name: 'till',
        scopes,
        book,
        place,
        createdBy: 'test',
        now: clock.now,
      });
      return { id: made.view.id, token: made.token, headers: { authorization: `Bearer ${made.token}` } };
    },
    stop: () => server.ledger.stop(),
  };
}

async function addPerson(engine: Engine, held: readonly HeldRole[], now: number): Promise<string> {
  const id = uuid();
  const { people, roles } = engine.tables;
  await engine.db.insert(people).values(personRow({ id, name: '王小明', phone: '13800000001' }, now));
  for (const { role, place } of held) {
    const row = { id: uuid(), person: id, role, place, validFrom: now - 1, validTo: null, grantedBy: 'test' };
    await engine.db.insert(roles).values(row);
  }
  return id;
}

/** Signs in through the route and gives the cookies as a browser would send them back. */
export async function signIn(
  request: TestApp['request'],
  username: string,
  password = PASSWORD,
): Promise<string> {
  const answer = await request('/api/auth/sign-in/username', {
    json: { username, password, rememberMe: true },
  });
  if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** Founds a book of the ledger; its places are the test's own. */
export async function openBook({ server }: TestApp, book: number): Promise<void> {
  const ask = { book, scope: 'test', key: `open-${book}`, request: 'open' };
  const commands = [{ do: 'open' as const, code: `book-${book}`, name: '测试账簿' }];
  const posted = await post(server.deps, ask, { actor: 'test', place: 'test', commands });
  if (isProblem(posted)) throw new Error(posted.code);
}

export async function codeOf(answer: Response): Promise<unknown> {
  return ((await answer.json()) as { code?: unknown }).code;
}
