/** 窗口代问: staff ask about an entry for a resident who stands before them, and tell them how their questions stand. */
import type { Context } from 'hono';
import { logLook, personActor } from '../identity/index.ts';
import { transactionsById } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { actorText, answer, isProblem, json, newModule, problem, refuse, route } from '../platform/index.ts';
import { membersOf, type Explainer } from '../programme/index.ts';
import { askAbout } from './ask-about.ts';
import { findInquiry } from './find-inquiries.ts';
import * as examples from './inquiries.examples.ts';
import * as schemas from './inquiries.schemas.ts';
import { inquiryViews } from './inquiries.views.ts';
import { ownPage } from './own-page.ts';

export const inquiriesAtDeskRoutes = (deps: ProductDeps, explainers: readonly Explainer[]) => {
  const { engine, places, clock } = deps;
  const sources = { ...deps, explainers };
  const atDesk = { who: ['staff'], at: (c: Context) => c.req.param('estate') } as const;
  const livesThere = async (resident: string, estate: string): Promise<boolean> =>
    (await places.homesOf(resident, clock())).includes(estate);

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/residents/{resident}/inquiries',
        summary: '一位居民在这里问过的，查看会留下记录 · A resident’s questions, those asked here',
        access: atDesk,
        request: { params: schemas.ResidentParams, query: schemas.OwnQuery },
        responses: { 200: answer(schemas.InquiriesSchema, '疑问 · Questions') },
        problems: ['not-found'],
        example: examples.residentInquiries,
      }),
      async (c) => {
        const [{ estate, resident }, actor] = [c.req.valid('param'), personActor(c)];
        if (!(await livesThere(resident, estate))) return refuse(c, problem('not-found'));
        await logLook(deps, { actor: actorText(actor), subject: `person:${resident}`, place: estate });
        // What they asked in another community is the business of the staff there.
        const around = (await places.lineage(estate)).map(({ id }) => id);
        const query = c.req.valid('query');
        const page = await ownPage(sources, { member: resident, query, actor, around });
        return isProblem(page) ? refuse(c, page) : c.json(page, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/estates/{estate}/residents/{resident}/transactions/{transaction}/inquiries',
        summary: '替在场的居民对一笔积分提疑问 · Ask about a transaction for a resident at the desk',
        access: atDesk,
        request: { params: schemas.AskForResidentParams, body: json(schemas.QuestionAtDeskSchema) },
        responses: { 201: answer(schemas.InquirySchema, '已提交 · Asked') },
        problems: ['not-found', 'second-person-needed', 'inquiry-open', 'too-many-questions'],
        example: examples.askForResident,
      }),
      async (c) => {
        const actor = personActor(c);
        const { estate, resident, transaction: id } = c.req.valid('param');
        const { text, identified } = c.req.valid('json');
        if (!(await livesThere(resident, estate))) return refuse(c, problem('not-found'));
        // Nobody serves themselves at the desk.
        if (resident === actor.person) return refuse(c, problem('second-person-needed'));
        const [transaction] = await transactionsById(engine, [Number(id)]);
        // What somebody has in another book is for the desks of that one.
        const isHere = transaction?.book === (await places.bookOf(estate));
        if (!transaction || !isHere || !membersOf(transaction).includes(resident))
          return refuse(c, problem('not-found'));
        const done = await askAbout(deps, explainers, {
          ...{ transaction, text, actor, member: resident },
          actedBy: { by: actorText(actor), identified },
        });
        if (isProblem(done)) return refuse(c, done);
        const inquiry = await findInquiry(engine, done.inquiry);
        const [view] = inquiry ? await inquiryViews(sources, [inquiry], actor) : [];
        return view ? c.json(view, 201) : refuse(c, problem('not-found'));
      },
    );
};
