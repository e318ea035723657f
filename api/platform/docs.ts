import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Hono } from 'hono';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { AppEnv } from './deps.ts';
import { uploadBody } from './file-types.ts';
import { isProblemCode } from './problem-catalogue.ts';
import { problemListPage, problemPage, problemStyle } from './problem-page.ts';
import { problem, refuse } from './problems.ts';
import type { MountedRoute, RouteExample } from './route-spec.ts';
import { mountedRoutes } from './route.ts';

/** Nothing from another origin, and no script but these files. The reference's styles are written by its script. */
const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const referencePage = `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>接口说明 · 邻里积分</title></head>
<body><div id="reference"></div><script src="/api/docs/scalar.js"></script><script src="/api/docs/start.js"></script></body>
</html>`;

/** The reference must ask nobody else for anything: no fonts, no proxy, no telemetry. */
const startScript = `Scalar.createApiReference('#reference', ${JSON.stringify({
  url: '/api/v1/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
})});`;

/** /api/docs: the reference and a page for each problem. Everybody may read how to talk to us. */
export function docsPages(): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const script = {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=3600',
  };
  app.get('/', (c) => c.html(referencePage, 200, { 'content-security-policy': DOCS_POLICY }));
  app.get('/start.js', (c) => c.body(startScript, 200, script));
  app.get('/scalar.js', async (c) => {
    const bundle = await scalarBundle();
    return c.body(bundle, 200, { ...script, 'content-encoding': 'gzip' });
  });
  app.get('/problems.css', (c) => c.body(problemStyle, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/problems', (c) => c.html(problemListPage(), 200, { 'content-security-policy': PAGE_POLICY }));
  app.get('/problems/:code', (c) => {
    const code = c.req.param('code');
    if (!isProblemCode(code)) return refuse(c, problem('not-found'));
    return c.html(problemPage(code), 200, { 'content-security-policy': PAGE_POLICY });
  });
  return app;
}

let packed: Promise<Uint8Array<ArrayBuffer>> | undefined;

/** Read and packed once, on the first visit: 3.5 MB of script that most processes never send. */
function scalarBundle(): Promise<Uint8Array<ArrayBuffer>> {
  packed ??= (async () => {
    const file = createRequire(import.meta.url).resolve('@scalar/api-reference/browser/standalone.js');
    return new Uint8Array(await promisify(gzip)(await readFile(file)));
  })();
  return packed;
}

/** The OpenAPI document of everything that is mounted. Access becomes text and security; functions stay here. */
export function openApiDocument(app: OpenAPIHono<AppEnv>): Record<string, unknown> {
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'linli.session_token',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'systemKey', { type: 'http', scheme: 'bearer' });
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: '邻里积分 · Linli',
      version: '1',
      description:
        '住宅小区的积分账本。问题按 RFC 9457 回答，每种都有稳定的代码。\n\nA points ledger for residential communities. Problems follow RFC 9457, each with a stable code.',
    },
    servers: [{ url: '/' }],
  });
  for (const route of mountedRoutes(app)) {
    const item = document.paths?.[route.path] as Record<string, Operation> | undefined;
    const operation = item?.[route.method];
    if (operation !== undefined) describe(operation, route);
  }
  return { ...document };
}

interface Parameter {
  name: string;
  in: string;
  example?: unknown;
}

interface Media {
  schema?: object;
  example?: unknown;
}

interface Operation {
  access?: unknown;
  example?: unknown;
  problems?: unknown;
  movesPoints?: unknown;
  upload?: unknown;
  description?: string;
  security?: object[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content?: Record<string, Media> };
  responses?: Record<string, { headers?: object; content?: Record<string, Media> }>;
}

function describe(operation: Operation, route: MountedRoute): void {
  const { access, movesPoints } = route;
  for (const own of ['access', 'example', 'problems', 'movesPoints', 'upload'] as const)
    delete operation[own];
  operation.security = access.public ? [] : [{ session: [] }, ...(access.scope ? [{ systemKey: [] }] : [])];
  operation.description = [operation.description, accessText(route)].filter(Boolean).join('\n\n');
  const done = Object.entries(operation.responses ?? {}).filter(([status]) => status.startsWith('2'));
  if (movesPoints) {
    const schema = { type: 'string', minLength: 1, maxLength: 64 };
    const key = { name: 'Idempotency-Key', in: 'header', required: true, schema, example: 'till-7-000123' };
    operation.parameters = [...(operation.parameters ?? []), key];
    for (const [, response] of done) {
      response.headers = {
        'Idempotency-Hit': {
          description: 'true: answered before, nothing booked now',
          schema: { type: 'string' },
        },
      };
    }
  }
  if (route.upload)
    operation.requestBody = uploadBody(
      route.example?.file,
      typeof route.upload === 'object' ? route.upload.types : undefined,
    );
  show(operation, route.example, done[0]?.[1].content?.['application/json']);
}

/** Puts a route's example where each of its parts is documented. */
function show(operation: Operation, example: RouteExample = {}, answer?: { example?: unknown }): void {
  for (const parameter of operation.parameters ?? []) {
    const { params, query } = example;
    const given = parameter.in === 'path' ? params : parameter.in === 'query' ? query : undefined;
    if (given?.[parameter.name] !== undefined) parameter.example = given[parameter.name];
  }
  const body = operation.requestBody?.content?.['application/json'];
  if (body && example.body !== undefined) body.example = example.body;
  if (answer && example.answer !== undefined) answer.example = example.answer;
}

function accessText({ access }: MountedRoute): string {
  if (access.public) return '无需登录 · Open to everybody.';
  const who = [
    ...(access.signedIn ? ['anybody signed in'] : []),
    ...(access.who ?? []),
    ...(access.own ? ['the owner'] : []),
    ...(access.scope ? [`system key with \`${access.scope}\``] : []),
  ];
  return `可用者 · For: ${who.join(', ')}${access.at ? ' (at the place)' : ''}.`;
}
