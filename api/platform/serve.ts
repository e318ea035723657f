import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { decide } from './access.ts';
import type { Access } from './access.ts';
import { subjectOf } from './actor.ts';
import type { Actor } from './actor.ts';
import { JSON_LIMIT, lengthProblem, readJson, UPLOAD_LIMIT } from './body.ts';
import type { AppEnv, RouteDeps } from './deps.ts';
import { entryOf, isProblem, problem, problemOf, refuse } from './problems.ts';
import type { Problem } from './problems.ts';
import { fieldProblems } from './problem-fields.ts';
import type { RouteSpec } from './route-spec.ts';

/** Names the resident for whom the signed-in relative acts, by id. A public route answers everybody the same. */
export const FOR_HEADER = 'linli-for';

type Handler = (c: Context<AppEnv>) => Response | Promise<Response>;

/** What a key may look like: 1–64 printable ASCII characters. */
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,64}$/;

/** One route's whole way from request to answer. */
export function serve(spec: RouteSpec, handler: Handler, deps: RouteDeps): Handler {
  const checkParams = paramsCheck(spec);
  const check = requestCheck(spec);
  const { upload } = spec;
  const bodyLimit = typeof upload === 'object' ? upload.mostBytes : upload ? UPLOAD_LIMIT : JSON_LIMIT;
  const route = `${spec.method} ${spec.path}`;

  async function answerTo(c: Context<AppEnv>, signedIn: Actor | undefined): Promise<Response> {
    const early =
      tooMany(deps, signedIn, c) ?? crossSiteProblem(spec, signedIn, c, deps) ?? lengthProblem(c, bodyLimit);
    if (early !== undefined) return refuse(c, early);
    const principal = spec.access.public ? undefined : c.req.header(FOR_HEADER);
    const actor =
      principal === undefined || signedIn === undefined
        ? signedIn
        : await actingFor(deps, signedIn, principal);
    if (signedIn !== undefined && actor === undefined) return refuse(c, problem('not-found'));
    const wellFormed = checkParams(c);
    const refused =
      (await accessProblem(wellFormed ? spec.access : unreachable(spec.access), actor, c, deps)) ??
      (wellFormed ? keyProblem(spec, c) : problem('not-found'));
    if (refused !== undefined) return refuse(c, refused);
    c.set('actor', actor);
    const wrong = await check(c);
    if (wrong !== undefined) return refuse(c, wrong);
    const answer = await within(deps.timeoutMs, upload !== undefined, handler(c));
    return isProblem(answer) ? refuse(c, answer) : answer;
  }

  return async (c) => {
    const startedAt = performance.now();
    let status = 500;
    let by: 'key' | 'person' | 'nobody' = 'nobody';
    try {
      const found = deps.identify(c);
      const actor = found instanceof Promise ? await found : found;
      by = actor?.kind ?? 'nobody';
      const answer = await answerTo(c, actor);
      status = answer.status;
      return answer;
    } catch (error) {
      status = entryOf(problemOf(error).code).status;
      throw error;
    } finally {
      deps.observe({ route, status, ms: performance.now() - startedAt, by });
    }
  };
}

/** Whoever is named without a consent that stands is nobody: a stranger, a neighbour, a mother who took it back. */
function actingFor(deps: RouteDeps, actor: Actor, principal: string): Promise<Actor | undefined> {
  // PostgreSQL cannot even be asked for a text with U+0000, nor is an id that long anybody's.
  const isId = principal.length <= 64 && /^[\w-]+$/.test(principal);
  return actor.kind === 'person' && isId ? deps.actFor(actor, principal) : Promise.resolve(undefined);
}

function tooMany(deps: RouteDeps, actor: Actor | undefined, c: Context<AppEnv>): Problem | undefined {
  const waitMs =
    actor === undefined
      ? deps.limiter.take('address', deps.addressOf(c), deps.clock())
      : actor.kind === 'key'
        ? deps.limiter.take('key', actor.keyId, deps.clock())
        : deps.limiter.take('person', actor.person, deps.clock());
  return waitMs === undefined ? undefined : problem('too-many-requests', { retryAfterS: waitMs / 1000 });
}

/**
 * Cookies travel with whatever page a browser is on, so a session's unsafe request must come from our own pages, and a
 * public one (sign-in) too. A system key is no cookie.
 */
function crossSiteProblem(
  spec: RouteSpec,
  actor: Actor | undefined,
  c: Context<AppEnv>,
  deps: RouteDeps,
): Problem | undefined {
  if (spec.method === 'get' || actor?.kind === 'key') return undefined;
  if (actor === undefined && !spec.access.public) return undefined;
  return deps.isCrossSite(c) ? problem('cross-site') : undefined;
}

