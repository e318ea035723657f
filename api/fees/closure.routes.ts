/** Months of a place: closed by its accountant, opened again by another person with a reason. */
import type { Context } from 'hono';
import type { ProductDeps } from '../places/index.ts';
import {
  actorOf,
  answer,
  cutPage,
  formatInstant,
  idempotencyKeyOf,
  isProblem,
  json,
  keyScope,
  markReplay,
  newModule,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { closeMonth, findClosure, listClosures, reopenMonth, type Closure } from './close-month.ts';
import * as schemas from './closure.schemas.ts';
import { nextClosure, type NextClosure } from './months-of-place.ts';
import * as examples from './closure.examples.ts';

function closureView({ id, place, month, state, reason, createdAt }: Closure) {
  return { id, place, month, state, ...(reason === null ? {} : { reason }), at: formatInstant(createdAt) };
}

function nextClosureView({ month, over, offsets, concessionFen, openBreaks }: NextClosure) {
  const { count, valueFen, notHandedOver } = offsets;
  return {
    month,
    over,
    offsets: { count, value: formatYuan(valueFen), concession: formatYuan(concessionFen) },
    notHandedOver,
    openBreaks: {
      count: openBreaks.count,
      value: formatYuan(openBreaks.valueFen),
      difference: formatYuan(openBreaks.differenceFen),
    },
  };
}

export const closureRoutes = (deps: ProductDeps) => {
  const { engine } = deps;
  const placeOfClosure = async (c: Context): Promise<string | undefined> =>
    (await findClosure(engine, c.req.param('closure') ?? ''))?.place;

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/places/{place}/closures',
        summary: '月结：关闭一个月 · Close a month',
        access: { who: ['accountant'], at: (c) => c.req.param('place') },
        movesPoints: true,
        request: { params: schemas.PlaceParams, body: json(schemas.CloseSchema) },
        responses: { 201: answer(schemas.ClosureSchema, '月结 · Closure') },
        problems: [
          'month-not-over',
          'month-not-first',
          'month-not-next',
          'offsets-open',
          'expiry-due',
          'month-closed',
          'changed-meanwhile',
        ],
        example: examples.closeMonth,
      }),
      async (c) => {
        const actor = actorOf(c);
        const { place } = c.req.valid('param');
        const done = await closeMonth(deps, {
          place,
          month: c.req.valid('json').month,
          actor,
          key: idempotencyKeyOf(c),
          scope: keyScope(actor, place),
        });
        if (isProblem(done)) return refuse(c, done);
        if (done.posted.replayed) markReplay(c);
        const closure = await findClosure(engine, done.closure);
        return closure ? c.json(closureView(closure), 201) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/next-closure',
        summary: '下一个要关的月份 · The month that is closed next',
        description:
          '从有账单或抵扣单的第一个月开始，一个月接一个月。From the first month with a bill or an offset on, one after the other.',
        access: { who: ['accountant', 'auditor', 'staff'], at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams },
        responses: { 200: answer(schemas.NextClosureSchema, '月份和它的抵扣单 · The month and its offsets') },
        example: examples.nextClosure,
      }),
      async (c) => {
        const { place } = c.req.valid('param');
        return c.json(nextClosureView(await nextClosure(engine, place, deps.clock())), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/closures',
        summary: '已关闭的月份 · Closed months',
        access: { who: ['accountant', 'auditor', 'staff'], at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams, query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.ClosuresSchema, '月结 · Closures') },
        example: examples.listClosures,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listClosures(engine, {
          place: c.req.valid('param').place,
          limit: page.limit + 1,
          ...(page.after === undefined ? {} : { before: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        return c.json({ ...cut, items: cut.items.map(closureView) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/closures/{closure}/reopening',
        summary: '重新打开一个月 · Open a month again',
        access: { who: ['accountant'], at: placeOfClosure },
        movesPoints: true,
        request: { params: schemas.ClosureParams, body: json(schemas.ReopenSchema) },
        responses: { 200: answer(schemas.ClosureSchema, '月结 · Closure') },
        problems: ['already-done', 'second-person-needed', 'month-not-latest', 'changed-meanwhile'],
        example: examples.reopenMonth,
      }),
      async (c) => {
        const actor = actorOf(c);
        const id = c.req.valid('param').closure;
        const place = await placeOfClosure(c);
        const done = await reopenMonth(deps, {
          closure: id,
          reason: c.req.valid('json').reason,
          actor,
          key: idempotencyKeyOf(c),
          scope: keyScope(actor, place),
        });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const closure = await findClosure(engine, id);
        return closure ? c.json(closureView(closure), 200) : refuse(c, problem('not-found'));
      },
    );
};
