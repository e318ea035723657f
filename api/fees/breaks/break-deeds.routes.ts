/** What people do about one break: resolve it, take that back, say something, and who sees to it. */
import type { Context } from 'hono';
import type { ProductDeps } from '../../places/index.ts';
import {
  actorOf,
  actorText,
  answer,
  idempotencyKeyOf,
  isProblem,
  json,
  keyScope,
  markReplay,
  newModule,
  noContent,
  problem,
  refuse,
  route,
  type AppEnv,
  type Problem,
} from '../../platform/index.ts';
import { breakViews } from '../break-views.ts';
import { findBreak, resolveBreak, type BreakRow } from '../resolve-break.ts';
import { sayOfBreak } from './break-events.ts';
import * as examples from './break.examples.ts';
import * as schemas from './break.schemas.ts';
import { monthClosing } from './carry-break.ts';
import { declineAsked } from './decline-asked.ts';
import { ownBreak } from './own-break.ts';
import { reverseWriteOff } from './reverse-write-off.ts';
import { undoBreak } from './undo-break.ts';

const WORKS = ['accountant', 'finance_lead'] as const;

/** As whoever asks sees them. */
export async function breakViewsFor(deps: ProductDeps, c: Context<AppEnv>, breaks: readonly BreakRow[]) {
  const [first] = breaks;
  const closing = first && (await monthClosing(deps, first.estate));
  return breakViews(deps.engine, breaks, { reader: actorText(actorOf(c)), now: deps.clock(), closing });
}

/** What every deed about a break begins and ends with. */
export const breakDeed = (deps: ProductDeps) => {
  const { engine } = deps;
  const estateOfBreak = async (c: Context): Promise<string | undefined> =>
    (await findBreak(engine, c.req.param('break') ?? ''))?.estate;
  /** One break as it is after what was done, or why it was not. */
  const answerWith = async (c: Context<AppEnv>, done: { replayed: boolean } | Problem) => {
    if (isProblem(done)) return done;
    if (done.replayed) markReplay(c);
    const row = await findBreak(engine, c.req.param('break') ?? '');
    const [view] = row ? await breakViewsFor(deps, c, [row]) : [];
    return view ?? problem('not-found');
  };
  const asked = async (c: Context<AppEnv>) => {
    const actor = actorOf(c);
    const id = c.req.param('break') ?? '';
    return { break: id, actor, key: idempotencyKeyOf(c), scope: keyScope(actor, await estateOfBreak(c)) };
  };
  const worksOn = { who: WORKS, at: estateOfBreak } as const;
  return { estateOfBreak, worksOn, answerWith, asked };
};

