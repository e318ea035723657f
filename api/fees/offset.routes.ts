/** Offsets: quoted and confirmed by a resident of the house, cancelled until exported, seen by those who settle them. */
import type { Context } from 'hono';
import type { ProductDeps } from '../places/index.ts';
import {
  actorOf,
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
  subjectIn,
  type Actor,
  type AppEnv,
  type Page,
} from '../platform/index.ts';
import { findBill } from './bills.ts';
import { confirmOffset } from './confirm-offset.ts';
import * as schemas from './fees.schemas.ts';
import { offsetDocument, offsetViews, quoteView } from './fees.views.ts';
import { cancelOffset } from './give-back.ts';
import { partsOfOffset } from './offset-parts.ts';
import { findOffset, listOffsets, OFFSET_SORTS, offsetKey, offsetsOfEstate, type Offset } from './offsets.ts';
import { peopleOfBill } from './own-time.ts';
import { quoteForBill } from './quote-offset.ts';
import { askedOf, NewOffsetSchema, QuoteQuery, QuoteSchema } from './quote.schemas.ts';
import * as examples from './offset.examples.ts';

export const DECLINED = [
  'bill-reissued',
  'bill-cancelled',
  'no-firm',
  'no-rule-in-force',
  'not-owner-or-family',
  'item-not-allowed',
  'outside-window',
  'after-cut-off',
  'older-bill-first',
  'other-item-first',
  'arrears',
  'already-paid',
  'already-done',
  'below-threshold',
  'share-used',
  'monthly-cap-used',
  'no-points',
  'more-than-allowed',
  'nothing-to-offset',
] as const;

const LOOKS_UP = ['accountant', 'finance_lead', 'staff', 'auditor'] as const;

/** A helper who may only look sees nothing of the rest of the family: who agreed, agreed to be asked for points. */
function spends(actor: Actor): boolean {
  return actor.kind !== 'person' || actor.for === undefined || actor.for.may === 'spend';
}

