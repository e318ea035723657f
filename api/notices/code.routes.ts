/** Sign-in codes that no text message could carry: staff read them out. */
import { findCode, listCodesToRead, type IdentityDeps } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import {
  actorOf,
  answer,
  cutPage,
  formatInstant,
  isProblem,
  newModule,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import * as examples from './notices.examples.ts';
import * as schemas from './notices.schemas.ts';
import { personView } from './person-view.ts';
import { readCodeOut } from './read-code-out.ts';

const READING = ['staff', 'operator'] as const;

export const codeRoutes = (deps: ProductDeps & IdentityDeps) => {
  const { engine } = deps;

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/sign-in-codes',
        summary: '等着读给居民的登录验证码 · Sign-in codes to read out',
        access: { who: READING, at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams, query: pageQuery(['oldest']) },
        responses: { 200: answer(schemas.CodesToReadSchema, '验证码 · Codes') },
        example: examples.codesToRead,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'oldest');
        if (isProblem(page)) return refuse(c, page);
        const { place } = c.req.valid('param');
        const rows = await listCodesToRead(engine, {
          ...{ place, now: deps.clock(), limit: page.limit + 1 },
          ...(page.after !== undefined && { after: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        const items = cut.items.map(async ({ id, person, people, endsAt }) => {
          const [first = '', ...others] = people ?? [person ?? ''];
          return {
            ...{ id, number: deps.identity.secrets.numberOf(id), endsAt: formatInstant(endsAt) },
            person: await personView(deps, { id: first, place }),
            sharedWith: await Promise.all(others.map((other) => personView(deps, { id: other, place }))),
          };
        });
        return c.json({ ...cut, items: await Promise.all(items) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/sign-in-codes/{signInCode}/reading',
        summary: '读出登录验证码 · Read a sign-in code out',
        description:
          '先核对是本人。谁读的、什么时候读的都有记录，居民本人也会收到消息。\n\nMake sure who asks. Whoever reads it stands in the access log, and the resident is told.',
        access: {
          who: READING,
          at: async (c) => (await findCode(engine, c.req.param('signInCode') ?? ''))?.place,
        },
        request: { params: schemas.SignInCodeParams },
        responses: { 200: answer(schemas.ReadCodeSchema, '验证码 · The code') },
        problems: ['not-found', 'sign-in-code-ended'],
        example: examples.readCode,
      }),
      async (c) => {
        const actor = actorOf(c);
        if (actor.kind !== 'person') return refuse(c, problem('not-allowed'));
        const read = await readCodeOut(deps, { code: c.req.valid('param').signInCode, actor });
        return isProblem(read) ? refuse(c, read) : c.json(read, 200);
      },
    );
};
