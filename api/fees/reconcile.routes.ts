/** How the firm's lists compare. */
import { and, count, eq } from 'drizzle-orm';
import type { Context } from 'hono';
import type { ProductDeps } from '../places/index.ts';
import {
  answer,
  cutPage,
  isProblem,
  newModule,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import { breakViewsFor } from './breaks/break-deeds.routes.ts';
import { BreaksSchema } from './breaks/break.schemas.ts';
import * as schemas from './fees.schemas.ts';
import { offsetViews, postedListView } from './fees.views.ts';
import { findPostedList } from './import-posted-list.ts';
import { ofList } from './open-breaks.ts';
import { listNotYetDue, notYetDueOf } from './not-yet-due.ts';
import { breaksOfList } from './list-breaks.ts';
import * as examples from './reconcile.examples.ts';

const SETTLES = ['accountant', 'finance_lead', 'auditor'] as const;

export const reconcileRoutes = (deps: ProductDeps) => {
  const { engine } = deps;
  /** Of a posted list alone: an import of another kind is none, and has no breaks. */
  const estateOfList = async (c: Context): Promise<string | undefined> =>
    (await findPostedList(deps, c.req.param('import') ?? ''))?.place;

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
        responses: { 200: answer(BreaksSchema, '差异 · Breaks') },
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
        return c.json({ ...cut, items: await breakViewsFor(deps, c, cut.items) }, 200);
      },
    );
};
