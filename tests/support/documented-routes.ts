/**
 * What the served OpenAPI document says of each route, and its example as a request: for the test that sends every
 * example as it stands, and for the drill that spoils it first.
 */
import { mountedRoutes, named, type Access, type NamedInExamples } from '../../api/platform/index.ts';
import type { ExampleWorld } from './example-world.ts';
import type { Visitor } from './whole-app.ts';

type Media = { schema?: object; example?: unknown };
export type Operation = {
  parameters?: { name: string; in: string; required?: boolean; example?: unknown }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { description?: string; content?: Record<string, Media> }>;
};
type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
};
export type Documented = {
  name: string;
  method: string;
  path: string;
  operation: Operation;
  /** What the mounted route of that name declares; `undefined` if there is none. */
  access: Access | undefined;
};

/** An example, ready to be sent: everything that it names is there. */
export type ExampleRequest = {
  params: Record<string, string>;
  query: Record<string, string>;
  headers: Record<string, string>;
  type: string | undefined;
  body: string | undefined;
};

export async function readDocument({ app }: ExampleWorld): Promise<Document & { routes: Documented[] }> {
  const document = (await (await app.request('/api/v1/openapi.json')).json()) as Document;
  const mounted = new Map(mountedRoutes(app.server.app).map((r) => [`${r.method} ${r.path}`, r.access]));
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const name = `${method} ${path}`;
      return { name, method, path, operation, access: mounted.get(name) };
    }),
  );
  return { ...document, routes };
}

/** Somebody whom the route lets in. */
export function visitorFor({ visitors }: ExampleWorld, { method, path, access }: Documented): Visitor {
  const { public: isPublic, signedIn, who = [], scope } = access ?? {};
  if (isPublic) return visitors.nobody;
  if (path.includes('/first-password')) return visitors.phoneOnly;
  // Whoever changes a password must be the one whose password it is.
  if (signedIn) return method === 'get' ? visitors.member : visitors.newcomer;
  if (who.length === 0) return scope === undefined ? visitors.member : visitors.machine;
  return who.includes('member') ? visitors.member : visitors.worker;
}

/** The text with the real thing in the place of each that it names. */
async function inWorld(text: string, world: ExampleWorld, real: Map<string, string>): Promise<string> {
  let told = text;
  for (const [name, shown] of Object.entries(named)) {
    if (!told.includes(shown)) continue;
    const found = real.get(name) ?? (await world.real(name as NamedInExamples));
    real.set(name, found);
    told = told.replaceAll(shown, found);
  }
  return told;
}

/**
 * The example of a route. `real` holds what its names stand for, and is filled with what was looked up; one request must
 * see one thing under one name, in its path and in its body.
 */
export async function exampleRequest(
  world: ExampleWorld,
  { operation }: Documented,
  real: Map<string, string> = new Map(),
): Promise<ExampleRequest> {
  const request: ExampleRequest = { params: {}, query: {}, headers: {}, type: undefined, body: undefined };
  const into: Record<string, Record<string, string>> = {
    path: request.params,
    query: request.query,
    header: request.headers,
  };
  for (const parameter of operation.parameters ?? []) {
    const values = into[parameter.in];
    if (parameter.example === undefined || values === undefined) continue;
    values[parameter.name] = await inWorld(String(parameter.example), world, real);
  }
  const [type, media] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const shown = media?.example;
  const text = shown === undefined || typeof shown === 'string' ? shown : JSON.stringify(shown);
  return { ...request, type, body: text === undefined ? undefined : await inWorld(text, world, real) };
}
