/**
 * Walks every id that a body or a query may name: one of another book's is answered byte for byte like one that nothing
 * has. It grows by itself: the fields are read from the schemas that validate. Ids in paths: access.test.ts.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { mountedRoutes } from '../../api/platform/index.ts';
import type { MountedRoute } from '../../api/platform/index.ts';
import { startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { named, namings, notLookedUp } from '../support/named-ids.ts';
import { idFieldsOf, withField } from '../support/schema-fields.ts';
import type { FieldPath } from '../support/schema-fields.ts';

const label = (route: MountedRoute) => `${route.method} ${route.path.replace('/api/v1', '')}`;

/** A list of ids goes by the name of the list. */
const nameOf = (field: FieldPath) => String(field.findLast((part) => typeof part === 'string'));
const isList = (field: FieldPath) => typeof field.at(-1) === 'number';

eachEngine((_name, open) => {
  let app: TestApp;
  let ours: string;
  let theirs: string;
  let naming: MountedRoute[];

  beforeAll(async () => {
    app = await startApp(await open());
    [ours, theirs] = [await app.place(), await app.place('estate', '', 2)];
    naming = mountedRoutes(app.server.app).filter((route) => idFieldsOf(route).length > 0);
  });

  /** The id that was asked about may be said back. */
  async function bytesOf(answer: Response, id: string): Promise<string> {
    const text = await answer.text();
    return JSON.stringify([answer.status, [...answer.headers], text.replaceAll(id, 'id')]);
  }

  /** What the route needs beside the id, made once: whoever is refused changes nothing, so that one serves many. */
  async function readied(route: MountedRoute): Promise<(field: FieldPath, id: string) => Promise<Response>> {
    const naming = namings[label(route)];
    if (naming === undefined) throw new Error(`${label(route)}: add it to tests/support/named-ids.ts`);
    const { by, body, params, either = {} } = await naming(app, ours);
    const path = route.path.replaceAll(/{(\w+)}/g, (_, name: string) => params?.[name] ?? ours);
    return (field, id) => {
      const { [either[nameOf(field)] ?? '']: _, ...rest } = body;
      return app.request(path, { by, json: withField(rest, field, id), key: uuid() });
    };
  }

  describe('an id in a body', () => {
    it('of a person, a place, a fund or a code is named somewhere', () => {
      const names = new Set(naming.flatMap((route) => idFieldsOf(route).map(nameOf)));
      expect([...names].sort()).toEqual([...Object.keys(named), ...Object.keys(notLookedUp)].sort());
    });

    it("of another book's is answered like one that nothing has", async () => {
      const foreigners = new Map<string, string>();
      for (const route of naming) {
        const ask = await readied(route);
        for (const field of idFieldsOf(route)) {
          const what = `${label(route)} with ${field.join('.')}`;
          const kind = nameOf(field);
          const fixture = named[kind];
          if (fixture === undefined) continue;
          const foreigner = foreigners.get(kind) ?? (await fixture(app, theirs));
          foreigners.set(kind, foreigner);
          const foreign = await ask(field, foreigner);
          const nothing = uuid();
          const none = await ask(field, nothing);
          // Of several each has its own answer.
          if (!isList(field)) expect(none.status, what).toBeGreaterThanOrEqual(400);
          const missing = await bytesOf(none, nothing);
          expect(await bytesOf(foreign, foreigner), what).toBe(missing);
          // Our own gets further: it is the id that was refused, and nothing before it.
          const own = await fixture(app, ours);
          const askOwn = await readied(route);
          expect(await bytesOf(await askOwn(field, own), own), what).not.toBe(missing);
        }
      }
    });

    it('that is never looked up is taken whoever it is', async () => {
      for (const route of naming) {
        const fields = idFieldsOf(route).filter((field) => notLookedUp[nameOf(field)] !== undefined);
        if (fields.length === 0) continue;
        const ask = await readied(route);
        for (const field of fields) {
          const foreign = await ask(field, await named['person']!(app, theirs));
          expect(foreign.status, label(route)).toBe((await ask(field, uuid())).status);
        }
      }
    });
  });
});