export const breakDeedRoutes = (deps: ProductDeps) => {
  const { worksOn, answerWith, asked } = breakDeed(deps);

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/breaks/{break}/resolution',
        summary: '处理一个差异 · Resolve a break',
        description:
          '能怎样处理，要看是哪一种差异（offers）。要动积分、又和建议不同的，或者要转销的，由会计提出，财务负责人再提出同一种办法才会办；没有财务负责人的，由另一位会计来提。carry 结转到下月：还没办结，但不挡这个月关账。What is possible depends on its kind (offers). What moves points against the proposal, or writes off, is done when the finance lead asks for the same after the accountant, or a second accountant where there is no finance lead. carry: it stays open, and is the next month’s.',
        access: worksOn,
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
          'no-firm',
        ],
        example: examples.resolveBreak,
      }),
      async (c) => {
        const done = await resolveBreak(deps, { ...(await asked(c)), ...c.req.valid('json') });
        const view = await answerWith(c, done);
        return isProblem(view) ? refuse(c, view) : c.json(view, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/breaks/{break}/undo',
        summary: '撤销刚才的处理 · Undo what was just done',
        description:
          '没有动积分、没有记账的，当天由本人撤销（undo 说明能不能）；后来又对过清单、关了账，或者抵扣单已经办结的，不能撤销。What moved no points and was not booked is undone by who did it, on the same day (see undo), unless a later list was compared, a month was closed, or the offset was settled since.',
        access: worksOn,
        movesPoints: true,
        request: { params: schemas.BreakParams },
        responses: { 200: answer(schemas.BreakSchema, '差异 · Break') },
        problems: ['undo-not-possible', 'changed-meanwhile', 'month-closed'],
        example: examples.undo,
      }),
      async (c) => {
        const view = await answerWith(c, await undoBreak(deps, await asked(c)));
        return isProblem(view) ? refuse(c, view) : c.json(view, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/breaks/{break}/write-off-reversal',
        summary: '撤销转销 · Take a write-off back',
        description:
          '转销错了的，由会计提出、财务负责人再来一次才办（没有财务负责人的，由另一位会计来）。原来的一笔留着，另记一笔负数，算在没有关账的这个月；差异又回到待处理，经过和天数照旧。已经付给物业的积分不动。What was written off wrongly is taken back when a second person asks for the same. The first row stays, one below zero is booked in the month that is open, and the difference is open again with its thread and age. Points that were handed over stay so.',
        access: worksOn,
        movesPoints: true,
        request: { params: schemas.BreakParams, body: json(schemas.ReverseSchema) },
        responses: { 200: answer(schemas.BreakSchema, '差异 · Break') },
        problems: [
          'undo-not-possible',
          'already-done',
          'second-person-needed',
          'finance-lead-needed',
          'accountant-needed',
          'changed-meanwhile',
          'month-closed',
        ],
        example: examples.reverse,
      }),
      async (c) => {
        const done = await reverseWriteOff(deps, { ...(await asked(c)), ...c.req.valid('json') });
        const view = await answerWith(c, done);
        return isProblem(view) ? refuse(c, view) : c.json(view, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/breaks/{break}/refusal',
        summary: '不同意同事的提议 · Decline what a colleague asked for',
        description:
          '要两个人才办的（退回、冲回、转销、撤销转销），第二位不同意时写明原因：不办，退回给提出的人，记在经过里。What takes two people is declined by the second, with a reason: nothing is done, it is with whoever asked again, and the thread keeps it.',
        access: worksOn,
        movesPoints: true,
        request: { params: schemas.BreakParams, body: json(schemas.DeclineSchema) },
        responses: { 200: answer(schemas.BreakSchema, '差异 · Break') },
        problems: [
          ...(['nothing-asked', 'second-person-needed', 'finance-lead-needed'] as const),
          ...(['changed-meanwhile', 'month-closed'] as const),
        ],
        example: examples.decline,
      }),
      async (c) => {
        const done = await declineAsked(deps, { ...(await asked(c)), ...c.req.valid('json') });
        const view = await answerWith(c, done);
        return isProblem(view) ? refuse(c, view) : c.json(view, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/breaks/{break}/owner',
        summary: '谁来跟进 · Who sees to a break',
        access: worksOn,
        movesPoints: true,
        request: { params: schemas.BreakParams, body: json(schemas.OwnSchema) },
        responses: { 200: answer(schemas.BreakSchema, '差异 · Break') },
        problems: ['not-found', 'already-done', 'changed-meanwhile', 'month-closed'],
        example: examples.own,
      }),
      async (c) => {
        const view = await answerWith(
          c,
          await ownBreak(deps, { ...(await asked(c)), ...c.req.valid('json') }),
        );
        return isProblem(view) ? refuse(c, view) : c.json(view, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/breaks/{break}/events',
        summary: '给差异写一句说明或凭据 · Say something of a break',
        access: worksOn,
        movesPoints: true,
        request: { params: schemas.BreakParams, body: json(schemas.SaySchema) },
        responses: { 204: noContent },
        problems: ['thread-full', 'changed-meanwhile', 'month-closed'],
        example: examples.say,
      }),
      async (c) => {
        const done = await sayOfBreak(deps, { ...(await asked(c)), ...c.req.valid('json') });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        return c.body(null, 204);
      },
    );
};
