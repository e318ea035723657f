import {
  actorOf,
  actorText,
  answer,
  cutPage,
  EVERYWHERE,
  formatInstant,
  isProblem,
  json,
  mayAt,
  newModule,
  noContent,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import type { IdentityDeps } from './deps.ts';
import { CreateKeySchema, KeyParams, NewSystemKeySchema, SystemKeysPageSchema } from './identity.schemas.ts';
import { createSystemKey, listSystemKeys, revokeSystemKey } from './manage-keys.ts';
import type { SystemKeyView } from './manage-keys.ts';
import * as examples from './key.examples.ts';

/** System keys, for machines: tills, the firm's billing program, the loads of the bench. */
export const keyRoutes = (deps: IdentityDeps) => {
  const keyDeps = { engine: deps.engine, keys: deps.identity.keys, places: deps.places };
  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/system-keys',
        summary: '新建系统密钥 · Make a system key',
        access: { who: ['operator'] },
        request: { body: json(CreateKeySchema) },
        responses: { 201: answer(NewSystemKeySchema, '密钥只显示这一次 · The key, shown this once') },
        problems: ['not-found'],
        example: examples.makeKey,
      }),
      async (c) => {
        const input = c.req.valid('json');
        const [by, now] = [actorOf(c), deps.clock()];
        if (!(await mayAt(by, ['operator'], input.place, deps.places)))
          return refuse(c, problem('not-found'));
        // A key must not act for a place in a book that is not that place's.
        if (input.place !== EVERYWHERE && (await deps.places.bookOf(input.place)) !== input.book) {
          const fields = [
            { field: 'book', zh: '这个归属不在这本账簿里', en: 'The place is not in this book' },
          ];
          return refuse(c, problem('invalid-input', { fields }));
        }
        const made = await createSystemKey(deps.engine, {
          ...input,
          id: deps.ids(),
          createdBy: actorText(by),
          now,
        });
        return c.json({ ...keyView(made.view), token: made.token }, 201);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/system-keys',
        summary: '系统密钥列表 · System keys',
        access: { who: ['operator'] },
        request: { query: pageQuery(['created']) },
        responses: { 200: answer(SystemKeysPageSchema, '系统密钥 · System keys') },
        example: examples.listKeys,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'created');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listSystemKeys(keyDeps, actorOf(c), { limit: page.limit + 1, after: page.after });
        const { items, ...next } = cutPage(page, rows, (row) => ({ value: '', id: row.id }));
        return c.json({ items: items.map(keyView), ...next }, 200);
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: '/system-keys/{key}',
        summary: '停用系统密钥 · Revoke a system key',
        access: { who: ['operator'] },
        request: { params: KeyParams },
        responses: { 204: noContent },
        problems: ['not-found'],
        example: examples.revokeKey,
      }),
      async (c) => {
        const refused = await revokeSystemKey(keyDeps, actorOf(c), {
          id: c.req.valid('param').key,
          now: deps.clock(),
        });
        return isProblem(refused) ? refuse(c, refused) : c.body(null, 204);
      },
    );
};

function keyView({ createdAt, revokedAt, lastUsedAt, ...rest }: SystemKeyView) {
  return {
    ...rest,
    createdAt: formatInstant(createdAt),
    ...(revokedAt !== null && { revokedAt: formatInstant(revokedAt) }),
    ...(lastUsedAt !== null && { lastUsedAt: formatInstant(lastUsedAt) }),
  };
}
