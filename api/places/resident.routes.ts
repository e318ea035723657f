/** The desk finds a resident: who lives where in an estate. */
import { canSignIn, diedOn, findPerson, personActor } from '../identity/index.ts';
import {
  answer,
  cutPage,
  isProblem,
  json,
  maskName,
  newModule,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
  type Page,
} from '../platform/index.ts';
import { findResidents, type ResidentAfter } from './find-residents.ts';
import { dayIn, getHouses, residenciesOf } from './houses.ts';
import type { ProductDeps } from './index.ts';
import { registerResident } from './register-resident.ts';
import * as schemas from './places.schemas.ts';
import { houseView, tailOf } from './places.views.ts';
import * as examples from './places.examples.ts';
import { parseWanted } from './wanted-resident.ts';

/** Who serves residents at a desk. */
const AT_THE_DESK = ['staff', 'operator'] as const;

/** The cursor carries the house by its parts; none of them has a slash. */
function residentAfter({ after }: Page<string>): { after?: ResidentAfter } {
  if (after === undefined) return {};
  const [building = '', unit = '', room = ''] = String(after.value).split('/');
  return { after: { building, unit, room, person: String(after.id) } };
}

export const residentRoutes = (deps: ProductDeps) => {
  const { engine, clock } = deps;
  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/residents',
        summary: '找居民：房号、姓名、拼音首字母或手机尾号 · Find a resident',
        access: { who: AT_THE_DESK, at: (c) => c.req.param('estate') },
        request: {
          params: schemas.EstateParams,
          query: pageQuery(['house']).extend(schemas.FindResidentQuery.shape),
        },
        responses: { 200: answer(schemas.FoundResidentsSchema, '姓名已脱敏 · Masked') },
        example: examples.findResidents,
      }),
      async (c) => {
        const query = c.req.valid('query');
        const page = parsePage(query, 'house');
        if (isProblem(page)) return refuse(c, page);
        const wanted = parseWanted(query.find);
        if (wanted === undefined) return c.json({ items: [] }, 200);
        const rows = await findResidents(engine, {
          ...{ estate: c.req.valid('param').estate, wanted, day: dayIn(clock()) },
          ...{ limit: page.limit + 1, ...residentAfter(page) },
        });
        const cut = cutPage(page, rows, ({ house, person }) => {
          return { value: [house.building, house.unit, house.room].join('/'), id: person };
        });
        const items = cut.items.map(({ person, name, phone, relation, house }) => ({
          ...{ person, name: maskName(name ?? ''), tail: tailOf(phone), relation },
          house: houseView(house),
        }));
        return c.json({ ...cut, items }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/estates/{estate}/residents',
        summary: '登记新居民 · Register a newcomer',
        description:
          '与花名册的一行规则相同：姓名和手机号都对得上的是同一个人。没有见过的房屋、别人的手机号、同名的人会先问（not-confirmed），用 confirm 回答。As one line of a roster; a new house, a phone of somebody else and a namesake are asked about first (not-confirmed) and answered with confirm.',
        access: { who: AT_THE_DESK, at: (c) => c.req.param('estate') },
        request: { params: schemas.EstateParams, body: json(schemas.NewcomerSchema) },
        responses: { 201: answer(schemas.RegisteredSchema, '已登记 · Registered') },
        problems: ['not-found', 'already-exists', 'not-confirmed', 'changed-meanwhile'],
        example: examples.registerResident,
      }),
      async (c) => {
        const { name, confirm = [], ...said } = c.req.valid('json');
        const { estate } = c.req.valid('param');
        const who = { ...said, name: name.trim(), estate, confirmed: confirm };
        const done = await registerResident(deps, personActor(c), who);
        return isProblem(done) ? refuse(c, done) : c.json(done, 201);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/residents/{resident}',
        summary: '一位居民 · One resident',
        access: { who: AT_THE_DESK, at: (c) => c.req.param('estate') },
        request: { params: schemas.ResidentParams },
        responses: { 200: answer(schemas.ResidentSchema, '姓名已脱敏 · Masked') },
        problems: ['not-found'],
        example: examples.getResident,
      }),
      async (c) => {
        const { estate, resident } = c.req.valid('param');
        const died = await diedOn(engine, resident);
        // Whoever died is shown where they lived then, so that the desk reads why nothing works any more.
        const mine = await residenciesOf(engine, resident, died ?? dayIn(clock()));
        const houses = await getHouses(
          engine,
          mine.map(({ house }) => house),
        );
        const homes = mine.flatMap(({ house: id, relation }) => {
          const house = houses.get(id);
          return house?.estate === estate ? [{ ...houseView(house), relation }] : [];
        });
        if (homes.length === 0) return refuse(c, problem('not-found'));
        const person = await findPerson(engine, resident);
        const shown = { name: maskName(person?.name ?? ''), tail: tailOf(person?.phone ?? null) };
        const signsIn = died === undefined && (await canSignIn(engine, resident));
        const told = { canSignIn: signsIn, ...(died === undefined ? {} : { diedOn: died }) };
        return c.json({ person: resident, ...shown, ...told, homes }, 200);
      },
    );
};