export const offsetRoutes = (deps: ProductDeps) => {
  const { engine, clock } = deps;
  /** The rule then says who of them may. */
  const ownersOfBill = async (c: Context): Promise<string[] | undefined> => {
    const bill = await findBill(engine, c.req.param('bill') ?? '');
    return bill && peopleOfBill(engine, { bill, now: clock() });
  };
  /** Whoever made it, and those of the household whose points it took. */
  const membersOfOffset = async (c: Context): Promise<string[] | undefined> => {
    const offset = await findOffset(engine, c.req.param('offset') ?? '');
    if (!offset) return undefined;
    return membersOf(offset.id, offset.member);
  };
  const membersOf = async (id: string, asker = ''): Promise<string[]> => [
    asker,
    ...(await partsOfOffset(engine, id)).map(({ member }) => member),
  ];
  const estateOfOffset = async (c: Context): Promise<string | undefined> =>
    (await findOffset(engine, c.req.param('offset') ?? ''))?.estate;
  const view = async (c: Context<AppEnv>, id: string) => {
    const offset = await findOffset(engine, id);
    const reader = actorOf(c).kind === 'person' ? subjectIn(c) : undefined;
    const isOfHousehold = reader !== undefined && (await membersOf(id, offset?.member)).includes(reader);
    return offset && offsetDocument(engine, offset, isOfHousehold ? reader : undefined);
  };
  const pageView = async (page: Page<string>, rows: readonly Offset[], keyOf = offsetKey('newest')) => {
    const cut = cutPage(page, rows, keyOf);
    return { ...cut, items: await offsetViews(engine, cut.items) };
  };
  const before = (page: Page<string>) => (page.after === undefined ? {} : { before: String(page.after.id) });

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/bills/{bill}/offset-quote',
        summary: '这张账单能抵多少 · What could be offset of a bill',
        access: { who: [], own: ownersOfBill, acting: 'view' },
        request: { params: schemas.BillParams, query: QuoteQuery },
        responses: { 200: answer(QuoteSchema, '应缴 − 抵扣 = 还需 · Due − offset = to pay') },
        problems: [...DECLINED, 'terms-missing', 'month-closed'],
        example: examples.quote,
      }),
      async (c) => {
        const { value, whose } = c.req.valid('query');
        const maySpend = spends(actorOf(c));
        const quoted = await quoteForBill(deps, {
          bill: c.req.valid('param').bill,
          ...{ member: subjectIn(c), together: maySpend && whose === 'household' },
          ...(value === undefined ? {} : { wantedFen: schemas.fenOf(value) }),
        });
        if (isProblem(quoted)) return refuse(c, quoted);
        const seen = maySpend ? quoted : { ...quoted, agreed: [] };
        return c.json(await quoteView(engine, seen), 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/bills/{bill}/offsets',
        summary: '用积分抵扣账单 · Offset a bill with points',
        access: { who: [], own: ownersOfBill, acting: 'spend' },
        movesPoints: true,
        request: { params: schemas.BillParams, body: json(NewOffsetSchema) },
        responses: { 201: answer(schemas.OffsetDocumentSchema, '抵扣单 · Offset') },
        problems: [...DECLINED, 'quote-changed', 'terms-missing', 'month-closed', 'changed-meanwhile'],
        example: examples.confirmOffset,
      }),
      async (c) => {
        const actor = actorOf(c);
        const { bill } = c.req.valid('param');
        const asked = askedOf(c.req.valid('json'));
        const done = await confirmOffset(deps, {
          input: { bill, member: subjectIn(c), ...asked },
          actor,
          key: idempotencyKeyOf(c),
          scope: keyScope(actor),
        });
        if (isProblem(done)) return refuse(c, done);
        if (done.posted.replayed) markReplay(c);
        const offset = await view(c, done.offset);
        return offset ? c.json(offset, 201) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/me/offsets',
        summary: '我的抵扣单 · My offsets',
        access: { who: ['member'], acting: 'view' },
        request: { query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.OffsetsSchema, '抵扣单 · Offsets') },
        example: examples.myOffsets,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listOffsets(engine, {
          member: subjectIn(c),
          limit: page.limit + 1,
          ...before(page),
        });
        return c.json(await pageView(page, rows), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/offsets/{offset}',
        summary: '一张抵扣单 · One offset',
        access: { who: LOOKS_UP, at: estateOfOffset, own: membersOfOffset, acting: 'view' },
        request: { params: schemas.OffsetParams },
        responses: { 200: answer(schemas.OffsetDocumentSchema, '抵扣单 · Offset') },
        example: examples.oneOffset,
      }),
      async (c) => {
        const offset = await view(c, c.req.valid('param').offset);
        return offset ? c.json(offset, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/offsets/{offset}/cancellation',
        summary: '取消抵扣（交给物业之前） · Cancel an offset until it is exported',
        access: { who: [], own: membersOfOffset, acting: 'spend' },
        movesPoints: true,
        request: { params: schemas.OffsetParams },
        responses: { 200: answer(schemas.OffsetDocumentSchema, '抵扣单 · Offset') },
        problems: ['offset-settled', 'changed-meanwhile', 'month-closed'],
        example: examples.cancelOffset,
      }),
      async (c) => {
        const actor = actorOf(c);
        const id = c.req.valid('param').offset;
        const [who, of] = [subjectIn(c), await findOffset(engine, id)];
        const done = await cancelOffset(deps, {
          offset: id,
          ...{ actor, payer: of?.member === who ? undefined : who },
          key: idempotencyKeyOf(c),
          scope: keyScope(actor),
        });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const offset = await view(c, id);
        return offset ? c.json(offset, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/offsets',
        summary:
          '小区的抵扣单，可按状态、月份、单号和房屋查 · Offsets of an estate by state, month, number and house',
        access: {
          who: LOOKS_UP,
          at: (c) => c.req.param('estate'),
          scope: 'fees:read',
        },
        request: {
          params: schemas.EstateParams,
          query: pageQuery(OFFSET_SORTS).extend(schemas.OffsetFilterQuery.shape),
        },
        responses: { 200: answer(schemas.OffsetsSchema, '抵扣单 · Offsets') },
        example: examples.offsetsOfEstate,
      }),
      async (c) => {
        const query = c.req.valid('query');
        const page = parsePage(query, 'newest', 'string', ['most']);
        if (isProblem(page)) return refuse(c, page);
        const { estate } = c.req.valid('param');
        const rows = await offsetsOfEstate(engine, {
          ...{ estate, sort: page.sort, limit: page.limit + 1, ...schemas.offsetFilter(query) },
          ...(page.after && { before: page.after }),
        });
        return c.json(await pageView(page, rows, offsetKey(page.sort)), 200);
      },
    );
};
