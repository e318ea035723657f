/** How the firm's lists compare, and resolving what does not agree. */
import { and, count, eq } from 'drizzle-orm';
import type { Context } from 'hono';
import type { ProductDeps } from '../places/index.ts';
import {
  actorOf,
  actorText,
  answer,
  cutPage,
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
import { breakViews } from './break-views.ts';
import * as schemas from './fees.schemas.ts';
import { offsetViews, postedListView } from './fees.views.ts';
import { findPostedList } from './import-posted-list.ts';
import { ofList } from './open-breaks.ts';
import { listNotYetDue, notYetDueOf } from './not-yet-due.ts';
import { BREAK_SORTS, breakKey, breaksOfEstate, breaksOfList } from './list-breaks.ts';
import { findBreak, resolveBreak } from './resolve-break.ts';
import * as examples from './reconcile.examples.ts';

const SETTLES = ['accountant', 'finance_lead', 'auditor'] as const;

export const reconcileRoutes = (deps: ProductDeps) => {
  const { engine } = deps;
  /** Of a posted list alone: an import of another kind is none, and has no breaks. */
  const estateOfList = async (c: Context): Promise<string | undefined> =>
    (await findPostedList(deps, c.req.param('import') ?? ''))?.place;
  const estateOfBreak = async (c: Context): Promise<string | undefined> =>
    (await findBreak(engine, c.req.param('break') ?? ''))?.estate;
  const atEstate = (c: Context) => c.req.param('estate');

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/posted-lists/{import}',
        summary: '一份入账清单的对账结果 · A posted list and how it stands',
        access: { who: SETTLES, at: estateOfList, scope: 'fees:read' },
        request: { params: schemas.ListParams },
        responses: { 200: answer(schemas.PostedListSchema, '对账结果 · Reconciliation') },
        example: examples.onePostedList,
      }),
      async (c) => {
        const row = await findPostedList(deps, c.req.valid('param').import);
        if (!row) return refuse(c, problem('not-found'));
        const { breaks: t } = engine.tables;
        const [open] = await engine.reader
          .select({ count: count() })
          .from(t)
          .where(and(ofList({ db: engine.reader, tables: engine.tables }, row.id), eq(t.state, 'open')));
        const notYetDue = await notYetDueOf(engine, row.id);
        return c.json(postedListView(row, { open: open?.count ?? 0, notYetDue }), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/posted-lists/{import}/not-yet-due',
        summary: '对这份清单还没到期的抵扣单 · Offsets not yet due for a posted list',
        description:
          '清单做好以后才交给物业的抵扣单，不算“物业没有”，等下一份清单。Handed over after the list was drawn up: not missing there, but for the next list.',
        access: { who: SETTLES, at: estateOfList, scope: 'fees:read' },
        request: { params: schemas.ListParams, query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.OffsetsSchema, '抵扣单 · Offsets') },
        example: examples.notYetDue,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listNotYetDue(engine, {
          import: c.req.valid('param').import,
          limit: page.limit + 1,
          ...(page.after === undefined ? {} : { before: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        return c.json({ ...cut, items: await offsetViews(engine, cut.items) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/posted-lists/{import}/breaks',
        summary: '一份清单的差异 · Breaks of a posted list',
        access: { who: SETTLES, at: estateOfList, scope: 'fees:read' },
        request: { params: schemas.ListParams, query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.BreaksSchema, '差异 · Breaks') },
        example: examples.breaksOfList,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const rows = await breaksOfList(engine, {
          import: c.req.valid('param').import,
          limit: page.limit + 1,
          ...(page.after === undefined ? {} : { before: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        return c.json({ ...cut, items: await breakViews(engine, cut.items, actorText(actorOf(c))) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/breaks',
        summary: '差异 · Breaks of an estate',
        access: { who: SETTLES, at: atEstate, scope: 'fees:read' },
        request: {
          params: schemas.EstateParams,
          query: pageQuery(BREAK_SORTS).extend(schemas.BreakStateQuery.shape),
        },
        responses: { 200: answer(schemas.BreaksSchema, '差异 · Breaks') },
        example: examples.breaksOfEstate,
      }),
      async (c) => {
        const query = c.req.valid('query');
        const page = parsePage(query, 'newest', 'string', ['most']);
        if (isProblem(page)) return refuse(c, page);
        const { estate } = c.req.valid('param');
        const rows = await breaksOfEstate(engine, {
          ...{ estate, state: query.state ?? 'open', sort: page.sort, limit: page.limit + 1 },
          ...(page.after && { before: page.after }),
        });
        const cut = cutPage(page, rows, breakKey(page.sort));
        return c.json({ ...cut, items: await breakViews(engine, cut.items, actorText(actorOf(c))) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/breaks/{break}/resolution',
        summary: '处理一个差异 · Resolve a break',
        description:
          '能怎样处理，要看是哪一种差异（offers）。要动积分、又和建议不同的，由会计提出，财务负责人再提出同一种办法才会办；没有财务负责人的，由另一位会计来提。What is possible depends on its kind (offers). What moves points against the proposal is done when the finance lead asks for the same after the accountant, or a second accountant where there is no finance lead.',
        access: { who: ['accountant', 'finance_lead'], at: estateOfBreak },
        movesPoints: true,
        request: { params: schemas.BreakParams, body: json(schemas.ResolveSchema) },
        responses: { 200: answer(schemas.BreakSchema, '差异 · Break') },
        problems: [
          'already-done',
          'resolution-not-possible',
          'second-person-needed',
          'finance-lead-needed',
          'accountant-needed',
          'hold-ended',
          'changed-meanwhile',
          'month-closed',
        ],
        example: examples.resolveBreak,
      }),
      async (c) => {
        const actor = actorOf(c);
        const id = c.req.valid('param').break;
        const estate = await estateOfBreak(c);
        const done = await resolveBreak(deps, {
          break: id,
          ...c.req.valid('json'),
          actor,
          key: idempotencyKeyOf(c),
          scope: keyScope(actor, estate),
        });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const row = await findBreak(engine, id);
        const [view] = row ? await breakViews(engine, [row], actorText(actor)) : [];
        return view ? c.json(view, 200) : refuse(c, problem('not-found'));
      },
    );
};
