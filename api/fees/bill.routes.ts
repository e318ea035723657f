/** Bills: imported by the firm's accountant, seen by the people of the house. */
import type { Context } from 'hono';
import {
  answerRejectedRows,
  confirmedIn,
  dayIn,
  findHouse,
  firmServing,
  followImport,
  givesRejectedRows,
  houseView,
  ImportReportSchema,
  importReportView,
  peopleOf,
  readUpload,
  RejectedQuery,
  UploadQuery,
  type House,
  type ProductDeps,
} from '../places/index.ts';
import {
  actorOf,
  actorText,
  answer,
  cutPage,
  isProblem,
  newModule,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
  type AppEnv,
  type Page,
  type z,
} from '../platform/index.ts';
import { monthOf } from '../programme/index.ts';
import { findBill, listBills, type Bill } from './bills.ts';
import { BILL_SORTS, billKey, findBills, totalBills, type BillFilter } from './find-bills.ts';
import { MappingQuery, PaidHasQuery, ShownQuery } from './bill-mapping.schemas.ts';
import * as schemas from './fees.schemas.ts';
import { billTotalsView, billViews } from './fees.views.ts';
import { HouseStatementSchema, MonthsQuery } from './house-statement.schemas.ts';
import { statementOfHouse } from './house-statement.ts';
import { importBills } from './import-bills.ts';
import { peopleOfBill, seesFrom } from './own-time.ts';
import { readBills } from './read-bills.ts';
import * as examples from './bill.examples.ts';

const LOOKS_UP = ['accountant', 'finance_lead', 'staff', 'auditor'] as const;

