import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Config, ConfigRefusal } from './config.ts';

/** A part of the process that answers: the API's `app.fetch`, with the Node request beside the web one. */
export type Fetch = (
  request: Request,
  env: { incoming: IncomingMessage; inProcess?: true },
) => Response | Promise<Response>;

/** adapter-node's handler from web/build/handler.js. */
export type PagesHandler = (req: IncomingMessage, res: ServerResponse, next: () => void) => unknown;

export interface HttpServer {
  readonly server: Server;
  listen(): Promise<AddressInfo | ConfigRefusal>;
  /** Takes no more connections; resolves when the requests in flight are answered, or after `patienceMs`. */
  stop(patienceMs: number): Promise<void>;
}

/** How the pages learn under which address they are seen; filled in here and never believed from outside. */
export const PAGE_HEADERS = { PROTOCOL_HEADER: 'x-linli-protocol', HOST_HEADER: 'x-linli-host' } as const;

/** For everything under /api; pages set their own, with nonces. */
const API_HEADERS = [
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['cache-control', 'no-store'],
] as const;

const OPERATOR_PATHS = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * Hono's server puts its own Request and Response in the place of Node's, which make a stream of every body: without
 * them an answer costs almost twice as much. Those of Node (what `fetch` gives) stay instances of both.
 */
function withLightResponses<T>(replaceGlobals: () => T): T {
  const native = { Request: globalThis.Request, Response: globalThis.Response };
  const result = replaceGlobals();
  for (const name of ['Request', 'Response'] as const) {
    if (globalThis[name] === native[name]) continue;
    Object.defineProperty(globalThis[name], Symbol.hasInstance, {
      value: (value: unknown) => value instanceof native[name],
    });
  }
  return result;
}

/** One Node server: /api and the operator's three addresses to the API, the rest to the pages. */
export function createHttpServer(input: {
  readonly config: Pick<Config, 'host' | 'port' | 'trustProxy' | 'origin'>;
  readonly fetch: Fetch;
  readonly pages?: PagesHandler;
}): HttpServer {
  const { config, fetch, pages } = input;
  const api = withLightResponses(() =>
    getRequestListener((request, env) => fetch(request, env as { incoming: IncomingMessage })),
  );
  let stopping = false;

  const server = createServer((req, res) => {
    // A connection kept alive would hold up the stop, so each is told that this answer is its last.
    if (stopping) res.setHeader('connection', 'close');
    const path = pathOf(req.url ?? '/');
    if (path.startsWith('/api/') || OPERATOR_PATHS.has(path)) {
      for (const [name, value] of API_HEADERS) res.setHeader(name, value);
      void api(req, res);
    } else if (pages === undefined) {
      res.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('404\n');
    } else if (!isWellFormed(path)) {
      // Neither the pages nor the visitor's browser could read it; led to its own text, it is a page that is missing.
      const text = path.replace(/^[/\\]+/, '').replaceAll('%', '%25');
      res.writeHead(302, { location: `/${text}` }).end();
    } else {
      toPages(req, res, pages, fetch, config.trustProxy);
    }
  });
  server.headersTimeout = 10_000;
  // As long as 50 MB take on a slow line.
  server.requestTimeout = 300_000;
  server.keepAliveTimeout = 65_000;
  server.maxHeadersCount = 100;

  return {
    server,
    listen: () => listen(server, config),
    stop(patienceMs) {
      stopping = true;
      return new Promise((resolve) => {
        const late = setTimeout(() => server.closeAllConnections(), patienceMs);
        // A connection whose last answer went out after the stop began stays open for its keep-alive time otherwise.
        const idle = setInterval(() => server.closeIdleConnections(), 25);
        server.close(() => {
          clearTimeout(late);
          clearInterval(idle);
          resolve();
        });
      });
    },
  };
}

function toPages(
  req: IncomingMessage,
  res: ServerResponse,
  pages: PagesHandler,
  fetch: Fetch,
  trustProxy: boolean,
): void {
  const forwarded = trustProxy
    ? String(req.headers['x-forwarded-proto'] ?? '')
        .split(',')[0]
        ?.trim()
    : '';
  const forwardedHost = trustProxy ? req.headers['x-forwarded-host'] : undefined;
  req.headers[PAGE_HEADERS.PROTOCOL_HEADER] = forwarded === 'https' ? 'https' : 'http';
  req.headers[PAGE_HEADERS.HOST_HEADER] = String(forwardedHost ?? req.headers.host ?? 'localhost');
  Object.assign(req, {
    linli: { fetch: (request: Request) => fetch(request, { incoming: req, inProcess: true }) },
  });
  pages(req, res, () => {
    if (!res.headersSent) res.writeHead(404).end();
  });
}

/** Whether every `%` begins a byte and the bytes are UTF-8. */
function isWellFormed(path: string): boolean {
  try {
    return decodeURI(path) !== '';
  } catch {
    return false;
  }
}

function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

function listen(
  server: Server,
  { host, port }: Pick<Config, 'host' | 'port'>,
): Promise<AddressInfo | ConfigRefusal> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const refusal = listenRefusal(error, host, port);
      if (refusal === undefined) reject(error);
      else resolve(refusal);
    });
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}

function listenRefusal(error: NodeJS.ErrnoException, host: string, port: number): ConfigRefusal | undefined {
  switch (error.code) {
    case 'EADDRINUSE':
      return {
        kind: 'refused',
        zh: `端口 ${port} 已被别的程序占用；请关闭那个程序，或用 PORT 换一个端口。`,
        en: `Port ${port} is in use; stop the other program, or choose another port with PORT.`,
      };
    case 'EACCES':
      return {
        kind: 'refused',
        zh: `没有权限使用端口 ${port}；请用 PORT 换一个 1024 以上的端口。`,
        en: `Port ${port} needs more rights; choose one above 1024 with PORT.`,
      };
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return {
        kind: 'refused',
        zh: `这台电脑没有地址 ${host}；请检查 HOST。`,
        en: `This machine has no address ${host}; check HOST.`,
      };
    default:
      return undefined;
  }
}
