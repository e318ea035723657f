/** Places, houses and who belongs to them: what staff look up, and what a resident sees as theirs. */
import type { Context } from 'hono';
import {
  actorOf,
  answer,
  cutPage,
  isProblem,
  json,
  newModule,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
  subjectIn,
  type Page,
} from '../platform/index.ts';
import { addChild } from './add-place.ts';
import { parseHouse } from './files/house-reference.ts';
import {
  dayIn,
  findHouse,
  findHouseByName,
  getHouses,
  listHouses,
  peopleOf,
  residenciesOf,
  type House,
} from './houses.ts';
import type { ProductDeps } from './index.ts';
import { listChildren, placesSeenBy } from './list-places.ts';
import * as schemas from './places.schemas.ts';
import { findPlaceRow, renamePlace } from './rename-place.ts';
import { houseView, onePlaceView, placeView, residentView } from './places.views.ts';
import * as examples from './places.examples.ts';

const LOOKS_UP = ['operator', 'staff', 'leader', 'accountant', 'finance_lead', 'auditor'] as const;
const KNOWS_A_PLACE = [
  'operator',
  'staff',
  'merchant_manager',
  'accountant',
  'finance_lead',
  'auditor',
] as const;
const ACTS_AT_A_PLACE = ['operator', 'staff', 'accountant', 'finance_lead', 'auditor'] as const;

export const placeRoutes = (deps: ProductDeps) => {
  const { engine, places, clock } = deps;
  const estateOfHouse = async (c: Context): Promise<string | undefined> =>
    (await findHouse(engine, c.req.param('house') ?? ''))?.estate;

  /** Names such as 3-2-0501 sort by their parts; the cursor carries them. */
  const houseAfter = (page: Page<string>) => {
    if (page.after === undefined) return {};
    const [building = '', unit = '', room = ''] = String(page.after.value).split('/');
    return { after: { building, unit, room } };
  };
  const housePage = async (
    page: Page<string>,
    estate: string,
    wanted: string | undefined,
  ): Promise<House[]> => {
    if (wanted === undefined)
      return listHouses(engine, { estate, limit: page.limit + 1, ...houseAfter(page) });
    const parsed = parseHouse({ room: wanted });
    if (!('house' in parsed)) return [];
    const house = await findHouseByName(engine, { estate, ...parsed.house });
    return house ? [house] : [];
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/places',
        summary: '与我有关的地方 · Places I act at or live in',
        access: { signedIn: true },
        responses: { 200: answer(schemas.MyPlacesSchema, '地方 · Places') },
        example: examples.myPlaces,
      }),
      async (c) => {
        const actor = actorOf(c);
        if (actor.kind !== 'person') return refuse(c, problem('not-allowed'));
        const found = await placesSeenBy(engine, actor, dayIn(clock()));
        return c.json({ items: found.map((place) => ({ ...placeView(place), roles: place.roles })) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}',
        summary: '一个地方 · One place',
        access: { who: KNOWS_A_PLACE, at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams },
        responses: { 200: answer(schemas.OnePlaceSchema, '地方 · Place') },
        example: examples.onePlace,
      }),
      async (c) => {
        const place = await findPlaceRow(engine, c.req.valid('param').place);
        return place ? c.json(onePlaceView(place), 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'put',
        path: '/places/{place}',
        summary: '更正地方的名称 · Correct the name of a place',
        access: { who: ['operator', 'staff'], at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams, body: json(schemas.RenamePlaceSchema) },
        responses: { 200: answer(schemas.OnePlaceSchema, '地方 · Place') },
        problems: ['changed-meanwhile', 'already-exists'],
        example: examples.renamePlace,
      }),
      async (c) => {
        const { name, version } = c.req.valid('json');
        const { place } = c.req.valid('param');
        const done = await renamePlace(deps, { place, name: name.trim(), version, actor: actorOf(c) });
        return isProblem(done) ? refuse(c, done) : c.json(onePlaceView(done), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/children',
        summary: '下级地方 · What lies within a place',
        access: { who: ACTS_AT_A_PLACE, at: (c) => c.req.param('place') },
        request: {
          params: schemas.PlaceParams,
          query: pageQuery(['oldest']).extend(schemas.ChildrenQuery.shape),
        },
        responses: { 200: answer(schemas.PlacesSchema, '地方 · Places') },
        example: examples.listChildren,
      }),
      async (c) => {
        const query = c.req.valid('query');
        const page = parsePage(query, 'oldest');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listChildren(engine, {
          place: c.req.valid('param').place,
          kind: query.kind,
          limit: page.limit + 1,
          ...(page.after === undefined ? {} : { after: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        return c.json({ ...cut, items: cut.items.map(placeView) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/places/{place}/children',
        summary: '登记小区、商家或物业公司 · Add a place within a place',
        access: { who: ['operator'], at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams, body: json(schemas.NewPlaceSchema) },
        responses: {
          201: answer(schemas.PlaceSchema, '已登记，重复登记得到同一个 · Added, or already there'),
        },
        problems: ['already-exists', 'not-found'],
        example: examples.addPlace,
      }),
      async (c) => {
        const { firm, ...child } = c.req.valid('json');
        const place = await addChild(deps, {
          ...{ ...child, parent: c.req.valid('param').place, by: actorOf(c) },
          ...(firm !== undefined && { firm }),
        });
        return isProblem(place) ? refuse(c, place) : c.json(placeView(place), 201);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/houses',
        summary: '小区的房屋 · Houses of an estate',
        access: { who: LOOKS_UP, at: (c) => c.req.param('estate') },
        request: {
          params: schemas.EstateParams,
          query: pageQuery(['name']).extend(schemas.HouseQuery.shape),
        },
        responses: { 200: answer(schemas.HousesSchema, '房屋 · Houses') },
        example: examples.listHouses,
      }),
      async (c) => {
        const query = c.req.valid('query');
        const page = parsePage(query, 'name');
        if (isProblem(page)) return refuse(c, page);
        const rows = await housePage(page, c.req.valid('param').estate, query.house);
        const cut = cutPage(page, rows, ({ id, building, unit, room }) => {
          return { value: [building, unit, room].join('/'), id };
        });
        return c.json({ ...cut, items: cut.items.map(houseView) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/houses/{house}/residents',
        summary: '这套房屋的人 · Who belongs to a house on a day',
        access: { who: LOOKS_UP, at: estateOfHouse },
        request: { params: schemas.HouseParams, query: schemas.DayQuery },
        responses: { 200: answer(schemas.ResidentsSchema, '姓名已脱敏 · Masked') },
        example: examples.listResidents,
      }),
      async (c) => {
        const { day = dayIn(clock()) } = c.req.valid('query');
        const found = await peopleOf(engine, c.req.valid('param').house, day);
        return c.json({ items: await Promise.all(found.map((r) => residentView(engine, r))) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/me/houses',
        summary: '我的房屋 · My houses',
        access: { signedIn: true, acting: 'view' },
        responses: { 200: answer(schemas.MyHousesSchema, '房屋 · Houses') },
        example: examples.myHouses,
      }),
      async (c) => {
        const mine = await residenciesOf(engine, subjectIn(c), dayIn(clock()));
        const houses = await getHouses(
          engine,
          mine.map((r) => r.house),
        );
        const items = [];
        for (const { house: id, relation } of mine) {
          const house = houses.get(id);
          if (!house) continue;
          const estate = await places.find(house.estate);
          items.push({ ...houseView(house), relation, estateName: estate?.name ?? '' });
        }
        return c.json({ items }, 200);
      },
    );
};
