/**
 * Takes every example out of the served OpenAPI document, sends it to the demo estate, and holds the answer against the
 * status and schema that the same document promises. A new route needs an example (see CONTRIBUTING, "Add a route").
 */
import { beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { mountedRoutes, named, type Access, type NamedInExamples } from '../../api/platform/index.ts';
import type { Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { openExampleWorld, type ExampleWorld } from '../support/example-world.ts';

type Schema = Parameters<typeof z.fromJSONSchema>[0];
type Media = { schema?: object; example?: unknown };
type Operation = {
  parameters?: { name: string; in: string; required?: boolean; example?: unknown }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
};
type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
};
type Documented = { name: string; method: string; path: string; operation: Operation };

const JSON_TYPE = 'application/json';

eachEngine((engine, open) => {
  let world: ExampleWorld;
  let document: Document;
  let documented: Documented[];
  const access = new Map<string, Access>();

  beforeAll(async () => {
    world = await openExampleWorld(await open());
    document = (await (await world.app.request('/api/v1/openapi.json')).json()) as Document;
    documented = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => {
        return { name: `${method} ${path}`, method, path, operation };
      }),
    );
    for (const route of mountedRoutes(world.app.server.app))
      access.set(`${route.method} ${route.path}`, route.access);
  });

  const done = ({ responses }: Operation) =>
    Object.entries(responses).filter(([status]) => status.startsWith('2'));
  const jsonOf = ({ operation }: Documented) => done(operation)[0]?.[1].content?.[JSON_TYPE];

  /** The schema of the document, with what it refers to. */
  function validatorOf(schema: object): z.ZodType {
    const whole = JSON.stringify({ ...schema, $defs: document.components.schemas });
    return z.fromJSONSchema(JSON.parse(whole.replaceAll('#/components/schemas/', '#/$defs/')) as Schema);
  }

  function faultsOf(schema: object, answer: unknown): string {
    const read = validatorOf(schema).safeParse(answer);
    return read.success ? '' : z.prettifyError(read.error);
  }

  function visitorFor({ method, name }: Documented): Visitor {
    const { visitors } = world;
    const { public: isPublic, signedIn, who = [], scope } = access.get(name) ?? {};
    if (isPublic) return visitors.nobody;
    // Whoever changes a password must be the one whose password it is.
    if (signedIn) return method === 'get' ? visitors.member : visitors.newcomer;
    if (who.length === 0) return scope === undefined ? visitors.member : visitors.machine;
    return who.includes('member') ? visitors.member : visitors.worker;
  }

  /** The text with the real thing in the place of each that it names. */
  async function inWorld(text: string, real: Map<string, string>): Promise<string> {
    let told = text;
    for (const [name, shown] of Object.entries(named)) {
      if (!told.includes(shown)) continue;
      const found = real.get(name) ?? (await world.real(name as NamedInExamples));
      real.set(name, found);
      told = told.replaceAll(shown, found);
    }
    return told;
  }

  async function send(of: Documented, at: number): Promise<Response> {
    const real = new Map<string, string>();
    const { operation, method } = of;
    let path = of.path;
    const query = new URLSearchParams();
    const headers: Record<string, string> = {};
    for (const parameter of operation.parameters ?? []) {
      if (parameter.example === undefined) continue;
      const value = await inWorld(String(parameter.example), real);
      if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, encodeURIComponent(value));
      if (parameter.in === 'query') query.set(parameter.name, value);
      // One organisation sends all these, and to it a key is one effect for ever.
      if (parameter.in === 'header') headers[parameter.name] = `${value}-${at}`;
    }
    const [type, media] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
    if (type !== undefined) headers['content-type'] = type;
    const shown = media?.example;
    const text = shown === undefined || typeof shown === 'string' ? shown : JSON.stringify(shown);
    return world.app.server.app.request(`http://linli.test${path}?${query.toString()}`, {
      method: method.toUpperCase(),
      headers: { origin: 'http://linli.test', host: 'linli.test', ...visitorFor(of).headers, ...headers },
      ...(text !== undefined && { body: await inWorld(text, real) }),
    });
  }

  it('each route of the document has an example of what is asked and of what is answered', () => {
    expect(documented.map(({ name }) => name).sort()).toEqual([...access.keys()].sort());
    const lacking = documented.flatMap((of) => {
      const { parameters = [], requestBody } = of.operation;
      const inPath = parameters.filter((p) => (p.in === 'path' || p.required) && p.example === undefined);
      const body = requestBody && Object.values(requestBody.content).every((m) => m.example === undefined);
      const answer = jsonOf(of);
      return [
        ...inPath.map((p) => `${of.name}: ${p.name}`),
        ...(body ? [`${of.name}: the body`] : []),
        ...(answer && answer.example === undefined ? [`${of.name}: the answer`] : []),
      ];
    });
    expect(lacking).toEqual([]);
  });

  it('each answer shown is one that its own schema allows', () => {
    for (const of of documented) {
      const { schema, example } = jsonOf(of) ?? {};
      if (schema) expect(faultsOf(schema, example), of.name).toBe('');
    }
  });

  it('each example, sent, is answered with the status, the type and the shape that the document promises', async () => {
    for (const [at, of] of documented.entries()) {
      const answer = await send(of, at);
      const label = `${of.name} on ${engine}: ${answer.status} ${(await answer.clone().text()).slice(0, 400)}`;
      const [status, promised] = done(of.operation)[0] ?? [];
      expect(String(answer.status), label).toBe(status);
      const types = Object.keys(promised?.content ?? {});
      const type = answer.headers.get('content-type')?.split(';')[0];
      if (types.length === 0) expect(await answer.text(), label).toBe('');
      else expect(types, label).toContain(type);
      const { schema } = jsonOf(of) ?? {};
      if (!schema) continue;
      const said = (await answer.json()) as object;
      expect(faultsOf(schema, said), label).toBe('');
    }
  });
});
