/** Houses as a thing of their own: how they are lived in, one with all who ever belonged to it, and its sale. */
import type { Context } from 'hono';
import { FormatQuery, giveTable, personActor, tableAnswer } from '../identity/index.ts';
import {
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
} from '../platform/index.ts';
import { dayIn, findHouse } from './houses.ts';
import type { ProductDeps } from './index.ts';
import * as examples from './house.examples.ts';
import * as schemas from './house.schemas.ts';
import { houseDetail, occupancyTable, occupancyView } from './house.views.ts';
import { listOccupancy } from './list-occupancy.ts';
import { sellHouse } from './sell-house.ts';

const SEES = ['operator', 'staff', 'auditor'] as const;
const WORKS = ['operator', 'staff'] as const;

export const houseRoutes = (deps: ProductDeps) => {
  const { engine, clock } = deps;
  const atEstate = (c: Context) => c.req.param('estate');
  const estateOfHouse = async (c: Context): Promise<string | undefined> =>
    (await findHouse(engine, c.req.param('house') ?? ''))?.estate;

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/occupancy',
        summary: '房屋名册：谁的、住着几个人 · Houses and how they are lived in',
        access: { who: SEES, at: atEstate },
        request: {
          params: schemas.EstateParams,
          query: pageQuery(['name']).extend(schemas.OccupancyQuery.shape),
        },
        responses: { 200: answer(schemas.OccupancySchema, '姓名已脱敏 · Masked') },
        example: examples.listOccupancy,
      }),
      async (c) => {
        const { state = 'all', ...query } = c.req.valid('query');
        const page = parsePage(query, 'name');
        if (isProblem(page)) return refuse(c, page);
        const [building = '', unit = '', room = ''] = String(page.after?.value ?? '').split('/');
        const rows = await listOccupancy(engine, {
          ...{ estate: c.req.valid('param').estate, day: dayIn(clock()), state, limit: page.limit + 1 },
          ...(page.after !== undefined && { after: { building, unit, room } }),
        });
        const cut = cutPage(page, rows, ({ house }) => {
          return { value: [house.building, house.unit, house.room].join('/'), id: house.id };
        });
        const items = await Promise.all(cut.items.map((row) => occupancyView(engine, row)));
        return c.json({ ...cut, items }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/occupancy/file',
        summary: '下载房屋名册 · The houses as a file',
        access: { who: SEES, at: atEstate },
        request: {
          params: schemas.EstateParams,
          query: FormatQuery.extend(schemas.OccupancyQuery.shape),
        },
        responses: tableAnswer,
        example: examples.occupancyFile,
      }),
      (c) => {
        const { estate } = c.req.valid('param');
        const { format, state = 'all' } = c.req.valid('query');
        const rows = occupancyTable(engine, { estate, state, day: dayIn(clock()) });
        const of = { subject: 'occupancy', place: estate, format, name: '房屋名册' };
        return giveTable(deps, c, { ...of, rows, widths: [16, 24, 10, 10] });
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/houses/{house}',
        summary: '一套房屋：现在和以前的人 · One house, and who belongs or belonged to it',
        access: { who: SEES, at: estateOfHouse },
        request: { params: schemas.HouseParams },
        responses: { 200: answer(schemas.OneHouseSchema, '姓名已脱敏 · Masked') },
        problems: ['not-found'],
        example: examples.oneHouse,
      }),
      async (c) => {
        const detail = await houseDetail(deps, c.req.valid('param').house);
        return detail ? c.json(detail, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/houses/{house}/sale',
        summary: '卖房：原来的人到这天为止，新业主从这天起 · A house is sold',
        description:
          '同名的人、别人的手机号会先问（not-confirmed），用 confirm 回答。A namesake and a phone of somebody else are asked about first.',
        access: { who: WORKS, at: estateOfHouse },
        request: { params: schemas.HouseParams, body: json(schemas.SaleSchema) },
        responses: { 201: answer(schemas.SoldSchema, '已登记 · Sold') },
        problems: ['not-found', 'already-exists', 'not-confirmed', 'changed-meanwhile'],
        example: examples.sellHouse,
      }),
      async (c) => {
        const { name, phone, day, keepsTenants = false, confirm = [] } = c.req.valid('json');
        const done = await sellHouse(deps, personActor(c), {
          ...{ house: c.req.valid('param').house, buyer: { name: name.trim(), phone }, day },
          ...{ keepsTenants, confirmed: confirm },
        });
        return isProblem(done) ? refuse(c, done) : c.json(done, 201);
      },
    );
};
