/** What a funder says of its month: taken in, what differs from the ledger, and that both sides agree. */
import type { Context } from 'hono';
import { FormatQuery, giveTable, tableAnswer } from '../identity/index.ts';
import {
  answerRejectedRows,
  confirmedIn,
  followImport,
  givesRejectedRows,
  importReportView,
  readImport,
  readUpload,
  RejectedQuery,
  type ProductDeps,
} from '../places/index.ts';
import {
  actorOf,
  actorText,
  answer,
  cutPage,
  isProblem,
  json,
  markReplay,
  newModule,
  noContent,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import { getFund } from '../programme/index.ts';
import { agreeTo, SENDS } from './agree.ts';
import { differenceRows } from './difference-sheet.ts';
import { differenceView, openView } from './difference.views.ts';
import { funderStatementSteps } from './files/funder-statement.ts';
import { LOOKS } from './fund-month.routes.ts';
import * as examples from './settlement.examples.ts';
import * as schemas from './settlement.schemas.ts';
import { statementView, sumsView } from './settlement.views.ts';
import { openAmong, openOf, openSums, pairingOf, pairsOf, withPairs } from './pairings.ts';
import {
  agreementsOf,
  differencesOf,
  findFunderStatement,
  placeOfStatement,
  statementsOf,
} from './statements.ts';
import { importStatement, typeStatement } from './take-statement.ts';
import { typedRows } from './typed-rows.ts';

export const funderStatementRoutes = (deps: ProductDeps) => {
  const { engine } = deps;
  const placeOfFund = async (c: Context): Promise<string | undefined> =>
    (await getFund(engine, c.req.param('fund') ?? ''))?.place;
  const placeOf = (c: Context) => placeOfStatement(engine, c.req.param('funderStatement'));
  const send = { who: SENDS, at: placeOfFund };

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/funds/{fund}/months/{month}/statements',
        summary: '导入出资方的对账单并比较 · Take in the funder’s statement of a month, and compare',
        description:
          '一行一个收分方，或一行一张单据。最新的那份再发一次什么也不会变；双方确认过以后再发，要写明原因。One row a redeemer, or one a document. The latest file sent again changes nothing; after both sides have agreed, say why another one comes.',
        access: send,
        upload: true,
        request: { params: schemas.FundMonthParams, query: schemas.StatementUploadQuery },
        responses: { 200: answer(schemas.FunderReportSchema, '比较的结果 · What was compared') },
        problems: ['too-large', 'invalid-input', 'not-confirmed', 'month-still-runs'],
        example: examples.takeStatement,
      }),
      async (c) => {
        const query = c.req.valid('query');
        const file = await readUpload(c, query);
        if (isProblem(file)) return refuse(c, file);
        const [{ fund, month }, actor, dryRun] = [c.req.valid('param'), actorOf(c), query.dryRun === 'true'];
        const place = (await getFund(engine, fund))?.place ?? '';
        const { fileName } = file;
        const of = { place, kind: 'funder-statement' as const, fileName, by: actorText(actor), dryRun };
        const report = await followImport(deps, of, (onStage) =>
          importStatement(deps, {
            ...{ fund, month, file, dryRun, actor, onStage, confirmed: confirmedIn(query) },
            reason: query.reason ?? '',
          }),
        );
        if (isProblem(report)) return refuse(c, report);
        if (report.repeated) markReplay(c);
        return c.json({ ...importReportView(report), comparison: sumsView(report.comparison) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/funds/{fund}/months/{month}/statements/rejected',
        summary: '对账单中读不懂的行 · The refused rows of a statement, to be mended',
        access: send,
        ...givesRejectedRows,
        request: { params: schemas.FundMonthParams, query: RejectedQuery },
        example: examples.statementRejected,
      }),
      (c) => answerRejectedRows(c, c.req.valid('query'), (file) => readImport(file, funderStatementSteps)),
    )
    .openapi(
      route({
        method: 'post',
        path: '/funds/{fund}/months/{month}/typed-statements',
        summary: '按纸面填写出资方的对账单并比较 · Type the funder’s statement from its paper, and compare',
        access: send,
        request: { params: schemas.FundMonthParams, body: json(schemas.TypedStatementSchema) },
        responses: { 201: answer(schemas.TakenSchema, '比较的结果 · What was compared') },
        problems: ['invalid-input', 'month-still-runs'],
        example: examples.typeStatement,
      }),
      async (c) => {
        const { fund, month } = c.req.valid('param');
        const { rows: typed, reason = '' } = c.req.valid('json');
        const rows = typedRows(typed);
        const taken = await typeStatement(deps, { fund, month, rows, reason, actor: actorOf(c) });
        if (isProblem(taken)) return refuse(c, taken);
        return c.json({ statement: taken.statement, comparison: sumsView(taken.comparison) }, 201);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/funder-statements/{funderStatement}',
        summary: '出资方的一份对账单 · One statement of a funder',
        access: { who: LOOKS, at: placeOf },
        request: { params: schemas.StatementParams },
        responses: { 200: answer(schemas.FunderStatementSchema, '对账单 · Statement') },
        example: examples.statement,
      }),
      async (c) => {
        const found = await findFunderStatement(engine, c.req.valid('param').funderStatement);
        const fund = found && (await getFund(engine, found.fund));
        if (!found || !fund) return refuse(c, problem('not-found'));
        const [latest] = await statementsOf(engine, found);
        const agreed = await agreementsOf(engine, [found.id]);
        const statement = withPairs(found, (await pairsOf(engine, [found.id])).get(found.id));
        const of = { statement, fund, agreed, latest: latest?.id === found.id, actor: actorOf(c) };
        const open = openView(await openSums(engine, found.id));
        return c.json({ ...(await statementView(deps, of)), open }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/funder-statements/{funderStatement}/differences',
        summary: '对账单和账的差异 · Where a statement differs from the ledger',
        access: { who: LOOKS, at: placeOf },
        request: {
          params: schemas.StatementParams,
          query: schemas.SideQuery.extend(pageQuery(['oldest']).shape),
        },
        responses: { 200: answer(schemas.DifferencesSchema, '差异 · Differences') },
        example: examples.differences,
      }),
      async (c) => {
        const { side, ids: named, ...query } = c.req.valid('query');
        const page = parsePage(query, 'oldest');
        if (isProblem(page)) return refuse(c, page);
        const statement = c.req.valid('param').funderStatement;
        if (named !== undefined) {
          const rows = await openAmong(engine, { statement, ids: named.split(',') });
          return c.json({ items: await Promise.all(rows.map((one) => differenceView(deps, one))) }, 200);
        }
        const of = {
          ...{ statement, limit: page.limit + 1 },
          ...(page.after && { after: String(page.after.id) }),
        };
        const rows = await (side ? openOf(engine, { ...of, side }) : differencesOf(engine, of));
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        const ids = cut.items.map(({ id }) => id);
        const paired = side ? undefined : await pairingOf(engine, ids);
        const items = await Promise.all(
          cut.items.map((one) => differenceView(deps, one, paired?.get(one.id)?.number)),
        );
        return c.json({ ...cut, items }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/funder-statements/{funderStatement}/differences/file',
        summary: '下载差异 · The differences as a file',
        access: { who: LOOKS, at: placeOf },
        request: { params: schemas.StatementParams, query: FormatQuery },
        responses: tableAnswer,
        example: examples.differencesFile,
      }),
      async (c) => {
        const statement = await findFunderStatement(engine, c.req.valid('param').funderStatement);
        const fund = statement && (await getFund(engine, statement.fund));
        if (!statement || !fund) return refuse(c, problem('not-found'));
        const rows = differenceRows(deps, statement.id);
        const name = `经费对账差异-${fund.name}-${statement.month}`;
        const of = {
          subject: 'fund-differences',
          place: fund.place,
          format: c.req.valid('query').format,
          name,
        };
        return giveTable(deps, c, { ...of, rows, widths: [16, 12, 24, 18, 8, 14, 14, 14, 12, 12, 20, 24] });
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/funder-statements/{funderStatement}/agreements',
        summary: '确认对账单：出资方、社区各一次 · One side agrees to a statement',
        description:
          '两方要由两个人确认；还有差异的，要写明为什么仍然确认；看过以后又有人对上或拆开的，要再看一次。The sides are two people; where something differs, each says why; what was paired or split since it was looked at is looked at again.',
        access: { who: SENDS, at: placeOf },
        request: { params: schemas.StatementParams, body: json(schemas.AgreeSchema) },
        responses: { 204: noContent },
        problems: ['invalid-input', 'already-done', 'changed-meanwhile', 'second-person-needed'],
        example: examples.agree,
      }),
      async (c) => {
        const { side, remark = '', seen = { pairs: 0, splits: 0 } } = c.req.valid('json');
        const statement = c.req.valid('param').funderStatement;
        const refused = await agreeTo(deps, { statement, side, remark, seen, actor: actorOf(c) });
        return refused ? refuse(c, refused) : c.body(null, 204);
      },
    );
};
