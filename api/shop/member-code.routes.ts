/** The member's side of 积分码: make one, and see it turn into the receipt. */
import type { Context } from 'hono';
import { actedByOf, personActor } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import {
  answer,
  formatInstant,
  newModule,
  originOf,
  problem,
  refuse,
  route,
  subjectOf,
} from '../platform/index.ts';
import { findCode, makeCode, type CodeRow } from './codes.ts';
import { codeState } from './rules/code.ts';
import { CodeParams, CodeSchema, CodeStateSchema } from './shop.schemas.ts';
import { findPurchase, findRedemption } from './undo.ts';
import * as examples from './member-code.examples.ts';

export const memberCodeRoutes = (deps: ProductDeps) => {
  const { engine, places } = deps;
  const memberOf = async (c: Context): Promise<readonly string[] | undefined> => {
    const code = await findCode(engine, c.req.param('code') ?? '');
    return code && [code.member];
  };
  const receiptOf = async (code: CodeRow) => {
    const [kind, id = ''] = (code.usedFor ?? '').split(':');
    const row = kind === 'purchase' ? await findPurchase(engine, id) : await findRedemption(engine, id);
    if (!row || (kind !== 'purchase' && kind !== 'redemption')) return {};
    const place = (await places.find(row.place))?.name ?? '';
    const at = formatInstant(code.usedAt ?? row.createdAt);
    return { receipt: { kind, place, points: String(row.points), unit: row.unit, at } as const };
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/me/codes',
        summary: '出示积分码 · Show a code',
        access: { who: ['member'], acting: 'spend' },
        responses: { 201: answer(CodeSchema, '积分码 · Code') },
        problems: ['not-found'],
        example: examples.showCode,
      }),
      async (c) => {
        const actor = personActor(c);
        const place = actor.roles.find((r) => r.role === 'member')?.place;
        const book = place === undefined ? undefined : await places.bookOf(place);
        if (book === undefined) return refuse(c, problem('not-found'));
        const whose = { book, member: subjectOf(actor), actedBy: actedByOf(actor) };
        const code = await makeCode(deps, { ...whose, origin: originOf(c, deps.config) });
        return c.json({ ...code, endsAt: formatInstant(code.endsAt) }, 201);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/me/codes/{code}',
        summary: '积分码用了没有 · State of a code',
        access: { own: memberOf, acting: 'spend' },
        request: { params: CodeParams },
        responses: { 200: answer(CodeStateSchema, '状态 · State') },
        problems: ['not-found'],
        example: examples.codeState,
      }),
      async (c) => {
        const code = await findCode(engine, c.req.valid('param').code);
        if (!code) return refuse(c, problem('not-found'));
        const state = codeState(code, deps.clock());
        return c.json({ state, ...(state === 'used' ? await receiptOf(code) : {}) }, 200);
      },
    );
};
