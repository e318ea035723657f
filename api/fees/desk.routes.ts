/**
 * 窗口代办: staff offset a bill for a resident who stands before them, and take such an offset back. The resident is told,
 * the voucher says so, and it says how they were known.
 */
import type { Context } from 'hono';
import { PresentShape, type Identified } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import {
  actorOf,
  actorText,
  answer,
  cutPage,
  idempotencyKeyOf,
  IdSchema,
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
  z,
  type Actor,
  type AppEnv,
} from '../platform/index.ts';
import { findBill } from './bills.ts';
import { confirmOffset } from './confirm-offset.ts';
import * as schemas from './fees.schemas.ts';
import { offsetDocument, offsetViews, quoteView } from './fees.views.ts';
import { cancelOffset } from './give-back.ts';
import { partsOfOffset } from './offset-parts.ts';
import { findOffset, listOffsets } from './offsets.ts';
import { DECLINED } from './offset.routes.ts';
import { quoteForBill } from './quote-offset.ts';
import { askedOf, NewOffsetSchema, QuoteQuery, QuoteSchema } from './quote.schemas.ts';
import * as examples from './offset.examples.ts';

const ResidentParams = z.object({ estate: IdSchema, resident: IdSchema });
const BillOfResident = ResidentParams.extend(schemas.BillParams.shape);
const OffsetOfResident = ResidentParams.extend(schemas.OffsetParams.shape);
const OffsetAtDeskSchema = NewOffsetSchema.extend(PresentShape).openapi('OffsetAtDesk');
const CancelAtDeskSchema = z.strictObject(PresentShape).openapi('CancelAtDesk');

export const deskOffsetRoutes = (deps: ProductDeps) => {
  const { engine, clock, places } = deps;
  const atDesk = { who: ['staff'], at: (c: Context) => c.req.param('estate') } as const;
  /** A bill of this estate, and somebody who lives there; what else speaks against it is the rule's to say. */
  const areHere = async ({ estate, resident, bill }: z.infer<typeof BillOfResident>): Promise<boolean> =>
    (await findBill(engine, bill))?.estate === estate &&
    (await places.homesOf(resident, clock())).includes(estate);
  const actedBy = (actor: Actor, identified: Identified) => ({ by: actorText(actor), identified });
  /** Nobody serves themselves at the desk. */
  const isSelf = (c: Context<AppEnv>, resident: string): boolean =>
    actorText(actorOf(c)) === `person:${resident}`;

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/residents/{resident}/bills/{bill}/offset-quote',
        summary: '替在场的居民看能抵多少 · What could be offset for a resident at the desk',
        access: atDesk,
        request: { params: BillOfResident, query: QuoteQuery },
        responses: { 200: answer(QuoteSchema, '应缴 − 抵扣 = 还需 · Due − offset = to pay') },
        problems: [...DECLINED, 'terms-missing', 'month-closed', 'not-found'],
        example: examples.quoteAtDesk,
      }),
      async (c) => {
        const of = c.req.valid('param');
        const { value, whose } = c.req.valid('query');
        if (!(await areHere(of))) return refuse(c, problem('not-found'));
        const quoted = await quoteForBill(deps, {
          ...{ bill: of.bill, member: of.resident, together: whose === 'household' },
          ...(value !== undefined && { wantedFen: schemas.fenOf(value) }),
        });
        return isProblem(quoted) ? refuse(c, quoted) : c.json(await quoteView(engine, quoted), 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/estates/{estate}/residents/{resident}/bills/{bill}/offsets',
        summary: '替在场的居民抵扣账单 · Offset a bill for a resident at the desk',
        access: atDesk,
        movesPoints: true,
        request: { params: BillOfResident, body: json(OffsetAtDeskSchema) },
        responses: { 201: answer(schemas.OffsetDocumentSchema, '抵扣单 · Offset') },
        problems: [
          ...DECLINED,
          ...(['second-person-needed', 'quote-changed', 'terms-missing'] as const),
          ...(['month-closed', 'changed-meanwhile', 'not-found'] as const),
        ],
        example: examples.offsetAtDesk,
      }),
      async (c) => {
        const actor = actorOf(c);
        const of = c.req.valid('param');
        const { identified, ...asked } = c.req.valid('json');
        if (!(await areHere(of))) return refuse(c, problem('not-found'));
        if (isSelf(c, of.resident)) return refuse(c, problem('second-person-needed'));
        const done = await confirmOffset(deps, {
          input: { bill: of.bill, member: of.resident, ...askedOf(asked) },
          ...{ actor, actedBy: actedBy(actor, identified) },
          ...{ key: idempotencyKeyOf(c), scope: keyScope(actor, of.estate) },
        });
        if (isProblem(done)) return refuse(c, done);
        if (done.posted.replayed) markReplay(c);
        return documentOf(c, done.offset, 201);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/residents/{resident}/offsets',
        summary: '一位居民在本小区的抵扣单 · Offsets of a resident in this estate',
        access: atDesk,
        request: { params: ResidentParams, query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.OffsetsSchema, '抵扣单 · Offsets') },
        example: examples.offsetsAtDesk,
      }),
      async (c) => {
        const { estate, resident } = c.req.valid('param');
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const after = page.after === undefined ? {} : { before: String(page.after.id) };
        const of = { member: resident, estate };
        const rows = await listOffsets(engine, { ...of, limit: page.limit + 1, ...after });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        return c.json({ ...cut, items: await offsetViews(engine, cut.items) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/estates/{estate}/residents/{resident}/offsets/{offset}/cancellation',
        summary: '替在场的居民取消抵扣 · Cancel an offset for a resident at the desk',
        access: atDesk,
        movesPoints: true,
        request: { params: OffsetOfResident, body: json(CancelAtDeskSchema) },
        responses: { 200: answer(schemas.OffsetDocumentSchema, '抵扣单 · Offset') },
        problems: [
          'not-found',
          'second-person-needed',
          'offset-settled',
          'changed-meanwhile',
          'month-closed',
        ],
        example: examples.cancelAtDesk,
      }),
      async (c) => {
        const actor = actorOf(c);
        const { estate, resident, offset } = c.req.valid('param');
        const found = await findOffset(engine, offset);
        const payers = found ? (await partsOfOffset(engine, found.id)).map(({ member }) => member) : [];
        const isTheirs = found?.member === resident || payers.includes(resident);
        if (found?.estate !== estate || !isTheirs) return refuse(c, problem('not-found'));
        if (isSelf(c, resident)) return refuse(c, problem('second-person-needed'));
        const by = { actor, actedBy: actedBy(actor, c.req.valid('json').identified) };
        const done = await cancelOffset(deps, {
          ...{ offset, ...by, payer: found.member === resident ? undefined : resident },
          ...{ key: idempotencyKeyOf(c), scope: keyScope(actor, estate) },
        });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        return documentOf(c, offset, 200);
      },
    );

  async function documentOf<Status extends 200 | 201>(c: Context<AppEnv>, id: string, status: Status) {
    const offset = await findOffset(engine, id);
    const document = offset && (await offsetDocument(engine, offset));
    return document ? c.json(document, status) : refuse(c, problem('not-found'));
  }
};
