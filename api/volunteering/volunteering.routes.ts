/** Services recorded by staff or leaders, rated by a second person, and shown to the member. */
import type { Context } from 'hono';
import { findPerson } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import {
  actorOf,
  actorText,
  answer,
  cutPage,
  formatInstant,
  idempotencyKeyOf,
  isProblem,
  json,
  keyScope,
  markReplay,
  maskName,
  newModule,
  PAGE_LIMIT,
  parseInstant,
  parsePage,
  problem,
  refuse,
  route,
  subjectIn,
  type Actor,
  type Page,
} from '../platform/index.ts';
import { dayOf, DAY_MS, startOfDay, type Grade, type Step } from '../programme/index.ts';
import { listServices, serviceKey, servicesOfPlace } from './list-services.ts';
import { rateService } from './rate-service.ts';
import { recordService } from './record-service.ts';
import { findService, servedMinutes, type Service } from './service.ts';
import { servicesRecorded } from './services-of-day.ts';
import { voidService } from './void-service.ts';
import * as schemas from './volunteering.schemas.ts';
import * as examples from './volunteering.examples.ts';

export const volunteeringRoutes = (deps: ProductDeps) => {
  const { engine } = deps;
  const placeOfService = async (c: Context): Promise<string | undefined> =>
    (await findService(engine, c.req.param('service') ?? ''))?.place;
  const memberOfService = async (c: Context): Promise<readonly string[] | undefined> => {
    const service = await findService(engine, c.req.param('service') ?? '');
    return service && [service.member];
  };

  const view = async (service: Service, actor: Actor) => {
    const person = await findPerson(engine, service.member);
    return {
      id: service.id,
      place: service.place,
      member: {
        id: service.member,
        name: maskName(person?.name ?? ''),
        tail: (person?.phone ?? '').slice(-4),
      },
      type: service.type,
      startsAt: formatInstant(service.startsAt),
      endsAt: formatInstant(service.endsAt),
      minutes: servedMinutes(service),
      trust: service.trust,
      state: service.state,
      ...(service.grade === null ? {} : { grade: service.grade as Grade }),
      points: String(service.state === 'voided' ? 0 : service.points),
      steps: (service.steps as unknown as Step[]).map((step) => ({ ...step })),
      recordedByMe: service.recordedBy === actorText(actor),
      ...(service.awardTransaction === null ? {} : { award: String(service.awardTransaction) }),
      ...(service.settledTransaction === null ? {} : { settled: String(service.settledTransaction) }),
      ...(service.voidedTransaction === null
        ? {}
        : {
            voided: { reason: service.voidedReason ?? '', transaction: String(service.voidedTransaction) },
          }),
    };
  };
  const pageView = async (
    page: Page<string>,
    rows: readonly Service[],
    actor: Actor,
    keyOf = serviceKey('newest'),
  ) => {
    const cut = cutPage(page, rows, keyOf);
    return { ...cut, items: await Promise.all(cut.items.map((row) => view(row, actor))) };
  };
  const before = (page: Page<string>) => (page.after === undefined ? {} : { before: String(page.after.id) });

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/places/{place}/services',
        summary: '登记一次志愿服务 · Record a service',
        access: { who: ['staff', 'leader'], at: (c) => c.req.param('place') },
        movesPoints: true,
        request: { params: schemas.PlaceParams, body: json(schemas.NewServiceSchema) },
        responses: { 201: answer(schemas.ServiceSchema, '服务记录 · Service record') },
        problems: [
          'second-person-needed',
          'service-overlaps',
          'no-rule-in-force',
          'no-fund',
          'budget-exhausted',
          'cap-exceeded',
          'month-closed',
        ],
        example: examples.recordService,
      }),
      async (c) => {
        const body = c.req.valid('json');
        const { place } = c.req.valid('param');
        const input = {
          ...body,
          place,
          startsAt: parseInstant(body.startsAt),
          endsAt: parseInstant(body.endsAt),
          attendedFrom: parseInstant(body.attendedFrom),
          attendedTo: parseInstant(body.attendedTo),
        };
        const actor = actorOf(c);
        const done = await recordService(deps, {
          input,
          actor,
          key: idempotencyKeyOf(c),
          scope: keyScope(actor, place),
        });
        if (isProblem(done)) return refuse(c, done);
        if (done.posted.replayed) markReplay(c);
        const service = await findService(engine, done.service);
        return service ? c.json(await view(service, actor), 201) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/services',
        summary: '志愿服务列表 · Services of a place',
        access: { who: ['staff', 'leader', 'auditor'], at: (c) => c.req.param('place') },
        request: {
          params: schemas.PlaceParams,
          query: schemas.ServicesQuery,
        },
        responses: { 200: answer(schemas.ServicesSchema, '服务记录 · Services') },
        example: examples.listServices,
      }),
      async (c) => {
        const query = c.req.valid('query');
        const page = parsePage(query, 'newest', 'string', ['day']);
        if (isProblem(page)) return refuse(c, page);
        const { place } = c.req.valid('param');
        const rows = await servicesOfPlace(engine, {
          ...{ place, state: query.state ?? 'waiting', sort: page.sort, limit: page.limit + 1 },
          ...(page.after && { before: page.after }),
        });
        return c.json(await pageView(page, rows, actorOf(c), serviceKey(page.sort)), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/services-of-today',
        summary: '今天登记的服务 · Services recorded today',
        access: { who: ['staff', 'leader', 'auditor'], at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams },
        responses: { 200: answer(schemas.TodaySchema, '服务记录 · Services') },
        example: examples.servicesOfToday,
      }),
      async (c) => {
        const from = startOfDay(dayOf(deps.clock()));
        const span = { from, to: from + DAY_MS, limit: PAGE_LIMIT + 1 };
        const rows = await servicesRecorded(engine, { place: c.req.valid('param').place, ...span });
        const shown = rows.slice(0, PAGE_LIMIT);
        const items = await Promise.all(shown.map((service) => view(service, actorOf(c))));
        return c.json({ items, more: rows.length > PAGE_LIMIT }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/me/services',
        summary: '我的志愿服务 · My services',
        access: { who: ['member'], acting: 'view' },
        request: { query: schemas.MyServicesQuery },
        responses: { 200: answer(schemas.ServicesSchema, '服务记录 · Services') },
        example: examples.myServices,
      }),
      async (c) => {
        const { state, ...query } = c.req.valid('query');
        const page = parsePage(query, 'newest');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listServices(engine, {
          ...{ member: subjectIn(c), state, limit: page.limit + 1 },
          ...before(page),
        });
        return c.json(await pageView(page, rows, actorOf(c)), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/services/{service}',
        summary: '一次志愿服务 · One service',
        access: {
          who: ['staff', 'leader', 'auditor'],
          at: placeOfService,
          own: memberOfService,
          acting: 'view',
        },
        request: { params: schemas.ServiceParams },
        responses: { 200: answer(schemas.ServiceSchema, '服务记录 · Service record') },
        example: examples.oneService,
      }),
      async (c) => {
        const service = await findService(engine, c.req.valid('param').service);
        return service ? c.json(await view(service, actorOf(c)), 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/services/{service}/rating',
        summary: '评价一次志愿服务 · Rate a service',
        access: { who: ['staff', 'leader'], at: placeOfService },
        movesPoints: true,
        request: { params: schemas.ServiceParams, body: json(schemas.RatingSchema) },
        responses: { 200: answer(schemas.ServiceSchema, '服务记录 · Service record') },
        problems: [
          'second-person-needed',
          'service-not-over',
          'award-settled',
          'changed-meanwhile',
          'month-closed',
          'no-rule-in-force',
        ],
        example: examples.rateService,
      }),
      async (c) => {
        const actor = actorOf(c);
        if (actor.kind !== 'person') return refuse(c, problem('not-allowed'));
        const id = c.req.valid('param').service;
        const place = await placeOfService(c);
        const done = await rateService(deps, {
          service: id,
          grade: c.req.valid('json').grade,
          actor,
          key: idempotencyKeyOf(c),
          scope: keyScope(actor, place),
        });
        if (isProblem(done)) return refuse(c, done);
        if (done.posted.replayed) markReplay(c);
        const service = await findService(engine, id);
        return service ? c.json(await view(service, actor), 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/services/{service}/voiding',
        summary: '作废一条登记错的服务记录 · Void a service recorded by mistake',
        description:
          '发放的积分收回，待生效的退回预算，这段时间可以重新登记；记录和原因保留。Points are taken back, its time is free again, and the record stays with the reason.',
        access: { who: ['staff'], at: placeOfService },
        movesPoints: true,
        request: { params: schemas.ServiceParams, body: json(schemas.VoidingSchema) },
        responses: { 200: answer(schemas.ServiceSchema, '服务记录 · Service record') },
        problems: [
          'second-person-needed',
          'already-done',
          'changed-meanwhile',
          'month-closed',
          'no-rule-in-force',
        ],
        example: examples.voidService,
      }),
      async (c) => {
        const actor = actorOf(c);
        if (actor.kind !== 'person') return refuse(c, problem('not-allowed'));
        const id = c.req.valid('param').service;
        const done = await voidService(deps, {
          service: id,
          reason: c.req.valid('json').reason,
          actor,
          key: idempotencyKeyOf(c),
          scope: keyScope(actor, await placeOfService(c)),
        });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const service = await findService(engine, id);
        return service ? c.json(await view(service, actor), 200) : refuse(c, problem('not-found'));
      },
    );
};
