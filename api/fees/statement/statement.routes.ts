/** What is looked at before a month is closed, the draft of its statement, and the statement that was kept. */
import type { Context } from 'hono';
import type { ProductDeps } from '../../places/index.ts';
import { answer, newModule, problem, refuse, route } from '../../platform/index.ts';
import { monthOf } from '../../programme/index.ts';
import { findWaitingClosing } from '../ask-to-close.ts';
import { findClosure } from '../close-month.ts';
import { ClosureParams, PlaceParams } from '../closure.schemas.ts';
import { monthsOfPlace } from '../months-of-place.ts';
import { nextToClose } from '../rules/month-order.ts';
import { closingChecklist } from './checklist.ts';
import * as examples from './statement.examples.ts';
import { ChecklistSchema, MonthStatementSchema } from './statement.schemas.ts';
import { findStatement, workOutStatement, type StatementBody } from './statements.ts';
import { checklistView, draftView, keptView } from './statement.views.ts';

export const LOOKS_UP = ['accountant', 'finance_lead', 'auditor', 'staff'] as const;

/** The month that is closed next, as it would be kept now; signed by who asks for it. */
export async function draftOf(deps: ProductDeps, place: string): Promise<StatementBody | undefined> {
  const { engine, places, clock } = deps;
  const book = await places.bookOf(place);
  if (book === undefined) return undefined;
  const month = nextToClose(await monthsOfPlace(engine, place), monthOf(clock()));
  const asked = await findWaitingClosing(engine, place);
  const prepared = asked ? { by: asked.askedBy, at: asked.createdAt } : null;
  return workOutStatement(deps, { place, month, book, prepared, approved: null });
}

export const statementRoutes = (deps: ProductDeps) => {
  const { engine, places } = deps;
  const placeOfClosure = async (c: Context): Promise<string | undefined> =>
    (await findClosure(engine, c.req.param('closure') ?? ''))?.place;

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/closing-checklist',
        summary: '月结检查表 · What is looked at before the month is closed',
        access: { who: LOOKS_UP, at: (c) => c.req.param('place') },
        request: { params: PlaceParams },
        responses: { 200: answer(ChecklistSchema, '检查表 · Checklist') },
        example: examples.checklist,
      }),
      async (c) => {
        const { place } = c.req.valid('param');
        const book = await places.bookOf(place);
        if (book === undefined) return refuse(c, problem('not-found'));
        return c.json(checklistView(await closingChecklist(deps, { place, book })), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/preliminary-statement',
        summary: '下一个要关的月份的月结单初稿 · The draft of the next month’s statement',
        access: { who: LOOKS_UP, at: (c) => c.req.param('place') },
        request: { params: PlaceParams },
        responses: { 200: answer(MonthStatementSchema, '初稿 · Draft') },
        example: examples.draft,
      }),
      async (c) => {
        const body = await draftOf(deps, c.req.valid('param').place);
        return body ? c.json(await draftView(engine, body), 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/closures/{closure}/statement',
        summary: '关账时留存的月结单 · The statement that was kept when the month was closed',
        description:
          '留存以后不能改；重新打开再关账的另有一版，旧的一直在。Never changed; a month that was opened again and closed has another edition, and the old one stays.',
        access: { who: LOOKS_UP, at: placeOfClosure },
        request: { params: ClosureParams },
        responses: { 200: answer(MonthStatementSchema, '月结单 · Statement') },
        problems: ['no-statement-kept'],
        example: examples.statement,
      }),
      async (c) => {
        const id = c.req.valid('param').closure;
        const closure = await findClosure(engine, id);
        if (!closure) return refuse(c, problem('not-found'));
        const kept = await findStatement(engine, id);
        if (!kept) return refuse(c, problem('no-statement-kept'));
        return c.json(await keptView(engine, { kept, closure }), 200);
      },
    );
};
