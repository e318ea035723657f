/** From nothing to a community with rules: what the first administrator does, in any order and as often as needed. */
import type { ProductDeps } from '../places/index.ts';
import {
  actorOf,
  answer,
  EVERYWHERE,
  isProblem,
  json,
  mayAt,
  newModule,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import { applyTemplate } from './apply-template.ts';
import { checklistOf } from './checklist.ts';
import { divisionsUnder } from './divisions.ts';
import { foundBook } from './found-book.ts';
import * as examples from './setup.examples.ts';
import * as schemas from './setup.schemas.ts';

/** Of what a step lacks, so much is told: by then it is clear what to do. */
const MOST_MISSING = 20;

const named = ({ id, name }: { id: string; name: string }) => ({ id, name });

export const setupRoutes = (deps: ProductDeps) =>
  newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/divisions',
        summary: '行政区划 · Official divisions',
        access: { who: ['operator'] },
        request: { query: schemas.DivisionsQuery },
        responses: { 200: answer(schemas.DivisionsSchema, '下一级区划 · What lies under a code') },
        example: examples.listDivisions,
      }),
      async (c) => c.json({ items: [...(await divisionsUnder(c.req.valid('query').under ?? ''))] }, 200),
    )
    .openapi(
      route({
        method: 'post',
        path: '/books',
        summary: '登记社区，开账簿 · Register a community and open its book',
        access: { who: ['operator'] },
        request: { body: json(schemas.NewBookSchema) },
        responses: {
          201: answer(schemas.FoundedSchema, '已开账，重复登记得到同一个 · Opened, or there already'),
        },
        problems: ['not-allowed', 'already-exists', 'out-of-bounds', 'month-closed'],
        example: examples.foundBook,
      }),
      async (c) => {
        const actor = actorOf(c);
        // A new tenant is the matter of who acts everywhere.
        if (!(await mayAt(actor, ['operator'], EVERYWHERE, deps.places)))
          return refuse(c, problem('not-allowed'));
        const founded = await foundBook(deps, { ...c.req.valid('json'), actor });
        if (isProblem(founded)) return refuse(c, founded);
        const { book, street, community } = founded;
        return c.json({ book, street: street.id, community: community.id }, 201);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/communities/{community}/checklist',
        summary: '开通还差哪几步 · What a community still lacks',
        access: { who: ['operator', 'staff'], at: (c) => c.req.param('community') },
        request: { params: schemas.CommunityParams },
        responses: { 200: answer(schemas.ChecklistSchema, '清单 · Checklist') },
        example: examples.checklist,
      }),
      async (c) => {
        const community = await deps.places.find(c.req.valid('param').community);
        if (!community) return refuse(c, problem('not-found'));
        const { root, estates, firms, merchants, steps, ...rest } = await checklistOf(deps, community);
        const places = {
          estates: estates.map(named),
          firms: firms.map(named),
          merchants: merchants.map(named),
        };
        const cut = steps.map((step) => ({ ...step, missing: step.missing.slice(0, MOST_MISSING) }));
        const of = { community: named(community), root: { ...named(root), kind: root.kind } };
        return c.json({ ...rest, ...of, ...places, steps: cut }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/communities/{community}/template',
        summary: '用样板方案补齐规则、经费和约定 · Fill in rules, funds and terms from the template',
        access: { who: ['operator', 'staff'], at: (c) => c.req.param('community') },
        request: { params: schemas.CommunityParams, body: json(schemas.ApplyTemplateSchema) },
        responses: { 201: answer(schemas.AppliedSchema, '已补齐 · Filled in') },
        problems: ['not-found'],
        example: examples.applyTemplate,
      }),
      async (c) => {
        const { community } = c.req.valid('param');
        const applied = await applyTemplate(deps, { community, actor: actorOf(c), ...c.req.valid('json') });
        return isProblem(applied) ? refuse(c, applied) : c.json(applied, 201);
      },
    );
