/** Which property firm serves an estate, and who said so. */
import { findPerson } from '../identity/index.ts';
import {
  actorOf,
  answer,
  cutPage,
  formatInstant,
  isProblem,
  json,
  newModule,
  noContent,
  pageQuery,
  parsePage,
  refuse,
  route,
} from '../platform/index.ts';
import * as examples from './estate-firm.examples.ts';
import * as schemas from './estate-firm.schemas.ts';
import { firmOf, firmsNear, listEstateFirms, onlyFirmNear, type EstateFirm } from './estate-firms.ts';
import { dayIn } from './houses.ts';
import type { ProductDeps } from './index.ts';
import { nameFirm, versionOfFirms } from './name-firm.ts';
import { EstateParams, PlaceParams } from './places.schemas.ts';
import { SINCE_EVER } from './roster-plan.ts';

const LOOKS = ['operator', 'staff', 'accountant', 'finance_lead', 'auditor'] as const;

export const estateFirmRoutes = (deps: ProductDeps) => {
  const { engine, places, clock } = deps;

  async function firmView({ id, firm, since, until, reason, namedBy, createdAt }: EstateFirm) {
    const [kind, who = ''] = namedBy.split(':');
    const by = kind === 'person' ? ((await findPerson(engine, who))?.name ?? '') : '';
    return {
      ...{ id, firm, name: (await places.find(firm))?.name ?? '', reason, by, at: formatInstant(createdAt) },
      ...(since !== SINCE_EVER && { since }),
      ...(until !== null && { until }),
    };
  }

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/firms',
        summary: '小区的物业公司，从前、现在、以后 · The firms of an estate',
        access: { who: LOOKS, at: (c) => c.req.param('estate') },
        request: { params: EstateParams, query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.EstateFirmsSchema, '物业公司 · Firms') },
        example: examples.estateFirms,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const { estate } = c.req.valid('param');
        // Before the rows: whoever changes what they see of them is refused where one came meanwhile.
        const version = await versionOfFirms(engine, estate);
        const limits = { after: page.after, limit: page.limit + 1 };
        const rows = await listEstateFirms(engine, { estate, ...limits });
        const cut = cutPage(page, rows, ({ id, since }) => ({ value: since, id }));
        const now = await firmOf(deps, { estate, day: dayIn(clock()) });
        const near = await firmsNear(engine, await places.lineage(estate));
        const view = {
          ...cut,
          items: await Promise.all(cut.items.map(firmView)),
          version,
          ...(!isProblem(now) && { now: { id: now.id, name: now.name } }),
          choices: near.map(({ id, name }) => ({ id, name })),
        };
        return c.json(view, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/firms-near',
        summary: '新小区可选的物业公司 · The firms that may serve a new estate here',
        access: { who: ['operator', 'staff'], at: (c) => c.req.param('place') },
        request: { params: PlaceParams },
        responses: { 200: answer(schemas.FirmsNearSchema, '物业公司 · Firms') },
        example: examples.firmsNear,
      }),
      async (c) => {
        const lineage = await places.lineage(c.req.valid('param').place);
        const only = await onlyFirmNear(engine, lineage);
        const choices = (await firmsNear(engine, lineage)).map(({ id, name }) => ({ id, name }));
        return c.json({ ...(only && { only: { id: only.id, name: only.name } }), choices }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/estates/{estate}/firms',
        summary: '选定小区的物业公司，从哪天起 · Say which firm serves an estate from a day on',
        access: { who: ['operator', 'staff'], at: (c) => c.req.param('estate') },
        request: { params: EstateParams, body: json(schemas.NameFirmSchema) },
        responses: { 204: noContent },
        problems: ['not-found', 'changed-meanwhile'],
        example: examples.nameFirm,
      }),
      async (c) => {
        const { estate } = c.req.valid('param');
        const refused = await nameFirm(deps, { estate, actor: actorOf(c), ...c.req.valid('json') });
        return refused ? refuse(c, refused) : c.body(null, 204);
      },
    );
};
