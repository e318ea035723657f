/** Questions about transactions: for the member who asks, and for the desk that answers. */
import type { Context } from 'hono';
import { FormatQuery, giveTable, personActor, tableAnswer } from '../identity/index.ts';
import { transactionsById } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import {
  answer,
  cutPage,
  isProblem,
  json,
  newModule,
  parsePage,
  problem,
  refuse,
  route,
  subjectOf,
} from '../platform/index.ts';
import type { PersonActor } from '../platform/index.ts';
import { membersOf, type Explainer } from '../programme/index.ts';
import { answerInquiry } from './answer-inquiry.ts';
import { askAbout } from './ask-about.ts';
import { closeInquiry } from './close-inquiry.ts';
import { countWaiting, findInquiry, listInquiries } from './find-inquiries.ts';
import * as examples from './inquiries.examples.ts';
import * as schemas from './inquiries.schemas.ts';
import { inquiryViews } from './inquiries.views.ts';
import { ownPage } from './own-page.ts';
import { inquiryTable } from './inquiry-table.ts';
import { reopenInquiry } from './reopen-inquiry.ts';
import { DESKS, roleOfDesk, type Desk } from './rules/index.ts';
import { mayWorkAt, peopleAtDesk } from './who-answers.ts';

const DESK_ROLES = DESKS.map(roleOfDesk);
const notYours = { field: 'desk', zh: '这里没有您的这个岗位', en: 'You do not work at this desk here' };