export const billRoutes = (deps: ProductDeps) => {
  const { engine, clock } = deps;
  const estateOfHouse = async (c: Context): Promise<string | undefined> =>
    (await findHouse(engine, c.req.param('house') ?? ''))?.estate;
  const peopleOfHouse = async (c: Context): Promise<string[]> =>
    (await peopleOf(engine, c.req.param('house') ?? '', dayIn(clock()))).map((r) => r.person);
  const billOf = (c: Context) => findBill(engine, c.req.param('bill') ?? '');
  const estateOfBill = async (c: Context): Promise<string | undefined> => (await billOf(c))?.estate;
  const ownersOfBill = async (c: Context): Promise<string[]> => {
    const bill = await billOf(c);
    return bill ? peopleOfBill(engine, { bill, now: clock() }) : [];
  };
  const seenFrom = async (c: Context<AppEnv>, { id, estate }: Pick<House, 'id' | 'estate'>) => {
    const from = await seesFrom(deps, { house: id, estate, actor: actorOf(c), looksUp: LOOKS_UP });
    return from === undefined ? {} : { since: from };
  };
  const pageView = async (page: Page<string>, rows: readonly Bill[], keyOf = billKey('newest')) => {
    const cut = cutPage(page, rows, keyOf);
    return { ...cut, items: await billViews(engine, cut.items) };
  };
  const filterOf = (estate: string, query: z.infer<typeof schemas.BillFilterQuery>): BillFilter => ({
    estate,
    period: query.period ?? monthOf(clock()),
    ...(query.house === undefined ? {} : { house: query.house }),
    ...(query.state === undefined ? {} : { state: query.state }),
  });
  const before = (page: Page<string>) => (page.after === undefined ? {} : { before: String(page.after.id) });

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/estates/{estate}/bills',
        summary: '导入物业费账单 · Import the bills of an estate',
        description:
          '整个文件一次写入：要么全部导入，要么什么都不写；合计与各行相加不一致时不导入。The whole file is written at once, or nothing of it; a total that is not the sum refuses the file.',
        access: { who: ['accountant', 'operator'], at: (c) => c.req.param('estate'), scope: 'fees:write' },
        upload: true,
        request: {
          params: schemas.EstateParams,
          query: UploadQuery.extend(schemas.MonthQuery.shape)
            .extend(MappingQuery.shape)
            .extend(ShownQuery.shape)
            .extend(PaidHasQuery.shape),
        },
        responses: { 200: answer(ImportReportSchema, '结果 · Result') },
        problems: ['too-large', 'invalid-input', 'not-confirmed', 'changed-meanwhile'],
        example: examples.takeBills,
      }),
      async (c) => {
        const query = c.req.valid('query');
        const file = await readUpload(c, query);
        if (isProblem(file)) return refuse(c, file);
        const [{ estate }, actor, dryRun] = [c.req.valid('param'), actorOf(c), query.dryRun === 'true'];
        const { fileName } = file;
        const of = { place: estate, kind: 'bills' as const, fileName, by: actorText(actor), dryRun };
        const report = await followImport(deps, of, (onStage) =>
          importBills(deps, {
            ...{ estate, file, dryRun, confirmed: confirmedIn(query), actor, onStage, shown: query.shown },
            ...(query.period === undefined ? {} : { period: query.period }),
            ...(query.mapping === undefined ? {} : { mapping: query.mapping }),
            paidHas: query.paidHas,
          }),
        );
        return isProblem(report) ? refuse(c, report) : c.json(importReportView(report), 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/estates/{estate}/bills/rejected',
        summary: '账单中未能导入的行 · The refused rows of a bill file, to be mended',
        access: { who: ['accountant', 'operator'], at: (c) => c.req.param('estate'), scope: 'fees:write' },
        ...givesRejectedRows,
        request: {
          params: schemas.EstateParams,
          query: RejectedQuery.extend(schemas.MonthQuery.shape).extend(MappingQuery.shape),
        },
        example: examples.billsRejected,
      }),
      (c) => {
        const { period, mapping, ...query } = c.req.valid('query');
        const of = {
          estate: c.req.valid('param').estate,
          ...(period === undefined ? {} : { period }),
          ...(mapping === undefined ? {} : { mapping }),
        };
        return answerRejectedRows(c, query, (file) => readBills(deps, { ...of, file }));
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/bills',
        summary: '小区某月的账单，可按房屋和状态查 · Bills of an estate for a month, by house and state',
        access: {
          who: LOOKS_UP,
          at: (c) => c.req.param('estate'),
          scope: 'fees:read',
        },
        request: {
          params: schemas.EstateParams,
          query: pageQuery(BILL_SORTS).extend(schemas.BillFilterQuery.shape),
        },
        responses: { 200: answer(schemas.BillsSchema, '账单 · Bills') },
        example: examples.billsOfEstate,
      }),
      async (c) => {
        const query = c.req.valid('query');
        const page = parsePage(query, 'newest', 'string', ['most']);
        if (isProblem(page)) return refuse(c, page);
        const rows = await findBills(engine, {
          ...filterOf(c.req.valid('param').estate, query),
          ...{ limit: page.limit + 1, sort: page.sort },
          ...(page.after && { before: page.after }),
        });
        return c.json(await pageView(page, rows, billKey(page.sort)), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/bill-totals',
        summary: '这些账单合计多少 · What bills of a month add up to',
        description:
          '与账单列表用同样的条件；已作废和已重新出账的不算。With the conditions of the list; bills that were cancelled or issued anew do not count.',
        access: {
          who: LOOKS_UP,
          at: (c) => c.req.param('estate'),
          scope: 'fees:read',
        },
        request: { params: schemas.EstateParams, query: schemas.BillFilterQuery },
        responses: { 200: answer(schemas.BillTotalsSchema, '合计 · Totals') },
        example: examples.billTotals,
      }),
      async (c) => {
        const filter = filterOf(c.req.valid('param').estate, c.req.valid('query'));
        return c.json(billTotalsView(filter.period, await totalBills(engine, filter)), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/houses/{house}/bills',
        summary: '一套房屋的账单 · Bills of a house',
        access: { who: LOOKS_UP, at: estateOfHouse, own: peopleOfHouse, acting: 'view' },
        request: { params: schemas.HouseParams, query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.BillsSchema, '账单 · Bills') },
        example: examples.billsOfHouse,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const house = await findHouse(engine, c.req.valid('param').house);
        if (!house) return refuse(c, problem('not-found'));
        const rows = await listBills(engine, {
          ...{ house: house.id, limit: page.limit + 1 },
          ...before(page),
          ...(await seenFrom(c, house)),
        });
        return c.json(await pageView(page, rows), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/houses/{house}/statement',
        summary: '住户对账单：一套房屋几个月的账单和抵扣 · A house’s bills and offsets over some months',
        description:
          '以前月份还需 + 应缴 − 已缴 − 抵扣 + 多缴 = 还需，按现在的情况。Still to pay from before + billed − paid − offset + paid too much = still to pay, as of now.',
        access: { who: LOOKS_UP, at: estateOfHouse, own: peopleOfHouse, acting: 'view' },
        request: { params: schemas.HouseParams, query: MonthsQuery },
        responses: { 200: answer(HouseStatementSchema, '对账单 · Statement') },
        example: examples.houseStatement,
      }),
      async (c) => {
        const house = await findHouse(engine, c.req.valid('param').house);
        if (!house) return refuse(c, problem('not-found'));
        const now = clock();
        const asked = c.req.valid('query');
        const { to = asked.from ?? monthOf(now), from = to } = asked;
        const firm = await firmServing(deps, { estate: house.estate, day: dayIn(now) });
        const { id, code, name } = houseView(house);
        const estate = { id: house.estate, name: (await deps.places.find(house.estate))?.name ?? '' };
        const found = await statementOfHouse(engine, {
          ...{ house: house.id, from, to, now },
          ...(await seenFrom(c, house)),
        });
        const of = { house: { id, code, name }, estate, ...(firm && { firm: firm.name }) };
        return c.json({ ...of, ...found }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/bills/{bill}',
        summary: '一张账单 · One bill',
        access: { who: LOOKS_UP, at: estateOfBill, own: ownersOfBill, acting: 'view' },
        request: { params: schemas.BillParams },
        responses: { 200: answer(schemas.BillSchema, '账单 · Bill') },
        example: examples.oneBill,
      }),
      async (c) => {
        const bill = await findBill(engine, c.req.valid('param').bill);
        const [view] = bill ? await billViews(engine, [bill]) : [];
        return view ? c.json(view, 200) : refuse(c, problem('not-found'));
      },
    );
};
