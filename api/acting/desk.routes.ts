/** Whom a resident lets act for them, recorded at the desk by the paper that they signed. */
import type { Context } from 'hono';
import { personActor } from '../identity/index.ts';
import {
  actorText,
  answer,
  cutPage,
  isProblem,
  json,
  mayAt,
  newModule,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import * as examples from './acting.examples.ts';
import * as schemas from './acting.schemas.ts';
import { consentView } from './acting.views.ts';
import { listHelpers } from './find-consents.ts';
import type { ActingDeps } from './consent.routes.ts';
import { nameHelper } from './name-helper.ts';

const AT_THE_DESK = ['staff'] as const;

export const deskRoutes = (deps: ActingDeps) => {
  const { engine, clock, places } = deps;
  const estateOf = (c: Context): string => c.req.param('estate') ?? '';
  const livesThere = async (resident: string, estate: string) =>
    (await places.homesOf(resident, clock())).includes(estate);

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/residents/{resident}/helpers',
        summary: '这位居民请了谁代办 · Who may act for a resident',
        access: { who: AT_THE_DESK, at: estateOf },
        request: { params: schemas.ResidentParams, query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.ConsentsSchema, '代办 · Consents') },
        problems: ['not-found'],
        example: examples.residentHelpers,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const { estate, resident } = c.req.valid('param');
        if (!(await livesThere(resident, estate))) return refuse(c, problem('not-found'));
        const rows = await listHelpers(engine, {
          ...{ principal: resident, limit: page.limit + 1 },
          ...(page.after !== undefined && { before: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        const items = await Promise.all(cut.items.map((row) => consentView(engine, row, clock())));
        return c.json({ ...cut, items }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/estates/{estate}/residents/{resident}/helpers',
        summary: '登记签了字的代办单子 · Record a signed paper by which somebody may act',
        description:
          '工作人员不能登记自己；居民本人会收到消息和纸条。\n\nNobody names themselves, and the resident is told by a notice and a slip.',
        access: { who: AT_THE_DESK, at: estateOf },
        request: { params: schemas.ResidentParams, body: json(schemas.HelperOnPaperSchema) },
        responses: { 201: answer(schemas.ConsentSchema, '已登记 · Recorded') },
        problems: ['not-found', 'second-person-needed', 'too-many-helpers', 'helps-too-many'],
        example: examples.helperOnPaper,
      }),
      async (c) => {
        const actor = personActor(c);
        const { estate, resident } = c.req.valid('param');
        const { helper, ...said } = c.req.valid('json');
        if (!(await livesThere(resident, estate))) return refuse(c, problem('not-found'));
        // Whoever is served cannot serve themselves, as the one or as the other.
        if ([helper, resident].includes(actor.person)) return refuse(c, problem('second-person-needed'));
        if (!(await isSeen(helper))) return refuse(c, problem('not-found'));
        const done = await nameHelper(deps, {
          ...{ principal: resident, proxy: helper, given: 'paper', place: estate, by: actorText(actor) },
          ...said,
        });
        return isProblem(done) ? refuse(c, done) : c.json(await consentView(engine, done, clock()), 201);

        /** Staff name whom they can find: who lives where they work. */
        async function isSeen(person: string): Promise<boolean> {
          for (const home of await places.homesOf(person, clock()))
            if (await mayAt(actor, AT_THE_DESK, home, places)) return true;
          return false;
        }
      },
    );
};
