/** The workspace of an estate's breaks (差异): what is open, who sees to it, what was said of it, and resolving it. */
import type { Context } from 'hono';
import { FormatQuery, giveTable, tableAnswer } from '../../identity/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import {
  actorOf,
  answer,
  cutPage,
  entryOf,
  idempotencyKeyOf,
  isProblem,
  json,
  keyScope,
  newModule,
  pageQuery,
  parsePage,
  refuse,
  route,
  type AppEnv,
} from '../../platform/index.ts';
import { formatYuan } from '../../platform/money/index.ts';
import { addDays, dayOf, startOfDay } from '../../programme/index.ts';
import { breakTable } from '../fee-tables.ts';
import { EstateParams } from '../fees.schemas.ts';
import { BREAK_SORTS, breakKey, breaksOfEstate, type BreakFilter } from '../list-breaks.ts';
import { acceptBreaks } from './accept-breaks.ts';
import * as examples from './break.examples.ts';
import * as schemas from './break.schemas.ts';
import { breakSummary } from './break-summary.ts';
import { breakViewsFor } from './break-deeds.routes.ts';
import { breakOwners, ownersByName } from './own-break.ts';
import { leftToCorrect } from './left-to-correct.ts';

const LOOKS = ['accountant', 'finance_lead', 'auditor'] as const;

const filterQuery = pageQuery(BREAK_SORTS).extend(schemas.BreakFilterQuery.shape);
const fileQuery = FormatQuery.extend(schemas.BreakFilterQuery.shape).extend(
  pageQuery(BREAK_SORTS).pick({ sort: true }).shape,
);

export const breakRoutes = (deps: ProductDeps) => {
  const { engine, clock } = deps;
  const atEstate = (c: Context) => c.req.param('estate');
  const reads = { who: LOOKS, at: atEstate, scope: 'fees:read' } as const;
  /** Who asks, as a person; '' for a key of a system. */
  const personOf = (c: Context<AppEnv>): string => {
    const actor = actorOf(c);
    return actor.kind === 'person' ? actor.person : '';
  };
  /** Found more than so many days ago: before the first instant of the day so many days back. */
  const longAgo = (days: number) => startOfDay(addDays(dayOf(clock()), -days));
  const filterOf = (
    c: Context<AppEnv>,
    { estate }: { estate: string },
    query: schemas.BreakFilterAsked,
  ): BreakFilter => {
    const { state = 'open', kind, with: whose, only, olderThan, q } = query;
    const who = { me: personOf(c), nobody: '' }[whose ?? ''] ?? whose;
    return {
      ...{ estate, state },
      ...(kind && { kind }),
      ...(who !== undefined && { owner: who }),
      ...(only && { only }),
      ...(olderThan && { foundBefore: longAgo(Number(olderThan)) }),
      ...(q?.trim() && { text: q.trim() }),
    };
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/breaks',
        summary: '差异 · Breaks of an estate',
        access: reads,
        request: { params: EstateParams, query: filterQuery },
        responses: { 200: answer(schemas.BreaksSchema, '差异 · Breaks') },
        example: examples.breaksOfEstate,
      }),
      async (c) => {
        const query = c.req.valid('query');
        const page = parsePage(query, 'newest', 'string', ['most']);
        if (isProblem(page)) return refuse(c, page);
        const rows = await breaksOfEstate(engine, {
          ...filterOf(c, c.req.valid('param'), query),
          ...{ sort: page.sort, limit: page.limit + 1 },
          ...(page.after && { before: page.after }),
        });
        const cut = cutPage(page, rows, breakKey(page.sort));
        return c.json({ ...cut, items: await breakViewsFor(deps, c, cut.items) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/breaks/summary',
        summary: '还有多少差异 · What is left to do about breaks',
        access: reads,
        request: { params: EstateParams },
        responses: { 200: answer(schemas.BreakSummarySchema, '待处理的差异 · Open breaks') },
        example: examples.summary,
      }),
      async (c) => {
        const { estate } = c.req.valid('param');
        const person = personOf(c);
        const [week, month] = [longAgo(7), longAgo(30)];
        const found = await breakSummary(engine, { estate, person, week, month });
        const { valueFen, differenceFen, kinds, ...counts } = found;
        const toCorrect = await leftToCorrect(engine, { estate });
        const owners = await ownersByName(engine, await breakOwners(deps, estate));
        return c.json(
          {
            ...{ ...counts, value: formatYuan(valueFen), difference: formatYuan(differenceFen) },
            toCorrect: { count: toCorrect.count, difference: formatYuan(toCorrect.differenceFen) },
            kinds: kinds.map(({ kind, count, differenceFen: fen }) => {
              return { kind, count, difference: formatYuan(fen) };
            }),
            owners: owners.map((owner) => ({ ...owner, mine: owner.id === person })),
          },
          200,
        );
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/breaks/file',
        summary: '下载差异 · The breaks of an estate as a file',
        description: '与列表用同样的条件和排序。With the conditions and the order of the list.',
        access: reads,
        request: { params: EstateParams, query: fileQuery },
        responses: tableAnswer,
        example: examples.breakFile,
      }),
      (c) => {
        const { format, sort = 'newest', ...query } = c.req.valid('query');
        const filter = filterOf(c, c.req.valid('param'), query);
        const rows = breakTable(engine, { ...filter, sort, now: clock() });
        const of = { subject: 'breaks', place: filter.estate, format, name: '差异' };
        const widths = [30, 16, 14, 12, 14, 12, 10, 24, 14, 30, 8, 10, 40];
        return giveTable(deps, c, { ...of, rows, widths });
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/estates/{estate}/breaks/accept',
        summary: '一次照建议处理几处差异 · Take up the proposals of several breaks',
        description:
          '一个人就能办的才办，要第二位同事的不办；每一处各有结果，互不影响。Only what one person can do; each has its own result, and stops no other.',
        access: { who: ['accountant'], at: atEstate },
        movesPoints: true,
        request: { params: EstateParams, body: json(schemas.AcceptSchema) },
        responses: { 200: answer(schemas.AcceptedSchema, '各处的结果 · What became of each') },
        example: examples.accept,
      }),
      async (c) => {
        const actor = actorOf(c);
        const { estate } = c.req.valid('param');
        const ask = { ...c.req.valid('json'), actor, estate };
        const done = await acceptBreaks(deps, {
          ...{ ...ask, key: idempotencyKeyOf(c), scope: keyScope(actor, estate) },
        });
        const results = done.map(({ break: id, problem: code }) => {
          if (code === undefined) return { break: id };
          const { title } = entryOf(code);
          return { break: id, problem: { code, zh: title.zh, en: title.en } };
        });
        return c.json({ accepted: done.filter((each) => each.problem === undefined).length, results }, 200);
      },
    );
};