export const inquiriesRoutes = (deps: ProductDeps, explainers: readonly Explainer[]) => {
  const { engine } = deps;
  const sources = { ...deps, explainers };
  const asked = (c: Context) => findInquiry(engine, c.req.param('inquiry') ?? '');
  const placeOfInquiry = async (c: Context) => (await asked(c))?.place;
  const memberOfInquiry = async (c: Context) => {
    const inquiry = await asked(c);
    return inquiry && [inquiry.member];
  };
  /** Beside the member: a post that is not the desk's sees nothing of what is asked there. */
  const concerned = async (c: Context, actor: PersonActor) => {
    const inquiry = await asked(c);
    // A relative does nothing in the post that their principal holds.
    return inquiry && [inquiry.member, ...(actor.for ? [] : await peopleAtDesk(deps, inquiry))];
  };
  const found = async (c: Context) =>
    (await transactionsById(engine, [Number(c.req.param('transaction'))]))[0];
  const viewOf = async (id: string, actor: PersonActor) => {
    const inquiry = await findInquiry(engine, id);
    const [view] = inquiry ? await inquiryViews(sources, [inquiry], actor) : [];
    return view ?? problem('not-found');
  };

  /** The desk that was asked for, or the reader's own. */
  const deskOf = async (
    actor: PersonActor,
    { place, wanted }: { place: string; wanted: Desk | undefined },
  ) => {
    const desks = await mayWorkAt(deps, actor, place);
    const desk = wanted ?? desks.own[0] ?? 'staff';
    return desks.seen.includes(desk) ? desk : problem('invalid-input', { fields: [notYours] });
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/transactions/{transaction}/inquiries',
        summary: '对这笔有疑问 · Ask about a transaction',
        access: {
          who: [],
          own: async (c) => {
            const transaction = await found(c);
            return transaction && membersOf(transaction);
          },
          acting: 'view',
        },
        request: { params: schemas.TransactionParams, body: json(schemas.QuestionSchema) },
        responses: { 201: answer(schemas.InquirySchema, '已提交 · Asked') },
        problems: ['not-found', 'inquiry-open', 'too-many-questions'],
        example: examples.ask,
      }),
      async (c) => {
        const actor = personActor(c);
        const transaction = await found(c);
        if (!transaction) return refuse(c, problem('not-found'));
        const { text } = c.req.valid('json');
        const done = await askAbout(deps, explainers, { transaction, text, actor });
        if (isProblem(done)) return refuse(c, done);
        const view = await viewOf(done.inquiry, actor);
        return isProblem(view) ? refuse(c, view) : c.json(view, 201);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/me/inquiries',
        summary: '我问过的 · My questions',
        access: { who: ['member'], acting: 'view' },
        request: { query: schemas.OwnQuery },
        responses: { 200: answer(schemas.InquiriesSchema, '疑问 · Questions') },
        example: examples.myInquiries,
      }),
      async (c) => {
        const actor = personActor(c);
        const page = await ownPage(sources, { member: subjectOf(actor), query: c.req.valid('query'), actor });
        return isProblem(page) ? refuse(c, page) : c.json(page, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/inquiries',
        summary: '居民的疑问 · What residents ask',
        description:
          '按受理的岗位分：社区工作人员（staff）、店长（shop）、物业会计（fees）。等答复的先问先看。\n\nBy desk; those that wait for an answer come oldest first.',
        access: { who: DESK_ROLES, at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams, query: schemas.DeskQuery },
        responses: { 200: answer(schemas.InquiriesSchema, '疑问 · Questions') },
        example: examples.deskInquiries,
      }),
      async (c) => {
        const { desk: wanted, waiting, ...query } = c.req.valid('query');
        const actor = personActor(c);
        const { place } = c.req.valid('param');
        const desk = await deskOf(actor, { place, wanted });
        if (isProblem(desk)) return refuse(c, desk);
        const waits = waiting !== 'no';
        const page = parsePage(query, waits ? 'oldest' : 'newest');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listInquiries(engine, {
          ...{ place, desk, waits, order: page.sort, limit: page.limit + 1 },
          ...(page.after !== undefined && { after: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        return c.json({ ...cut, items: await inquiryViews(sources, cut.items, actor) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/inquiries/file',
        summary: '下载居民的疑问 · The questions of a desk as a file',
        access: { who: DESK_ROLES, at: (c) => c.req.param('place') },
        request: {
          params: schemas.PlaceParams,
          query: FormatQuery.extend(schemas.DeskQuery.pick({ desk: true, waiting: true }).shape),
        },
        responses: tableAnswer,
        example: examples.inquiryFile,
      }),
      async (c) => {
        const { format, desk: wanted, waiting } = c.req.valid('query');
        const actor = personActor(c);
        const { place } = c.req.valid('param');
        const desk = await deskOf(actor, { place, wanted });
        if (isProblem(desk)) return refuse(c, desk);
        const rows = inquiryTable(sources, { place, desk, waits: waiting !== 'no' }, actor);
        const of = { subject: 'inquiries', place, format, name: '居民的疑问' };
        return giveTable(deps, c, { ...of, rows, widths: [12, 10, 10, 24, 40, 40, 10, 12] });
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/waiting-inquiries',
        summary: '有几条疑问等我答复 · How many questions wait here',
        access: { who: DESK_ROLES, at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams },
        responses: { 200: answer(schemas.WaitingInquiriesSchema, '等答复的 · Waiting') },
        example: examples.waitingInquiries,
      }),
      async (c) => {
        const { place } = c.req.valid('param');
        const { own } = await mayWorkAt(deps, personActor(c), place);
        const desks = own.map(async (desk) => ({
          desk,
          waiting: await countWaiting(engine, { place, desk }),
        }));
        return c.json({ desks: await Promise.all(desks) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/inquiries/{inquiry}',
        summary: '一条疑问 · One question',
        access: { who: ['staff'], at: placeOfInquiry, own: concerned, acting: 'view' },
        request: { params: schemas.InquiryParams },
        responses: { 200: answer(schemas.InquirySchema, '疑问 · Question') },
        example: examples.oneInquiry,
      }),
      async (c) => {
        const actor = personActor(c);
        const inquiry = await asked(c);
        const view = inquiry ? await viewOf(inquiry.id, actor) : problem('not-found');
        return isProblem(view) ? refuse(c, view) : c.json(view, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/inquiries/{inquiry}/answer',
        summary: '答复居民的疑问 · Answer a question',
        access: { who: ['staff'], at: placeOfInquiry, own: concerned },
        request: { params: schemas.InquiryParams, body: json(schemas.AnswerSchema) },
        responses: { 200: answer(schemas.InquirySchema, '已答复 · Answered') },
        problems: [
          'not-found',
          'second-person-needed',
          'desk-answers',
          'inquiry-not-so',
          'changed-meanwhile',
        ],
        example: examples.answerInquiry,
      }),
      async (c) => {
        const [{ inquiry }, actor] = [c.req.valid('param'), personActor(c)];
        const refused = await answerInquiry(deps, { inquiry, actor, ...c.req.valid('json') });
        const view = refused ?? (await viewOf(inquiry, actor));
        return isProblem(view) ? refuse(c, view) : c.json(view, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/inquiries/{inquiry}/reopening',
        summary: '还不明白，再问一次 · Ask on',
        access: { who: [], own: memberOfInquiry, acting: 'view' },
        request: { params: schemas.InquiryParams, body: json(schemas.AnswerSchema) },
        responses: { 200: answer(schemas.InquirySchema, '已提交 · Asked on') },
        problems: ['not-found', 'asked-on-once', 'changed-meanwhile'],
        example: examples.reopenInquiry,
      }),
      async (c) => {
        const [{ inquiry }, actor] = [c.req.valid('param'), personActor(c)];
        const refused = await reopenInquiry(deps, { inquiry, actor, ...c.req.valid('json') });
        const view = refused ?? (await viewOf(inquiry, actor));
        return isProblem(view) ? refuse(c, view) : c.json(view, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/inquiries/{inquiry}/closing',
        summary: '办结一条疑问 · Close a question',
        access: { who: ['staff'], at: placeOfInquiry, own: concerned, acting: 'view' },
        request: { params: schemas.InquiryParams, body: json(schemas.SeenSchema) },
        responses: { 200: answer(schemas.InquirySchema, '已办结 · Closed') },
        problems: ['not-found', 'inquiry-not-so', 'changed-meanwhile', 'second-person-needed'],
        example: examples.closeInquiry,
      }),
      async (c) => {
        const [{ inquiry }, actor] = [c.req.valid('param'), personActor(c)];
        const refused = await closeInquiry(deps, { inquiry, actor, ...c.req.valid('json') });
        const view = refused ?? (await viewOf(inquiry, actor));
        return isProblem(view) ? refuse(c, view) : c.json(view, 200);
      },
    );
};
