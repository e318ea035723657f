/** What was changed of a firm's settings, and the second person who lets it hold. */
import type { Context } from 'hono';
import type { ProductDeps } from '../../places/index.ts';
import {
  actorOf,
  answer,
  cutPage,
  isProblem,
  newModule,
  noContent,
  pageQuery,
  parsePage,
  refuse,
  route,
} from '../../platform/index.ts';
import { ownerOf } from '../bill-mappings.ts';
import { EstateParams } from '../fees.schemas.ts';
import * as examples from './firm-changes.examples.ts';
import * as schemas from './firm-changes.schemas.ts';
import { changeViews } from './firm-changes.views.ts';
import { approveChange, listChanges, listWaiting, undoChange, withdrawChange } from './firm-changes.ts';

const DECIDES = ['accountant', 'finance_lead'] as const;
const READS = [...DECIDES, 'auditor'] as const;

export const firmChangeRoutes = (deps: ProductDeps) => {
  const at = (c: Context) => c.req.param('estate');

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/firm-changes',
        summary: '公司设置的改动，等复核的和以前的 · Changes of the firm’s settings, waiting and made',
        access: { who: READS, at, scope: 'fees:read' },
        request: {
          params: EstateParams,
          query: pageQuery(['newest']).extend(schemas.ChangeStateQuery.shape),
        },
        responses: { 200: answer(schemas.FirmChangesSchema, '改动 · Changes') },
        example: examples.listChanges,
      }),
      async (c) => {
        const query = c.req.valid('query');
        const page = parsePage(query, 'newest');
        if (isProblem(page)) return refuse(c, page);
        const list = query.state === 'waiting' ? listWaiting : listChanges;
        const rows = await list(deps.engine, {
          ...{ firm: await ownerOf(deps, c.req.valid('param').estate), limit: page.limit + 1 },
          ...(page.after && { before: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        return c.json({ ...cut, items: await changeViews(deps, cut.items, actorOf(c)) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/estates/{estate}/firm-changes/{change}/approval',
        summary: '复核一处改动，从此生效 · Approve a change, which is in force from now on',
        description: '不能是改的人。Not by who asked for it.',
        access: { who: DECIDES, at },
        request: { params: schemas.ChangeParams },
        responses: { 200: answer(schemas.FirmChangeSchema, '改动 · The change') },
        problems: ['second-person-needed', 'change-decided', 'changed-meanwhile'],
        example: examples.approveChange,
      }),
      async (c) => {
        const done = await approveChange(deps, { ...c.req.valid('param'), actor: actorOf(c) });
        if (isProblem(done)) return refuse(c, done);
        const [view] = await changeViews(deps, [done], actorOf(c));
        return c.json(view!, 200);
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: '/estates/{estate}/firm-changes/{change}',
        summary: '收回或退回一处改动 · Take a change back, or decline it',
        access: { who: DECIDES, at },
        request: { params: schemas.ChangeParams },
        responses: { 204: noContent },
        problems: ['change-decided'],
        example: examples.withdrawChange,
      }),
      async (c) => {
        const refused = await withdrawChange(deps, { ...c.req.valid('param'), actor: actorOf(c) });
        return refused ? refuse(c, refused) : c.body(null, 204);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/estates/{estate}/firm-changes/{change}/undo',
        summary: '恢复到这处改动以前 · Back to what was in force before',
        description:
          '只能是这项设置最后一次改动；和别的改动一样要复核。Only of the last change of its setting; approved like any other.',
        access: { who: DECIDES, at },
        request: { params: schemas.ChangeParams },
        responses: { 200: answer(schemas.ChangedSchema, '恢复 · Undone') },
        problems: ['change-decided', 'change-waits', 'changed-meanwhile'],
        example: examples.undoChange,
      }),
      async (c) => {
        const done = await undoChange(deps, { ...c.req.valid('param'), actor: actorOf(c) });
        return isProblem(done) ? refuse(c, done) : c.json({ waits: done.state === 'waiting' }, 200);
      },
    );
};
