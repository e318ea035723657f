/** Months of a place: its accountant asks, another person closes them or opens them again with a reason. */
import type { Context } from 'hono';
import type { Engine } from '../db/index.ts';
import type { ProductDeps } from '../places/index.ts';
import {
  actorOf,
  actorText,
  answer,
  cutPage,
  formatInstant,
  idempotencyKeyOf,
  isProblem,
  json,
  keyScope,
  markReplay,
  newModule,
  noContent,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
  type Actor,
} from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import {
  approveClosing,
  askToClose,
  findClosureRequest,
  findWaitingClosing,
  withdrawClosing,
  type ClosureRequest,
} from './ask-to-close.ts';
import { findClosure, listClosures, reopenMonth, type Closure } from './close-month.ts';
import * as schemas from './closure.schemas.ts';
import { nextClosure, type NextClosure } from './months-of-place.ts';
import * as examples from './closure.examples.ts';
import { editionsOf } from './statement/statements.ts';

async function closureViews(engine: Engine, closures: readonly Closure[]) {
  const editions = await editionsOf(
    engine,
    closures.map(({ id }) => id),
  );
  return closures.map(({ id, place, month, state, reason, createdAt }) => {
    const edition = editions.get(id);
    return {
      ...{ id, place, month, state, at: formatInstant(createdAt) },
      ...(reason === null ? {} : { reason }),
      ...(edition === undefined ? {} : { edition }),
    };
  });
}

async function closureView(engine: Engine, id: string) {
  const closure = await findClosure(engine, id);
  return closure && (await closureViews(engine, [closure]))[0];
}

function requestView({ id, month, askedBy, createdAt }: ClosureRequest, reader: Actor) {
  return { id, month, mine: askedBy === actorText(reader), at: formatInstant(createdAt) };
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

const APPROVES = ['accountant', 'finance_lead'] as const;
const LOOKS_UP = ['accountant', 'finance_lead', 'auditor', 'staff'] as const;

export const closureRoutes = (deps: ProductDeps) => {
  const { engine } = deps;
  const placeOfRequest = async (c: Context): Promise<string | undefined> =>
    (await findClosureRequest(engine, c.req.param('request') ?? ''))?.place;
  const placeOfClosure = async (c: Context): Promise<string | undefined> =>
    (await findClosure(engine, c.req.param('closure') ?? ''))?.place;

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/places/{place}/closure-requests',
        summary: '申请关闭一个月 · Ask for a month to be closed',
        description:
          '会计申请，财务负责人审批后才关账；没有财务负责人的，由另一位会计审批。The accountant asks; the month is closed when the finance lead approves, or another accountant where there is no finance lead.',
        access: { who: ['accountant'], at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams, body: json(schemas.CloseSchema) },
        responses: { 201: answer(schemas.ClosureRequestSchema, '关账申请 · Request') },
        problems: [
          'month-not-over',
          'month-not-first',
          'month-not-next',
          'offsets-open',
          'no-firm',
          'expiry-due',
          'month-closed',
          'closing-asked',
        ],
        example: examples.askToClose,
      }),
      async (c) => {
        const actor = actorOf(c);
        const { place } = c.req.valid('param');
        const asked = await askToClose(deps, { place, month: c.req.valid('json').month, actor });
        return isProblem(asked) ? refuse(c, asked) : c.json(requestView(asked, actor), 201);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/closure-requests/{request}/approval',
        summary: '月结：批准并关闭一个月 · Approve, and close the month',
        access: { who: APPROVES, at: placeOfRequest },
        movesPoints: true,
        request: { params: schemas.RequestParams },
        responses: { 201: answer(schemas.ClosureSchema, '月结 · Closure') },
        problems: [
          'second-person-needed',
          'finance-lead-needed',
          'closing-withdrawn',
          'month-not-over',
          'month-not-first',
          'month-not-next',
          'offsets-open',
          'no-firm',
          'expiry-due',
          'month-closed',
          'changed-meanwhile',
        ],
        example: examples.approveClosing,
      }),
      async (c) => {
        const actor = actorOf(c);
        const done = await approveClosing(deps, {
          request: c.req.valid('param').request,
          actor,
          key: idempotencyKeyOf(c),
          scope: keyScope(actor, await placeOfRequest(c)),
        });
        if (isProblem(done)) return refuse(c, done);
        if (done.posted.replayed) markReplay(c);
        const closure = await closureView(engine, done.closure);
        return closure ? c.json(closure, 201) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: '/closure-requests/{request}',
        summary: '收回或退回关账申请 · Take a request back, or decline it',
        access: { who: APPROVES, at: placeOfRequest },
        request: { params: schemas.RequestParams },
        responses: { 204: noContent },
        problems: ['closing-withdrawn'],
        example: examples.withdrawClosing,
      }),
      async (c) => {
        const asked = { request: c.req.valid('param').request, actor: actorOf(c) };
        const refused = await withdrawClosing(deps, asked);
        return refused ? refuse(c, refused) : c.body(null, 204);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/next-closure',
        summary: '下一个要关的月份 · The month that is closed next',
        description:
          '从有账单或抵扣单的第一个月开始，一个月接一个月。From the first month with a bill or an offset on, one after the other.',
        access: { who: LOOKS_UP, at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams },
        responses: { 200: answer(schemas.NextClosureSchema, '月份和它的抵扣单 · The month and its offsets') },
        example: examples.nextClosure,
      }),
      async (c) => {
        const { place } = c.req.valid('param');
        const [next, waiting] = await Promise.all([
          nextClosure(engine, place, deps.clock()),
          findWaitingClosing(engine, place),
        ]);
        const asked = waiting && { asked: requestView(waiting, actorOf(c)) };
        return c.json({ ...nextClosureView(next), ...asked }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/closures',
        summary: '已关闭的月份 · Closed months',
        access: { who: LOOKS_UP, at: (c) => c.req.param('place') },
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
        return c.json({ ...cut, items: await closureViews(engine, cut.items) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/closures/{closure}/reopening',
        summary: '重新打开一个月 · Open a month again',
        access: { who: APPROVES, at: placeOfClosure },
        movesPoints: true,
        request: { params: schemas.ClosureParams, body: json(schemas.ReopenSchema) },
        responses: { 200: answer(schemas.ClosureSchema, '月结 · Closure') },
        problems: [
          'already-done',
          'second-person-needed',
          'finance-lead-needed',
          'month-not-latest',
          'changed-meanwhile',
        ],
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
        const closure = await closureView(engine, id);
        return closure ? c.json(closure, 200) : refuse(c, problem('not-found'));
      },
    );
};
