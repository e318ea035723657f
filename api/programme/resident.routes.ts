/** What a resident has, told at the desk to who is asked by them. Each look is written down before it is shown. */
import type { Context } from 'hono';
import { logLook } from '../identity/index.ts';
import { transactionsById } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import {
  actorOf,
  actorText,
  answer,
  IdSchema,
  isProblem,
  newModule,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
  z,
  type AppEnv,
} from '../platform/index.ts';
import type { Explainer } from './explanation.ts';
import { MemberPointsSchema, MovementsSchema, TransactionParams, WhySchema } from './member.schemas.ts';
import { memberViews } from './member.views.ts';
import * as examples from './member.examples.ts';
import { membersOf } from './who-took-part.ts';
import { whyView } from './why-view.ts';

const ResidentParams = z.object({ estate: IdSchema, resident: IdSchema });
const EntryOfResident = ResidentParams.extend(TransactionParams.shape);
const AT_THE_DESK = ['staff', 'operator'] as const;

export const residentPointsRoutes = (deps: ProductDeps, explainers: readonly Explainer[]) => {
  const { engine, places, clock } = deps;
  const { pointsView, movementsView } = memberViews(deps, explainers);
  const estateOf = (c: Context): string => c.req.param('estate') ?? '';

  /** Whose points, when they live in this estate. */
  const livingThere = async (c: Context<AppEnv>, member: string) => {
    const estate = estateOf(c);
    if (!(await places.homesOf(member, clock())).includes(estate)) return undefined;
    return { book: await places.bookOf(estate), member };
  };
  const writeDown = (c: Context<AppEnv>, member: string) =>
    logLook(deps, { actor: actorText(actorOf(c)), subject: `person:${member}`, place: estateOf(c) });

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/residents/{resident}/points',
        summary: '一位居民的积分，查看会留下记录 · A resident’s points',
        access: { who: AT_THE_DESK, at: estateOf },
        request: { params: ResidentParams },
        responses: { 200: answer(MemberPointsSchema, '积分 · Points') },
        problems: ['not-found'],
        example: examples.residentPoints,
      }),
      async (c) => {
        const whose = await livingThere(c, c.req.valid('param').resident);
        if (whose === undefined) return refuse(c, problem('not-found'));
        await writeDown(c, whose.member);
        return c.json(await pointsView(whose), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/residents/{resident}/movements',
        summary: '一位居民的流水，查看会留下记录 · A resident’s movements',
        access: { who: AT_THE_DESK, at: estateOf },
        request: { params: ResidentParams, query: pageQuery(['newest']) },
        responses: { 200: answer(MovementsSchema, '流水 · Movements') },
        problems: ['not-found'],
        example: examples.residentMovements,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest', 'number');
        if (isProblem(page)) return refuse(c, page);
        const whose = await livingThere(c, c.req.valid('param').resident);
        if (whose === undefined) return refuse(c, problem('not-found'));
        await writeDown(c, whose.member);
        return c.json(await movementsView(whose, page), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/residents/{resident}/transactions/{transaction}/why',
        summary: '居民的一笔积分怎么来的，查看会留下记录 · Why, told to a resident at the desk',
        access: { who: AT_THE_DESK, at: estateOf },
        request: { params: EntryOfResident },
        responses: { 200: answer(WhySchema, '计算步骤 · Steps') },
        problems: ['not-found'],
        example: examples.residentWhy,
      }),
      async (c) => {
        const { resident, transaction: id } = c.req.valid('param');
        const whose = await livingThere(c, resident);
        const [found] = whose ? await transactionsById(engine, [Number(id)]) : [];
        // What somebody has in another book is for the desks of that one.
        const transaction = found?.book === whose?.book ? found : undefined;
        if (!transaction || !membersOf(transaction).includes(resident))
          return refuse(c, problem('not-found'));
        await writeDown(c, resident);
        return c.json(await whyView(deps, explainers, transaction), 200);
      },
    );
};