function accessProblem(
  access: Access,
  actor: Actor | undefined,
  c: Context,
  deps: RouteDeps,
): Problem | undefined | Promise<Problem | undefined> {
  // The machine's posting route, where the scope alone decides, needs no promise.
  if (actor?.kind === 'key' && !access.public && !access.at) {
    return access.scope !== undefined && actor.scopes.includes(access.scope)
      ? undefined
      : problem('not-allowed');
  }
  return decide(access, actor, c, deps.places).then((d) => (d === 'allowed' ? undefined : problem(d)));
}

function keyProblem(spec: RouteSpec, c: Context<AppEnv>): Problem | undefined {
  if (!spec.movesPoints) return undefined;
  const key = c.req.header('idempotency-key');
  if (key === undefined || !IDEMPOTENCY_KEY.test(key)) return problem('key-missing');
  c.set('idempotencyKey', key);
  return undefined;
}

/**
 * An id of the wrong shape is nobody's id: it answers as a missing one does, and no `at` ever gets to see it. So the
 * params are parsed before access is judged by them.
 */
function paramsCheck(spec: RouteSpec): (c: Context) => boolean {
  const params = spec.request?.params as z.ZodType | undefined;
  if (params === undefined) return () => true;
  return (c) => {
    const named = c.req.param();
    // PostgreSQL cannot even be asked for a text with U+0000 (rule 8), so nothing has such an id.
    if (Object.values(named).some((id) => id.includes('\0'))) return false;
    return parse(c, 'param', params, named) === undefined;
  };
}

function unreachable(access: Access): Access {
  return {
    ...access,
    ...(access.at && { at: () => undefined }),
    ...(access.own && { own: () => undefined }),
  };
}

type Target = 'param' | 'query' | 'json';

/** Parses the query and the body, once each; `c.req.valid(…)` gives the handler what came out. */
function requestCheck(spec: RouteSpec): (c: Context) => Promise<Problem | undefined> | undefined {
  const { query, body } = spec.request ?? {};
  const content = body?.content['application/json'] as { schema: z.ZodType } | undefined;
  const bodySchema = content?.schema;
  if (!query && (!bodySchema || spec.upload)) return () => undefined;
  return async (c) => {
    if (query) {
      const wrong = parse(c, 'query', query as z.ZodType, flat(c.req.queries()));
      if (wrong !== undefined) return wrong;
    }
    if (bodySchema === undefined || spec.upload) return undefined;
    const read = await readJson(c, JSON_LIMIT);
    return isProblem(read) ? read : parse(c, 'json', bodySchema, read.json);
  };
}

function parse(c: Context, target: Target, schema: z.ZodType, value: unknown): Problem | undefined {
  const result = schema.safeParse(value);
  if (!result.success) return problem('invalid-input', { fields: fieldProblems(result.error.issues) });
  c.req.addValidatedData(target, result.data as object);
  return undefined;
}

function flat(queries: Record<string, string[]>): Record<string, string | string[]> {
  const out: Record<string, string | string[]> = {};
  for (const [name, values] of Object.entries(queries)) out[name] = values.length === 1 ? values[0]! : values;
  return out;
}

/**
 * Answers `timed-out` when the handler is late. What it started goes on: a posting that was queued may still be
 * booked, and the same key then answers with it. Uploads take as long as the line needs.
 */
function within(
  timeoutMs: number,
  patient: boolean,
  work: Response | Promise<Response>,
): Promise<Response | Problem> | Response {
  if (patient || !(work instanceof Promise)) return work;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(problem('timed-out', { retryAfterS: 1 })), timeoutMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** The signed-in person or machine. On a route that is not public there always is one. */
export function actorOf(c: Context<AppEnv>): Actor {
  const actor = c.get('actor');
  if (actor === undefined) throw new Error('A public route asked for its actor.');
  return actor;
}

/** The signed-in person's id; for routes that declare no `scope` and no `acting`, so that neither comes here. */
export function personOf(c: Context<AppEnv>): string {
  const actor = actorOf(c);
  if (actor.kind !== 'person') throw new Error('A route open to keys asked for a person.');
  if (actor.for) throw new Error('A route on which one acts for another asked who is signed in.');
  return actor.person;
}

/** Whose matters a request is about, on a route that declares `acting`: of whom the person acts for, or their own. */
export function subjectIn(c: Context<AppEnv>): string {
  const actor = actorOf(c);
  if (actor.kind !== 'person') throw new Error('A route open to keys asked whose matters it is about.');
  return subjectOf(actor);
}

/** The request's Idempotency-Key, on routes that move points. */
export function idempotencyKeyOf(c: Context<AppEnv>): string {
  return c.get('idempotencyKey');
}

/** Says that this answer was given before and nothing was booked now. */
export function markReplay(c: Context): void {
  c.header('Idempotency-Hit', 'true');
}
