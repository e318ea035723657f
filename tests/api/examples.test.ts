/**
 * Takes every example out of the served OpenAPI document, sends it to the demo estate, and holds the answer against the
 * status and schema that the same document promises. A new route needs an example (see CONTRIBUTING, "Add a route").
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { mountedRoutes } from '../../api/platform/index.ts';
import { eachEngine } from '../support/database.ts';
import {
  exampleRequest,
  readDocument,
  visitorFor,
  type Documented,
  type Operation,
} from '../support/documented-routes.ts';
import { openExampleWorld, type ExampleWorld } from '../support/example-world.ts';

type Schema = Parameters<typeof z.fromJSONSchema>[0];

const JSON_TYPE = 'application/json';

/** Made once for both engines: to make one costs more than to ask it. */
const validators = new Map<string, z.ZodType>();

eachEngine((engine, open) => {
  let world: ExampleWorld;
  let schemas: Record<string, object>;
  let documented: Documented[];

  beforeAll(async () => {
    world = await openExampleWorld(await open());
    const document = await readDocument(world);
    documented = document.routes;
    schemas = document.components.schemas;
  });
  afterAll(() => world.close());

  const done = ({ responses }: Operation) =>
    Object.entries(responses).filter(([status]) => status.startsWith('2'));
  const jsonOf = ({ operation }: Documented) => done(operation)[0]?.[1].content?.[JSON_TYPE];

  /** The schema of the document, with what it refers to. */
  function validatorOf(schema: object): z.ZodType {
    const whole = JSON.stringify({ ...schema, $defs: schemas }).replaceAll(
      '#/components/schemas/',
      '#/$defs/',
    );
    const known = validators.get(whole);
    if (known) return known;
    const made = z.fromJSONSchema(JSON.parse(whole) as Schema);
    validators.set(whole, made);
    return made;
  }

  function faultsOf(schema: object, answer: unknown): string {
    const read = validatorOf(schema).safeParse(answer);
    return read.success ? '' : z.prettifyError(read.error);
  }

  async function send(of: Documented, at: number): Promise<Response> {
    const { params, query, headers, type, body } = await exampleRequest(world, of);
    // One organisation sends all these, and to it a key is one effect for ever.
    const own = Object.entries(headers).map(([name, value]) => [name, `${value}-${at}`]);
    const path = of.path.replaceAll(/{(.+?)}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    return world.app.server.app.request(`http://linli.test${path}?${new URLSearchParams(query).toString()}`, {
      method: of.method.toUpperCase(),
      headers: {
        origin: 'http://linli.test',
        host: 'linli.test',
        ...visitorFor(world, of).headers,
        ...Object.fromEntries(own),
        ...(type !== undefined && { 'content-type': type }),
      },
      ...(body !== undefined && { body }),
    });
  }

  it('each route of the document has an example of what is asked and of what is answered', () => {
    const mounted = mountedRoutes(world.app.server.app).map((route) => `${route.method} ${route.path}`);
    expect(documented.map(({ name }) => name).sort()).toEqual(mounted.sort());
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
