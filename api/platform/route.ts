import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { faultOf } from './access.ts';
import type { Access } from './access.ts';
import type { MountedRoute, RouteSpec } from './route-spec.ts';
import { serve } from './serve.ts';
import type { AppEnv, RouteDeps } from './deps.ts';
import type { ProblemCode } from './problem-catalogue.ts';
import { entryOf, ProblemSchema } from './problems.ts';

/**
 * The route kit. A module's routes are one small chain, so that `hc` sees every type:
 *
 * ```ts
 * export const billRoutes = (deps: Deps) =>
 *   newModule(deps).openapi(
 *     route({
 *       method: 'post',
 *       path: '/places/{place}/offsets',
 *       summary: '抵扣物业费 · Offset a bill',
 *       access: { who: ['accountant'], at: (c) => c.req.param('place'), scope: 'fees:write' },
 *       movesPoints: true,
 *       request: { params: PlaceParams, body: json(OffsetSchema) },
 *       responses: { 201: answer(VoucherSchema, '抵扣单') },
 *       problems: ['budget-used-up'],
 *       example: { params: { place: 'estate-1' }, body: { … } },
 *     }),
 *     async (c) => {
 *       const done = await confirmOffset({ deps, actor: actorOf(c), key: idempotencyKeyOf(c), input: c.req.valid('json') });
 *       if (isProblem(done)) return refuse(c, done);
 *       if (done.replayed) markReplay(c);
 *       return c.json(voucherView(done), 201);
 *     },
 *   );
 * ```
 *
 * What the kit does, in this order: who is it, rate limit, other sites' pages, declared length, params, access,
 * Idempotency-Key, query, body (each parsed once), the handler within its time. An id of the wrong shape is a missing
 * one. It is one function a route, with no middleware stack: the
 * ledger's posting route runs through it ten thousand times a second.
 *
 * A route without `access` stops the start.
 */
interface ProblemResponse {
  readonly description: string;
  readonly content: { readonly 'application/problem+json': { readonly schema: typeof ProblemSchema } };
}

type Routed<P extends string, R extends { responses: RouteSpec['responses'] }> = Omit<R, 'responses'> & {
  path: P;
  responses: R['responses'] & { '4XX': ProblemResponse };
  getRoutingPath(): string;
};

export function route<P extends string, const R extends Omit<RouteSpec, 'path'> & { path: P }>(
  spec: R,
): Routed<P, R> {
  const responses: Record<string, unknown> = { ...spec.responses };
  for (const [status, problems] of problemsOf(spec)) responses[status] ??= problems;
  // The type says 4XX for all problems (one union member in `hc`); the document names each status with its codes.
  return createRoute({ ...spec, responses } as unknown as R) as unknown as Routed<P, R>;
}

/** By the codes: hundreds of routes have a dozen sets of them, and tests assemble the whole API a thousand times. */
const known = new Map<string, ReadonlyMap<number, ProblemResponse>>();

function problemsOf(spec: RouteSpec): ReadonlyMap<number, ProblemResponse> {
  const codes = problemCodes(spec);
  const name = codes.join(' ');
  const before = known.get(name);
  if (before) return before;
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = entryOf(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const sorted = [...byStatus].sort(([a], [b]) => a - b);
  const made = new Map(sorted.map(([status, of]) => [status, problemResponse(of)]));
  known.set(name, made);
  return made;
}

function problemCodes(spec: RouteSpec): ProblemCode[] {
  const codes = new Set<ProblemCode>(['too-many-requests', 'internal', ...(spec.problems ?? [])]);
  const { access, request, movesPoints, upload } = spec;
  if (!access.public) codes.add('sign-in-needed').add('not-allowed');
  if (access.at || access.own || request?.params) codes.add('not-found');
  if (movesPoints) codes.add('key-missing').add('key-reused').add('overloaded').add('timed-out');
  if (request?.query || request?.body) codes.add('invalid-input');
  if (request?.body || upload) codes.add('too-large').add('unsupported-type');
  if (request?.body && !upload) codes.add('malformed-request');
  return [...codes];
}

function problemResponse(codes: readonly ProblemCode[]): ProblemResponse {
  return {
    description: codes
      .map((code) => `\`${code}\` ${entryOf(code).title.zh} · ${entryOf(code).title.en}`)
      .join('; '),
    content: { 'application/problem+json': { schema: ProblemSchema } },
  };
}

/** A JSON request body. Always required: an optional one would skip its validation when the header is missing. */
export function json<S extends z.ZodType>(schema: S) {
  return { required: true as const, content: { 'application/json': { schema } } };
}

/** A JSON answer. */
export function answer<S extends z.ZodType>(schema: S, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

export const noContent = { description: '完成 · Done' } as const;

/** A module's app. Its `.openapi(route({ … }), handler)` runs the kit; a plain createRoute is refused at the start. */
export function newModule(deps: RouteDeps): OpenAPIHono<AppEnv> {
  const app = new OpenAPIHono<AppEnv>();
  const register = (
    spec: RouteSpec,
    handler: (c: Context<AppEnv>) => Response | Promise<Response>,
  ): OpenAPIHono<AppEnv> => {
    const name = `${spec.method} ${spec.path}`;
    const fault = faultOf(spec.access as Access | undefined);
    if (fault !== undefined) throw new Error(`The route ${name} ${fault}.`);
    app.openAPIRegistry.registerPath(spec);
    app.on([spec.method], [spec.path.replaceAll(/\/{(.+?)}/g, '/:$1')], serve(spec, handler, deps));
    return app;
  };
  // Same type as zod-openapi's own, one function instead of its chain of validators.
  app.openapi = register as unknown as typeof app.openapi;
  return app;
}

export function mountedRoutes(app: OpenAPIHono<AppEnv>): MountedRoute[] {
  return app.openAPIRegistry.definitions.flatMap((d) =>
    d.type === 'route' ? [d.route as unknown as MountedRoute] : [],
  );
}

/** Stops the start if a path under the prefix was mounted past the kit, where nobody checks who calls it. */
export function assertAllDeclared(app: OpenAPIHono<AppEnv>, prefix: string): void {
  const declared = new Set(
    mountedRoutes(app).map((r) => `${r.method.toUpperCase()} ${r.path.replaceAll(/{(.+?)}/g, ':$1')}`),
  );
  for (const { method, path } of app.routes) {
    if (path.startsWith(prefix) && !declared.has(`${method} ${path}`)) {
      throw new Error(`The route ${method} ${path} declares no access.`);
    }
  }
}

export { z };
