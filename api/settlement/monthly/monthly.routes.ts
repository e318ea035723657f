/** 结算单: who owes whom now, what was settled of a month, and how both sides agree to it. */
import type { Context } from 'hono';
import { FormatQuery, giveTable, tableAnswer } from '../../identity/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import {
  actorOf,
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
  type Actor,
} from '../../platform/index.ts';
import { addMonths, monthOf } from '../../programme/index.ts';
import { SENDS } from '../agree.ts';
import { LOOKS } from '../fund-month.routes.ts';
import { PlaceParams } from '../settlement.schemas.ts';
import { agreeToSettlement, answerObjection, objectToSettlement } from './agree-to-settlement.ts';
import { makeSettlements } from './make-settlements.ts';
import * as examples from './monthly.examples.ts';
import * as schemas from './monthly.schemas.ts';
import { lineViews, namesOfParties, pairsView, settlementView, summaryViews } from './monthly.views.ts';
import { MOST_PAIRS, pairsOf } from './open-pairs.ts';
import { itemViews, listItems } from './settlement-items.ts';
import { settlementRows } from './settlement-sheet.ts';
import { findSettlement, linesOfSettlement, listSettlements } from './settlements.ts';
import { partiesAt, placeToLook } from './speaks-for.ts';

/** Where the reader may look at the settlement of the path. */
export const lookAt =
  (deps: ProductDeps) =>
  async (c: Context, actor: Actor): Promise<string | undefined> => {
    const settlement = await findSettlement(deps.engine, c.req.param('settlement') ?? '');
    return settlement && placeToLook(deps, { settlement, actor });
  };

export const monthlyRoutes = (deps: ProductDeps) => {
  const { engine, places, clock } = deps;
  const at = (c: Context) => c.req.param('place');
  const look = { who: LOOKS, at: lookAt(deps) };
  const act = { who: SENDS, at: lookAt(deps) };
  const shown = async (id: string, actor: Actor) => {
    const row = await findSettlement(engine, id);
    return row && settlementView(deps, row, actor);
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/settlement-pairs',
        summary: '现在谁欠谁 · Who owes whom now',
        description:
          '账上的余额 = 已出结算单还没付的 + 还没出结算单的。物业公司的，只给在物业公司有岗位的人和审计看；在小区看到的，是服务它的物业公司的。The balance of the ledger = what is settled and not paid + what is not settled yet.',
        access: { who: LOOKS, at },
        request: { params: PlaceParams },
        responses: { 200: answer(schemas.PairsSchema, '应收应付 · Who owes whom') },
        example: examples.pairs,
      }),
      async (c) => {
        const actor = actorOf(c);
        const place = await places.find(c.req.valid('param').place);
        if (!place) return refuse(c, problem('not-found'));
        const parties = await partiesAt(deps, { place, actor });
        const { book } = place;
        const payers = parties.payers.map(({ id }) => id);
        const pays = await pairsOf(engine, { book, owners: payers, side: 'payable' });
        const gets = await pairsOf(engine, { book, owners: parties.places, side: 'receivable' });
        const clearing = [];
        for (const { id } of parties.payers) {
          const found = await places.find(id);
          if (found?.kind === 'clearing') clearing.push({ id, name: found.name });
        }
        return c.json(
          {
            ...{ pays: await pairsView(deps, pays), gets: await pairsView(deps, gets), clearing },
            ...{ more: Math.max(pays.length, gets.length) === MOST_PAIRS },
            month: addMonths(monthOf(clock()), -1),
            mayMake: parties.places.length > 0 && (await mayAt(actor, SENDS, place.id, places)),
          },
          200,
        );
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/settlements',
        summary: '结算单 · Settlements',
        access: { who: LOOKS, at },
        request: { params: PlaceParams, query: schemas.SettlementsQuery },
        responses: { 200: answer(schemas.SettlementsSchema, '结算单 · Settlements') },
        example: examples.settlements,
      }),
      async (c) => {
        const { side, state, ...query } = c.req.valid('query');
        const page = parsePage(query, 'newest');
        if (isProblem(page)) return refuse(c, page);
        const place = await places.find(c.req.valid('param').place);
        if (!place) return refuse(c, problem('not-found'));
        const parties = await partiesAt(deps, { place, actor: actorOf(c) });
        const after = page.after === undefined ? undefined : String(page.after.id);
        const asked = { places: parties.places, side, state, after, limit: page.limit + 1 };
        const cut = cutPage(page, await listSettlements(engine, asked), ({ id }) => ({ value: id, id }));
        return c.json({ ...cut, items: await summaryViews(deps, cut.items) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/places/{place}/settlements',
        summary: '出结算单 · Settle a month',
        description:
          '与这里有应收应付的每一方各一张，含以前没有出过的；不到一分的结转下月，按季、按年结算的到期才出。已经出过的不会再出。One with each party that it pays or is paid by, of all months since the last one; what is less than a fen waits, and so does what is settled by quarter or year.',
        access: { who: SENDS, at },
        request: { params: PlaceParams, body: json(schemas.MakeSchema) },
        responses: { 200: answer(schemas.MadeSchema, '出了几张 · How many') },
        problems: ['month-still-runs'],
        example: examples.make,
      }),
      async (c) => {
        const actor = actorOf(c);
        const place = await places.find(c.req.valid('param').place);
        if (!place) return refuse(c, problem('not-found'));
        const parties = await partiesAt(deps, { place, actor });
        const { month } = c.req.valid('json');
        const made = await makeSettlements(deps, { parties, book: place.book, month, actor });
        return isProblem(made) ? refuse(c, made) : c.json(made, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/settlements/{settlement}',
        summary: '一张结算单 · One settlement',
        access: look,
        request: { params: schemas.SettlementParams },
        responses: { 200: answer(schemas.SettlementSchema, '结算单 · Settlement') },
        example: examples.settlement,
      }),
      async (c) => {
        const view = await shown(c.req.valid('param').settlement, actorOf(c));
        return view ? c.json(view, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/settlements/{settlement}/lines',
        summary: '结算单的明细：按经费和收分方 · Its lines, by fund and redeemer',
        access: look,
        request: { params: schemas.SettlementParams, query: pageQuery(['oldest']) },
        responses: { 200: answer(schemas.LinesSchema, '明细 · Lines') },
        example: examples.lines,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'oldest');
        if (isProblem(page)) return refuse(c, page);
        const { settlement } = c.req.valid('param');
        const after = page.after === undefined ? undefined : String(page.after.id);
        const rows = await linesOfSettlement(engine, { settlement, after, limit: page.limit + 1 });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        return c.json({ ...cut, items: await lineViews(deps, cut.items) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/settlements/{settlement}/items',
        summary:
          '结算单里的每一笔，补记的写明原来的时间 · Each document in it, a late one with its first date',
        access: look,
        request: { params: schemas.SettlementParams, query: pageQuery(['oldest']) },
        responses: { 200: answer(schemas.ItemsSchema, '每一笔 · Documents') },
        example: examples.items,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'oldest');
        if (isProblem(page)) return refuse(c, page);
        const settlement = await findSettlement(engine, c.req.valid('param').settlement);
        if (!settlement) return refuse(c, problem('not-found'));
        const after = Number(page.after?.id ?? 0) || 0;
        const moves = await listItems(engine, { settlement, after, limit: page.limit + 1 });
        const cut = cutPage(page, moves, ({ entry }) => ({ value: entry, id: String(entry) }));
        return c.json({ ...cut, items: await itemViews(engine, cut.items) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/settlements/{settlement}/file',
        summary: '下载结算单 · The settlement as a file',
        access: look,
        request: { params: schemas.SettlementParams, query: FormatQuery },
        responses: tableAnswer,
        example: examples.file,
      }),
      async (c) => {
        const row = await findSettlement(engine, c.req.valid('param').settlement);
        if (!row) return refuse(c, problem('not-found'));
        const named = (ids: readonly string[]) => namesOfParties(deps, ids);
        const rows = await settlementRows(engine, { settlement: row, named });
        const of = { subject: 'settlement', place: row.payerPlace, format: c.req.valid('query').format };
        const widths = [22, 22, 12, 14, 10, 12, 14, 12, 14];
        return giveTable(deps, c, { ...of, name: `结算单-${row.number}`, rows, widths });
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/settlements/{settlement}/agreements',
        summary: '确认结算单：先收款方，后付款方 · One side agrees to it: first who is paid, then who pays',
        description: '两方要由两个人确认。The two sides are two people.',
        access: act,
        request: { params: schemas.SettlementParams, body: json(schemas.AgreeSchema) },
        responses: { 200: answer(schemas.SettlementSchema, '结算单 · Settlement') },
        problems: ['already-done', 'changed-meanwhile', 'second-person-needed'],
        example: examples.agree,
      }),
      async (c) => {
        const actor = actorOf(c);
        const { settlement } = c.req.valid('param');
        const done = await agreeToSettlement(deps, { settlement, ...c.req.valid('json'), actor });
        if (isProblem(done)) return refuse(c, done);
        const view = await shown(settlement, actor);
        return view ? c.json(view, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/settlements/{settlement}/objections',
        summary: '对结算单提出异议 · Object to it',
        access: act,
        request: { params: schemas.SettlementParams, body: json(schemas.SaySchema) },
        responses: { 200: answer(schemas.SettlementSchema, '结算单 · Settlement') },
        problems: ['already-done', 'changed-meanwhile'],
        example: examples.object,
      }),
      async (c) => {
        const actor = actorOf(c);
        const { settlement } = c.req.valid('param');
        const done = await objectToSettlement(deps, { settlement, ...c.req.valid('json'), actor });
        if (isProblem(done)) return refuse(c, done);
        const view = await shown(settlement, actor);
        return view ? c.json(view, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/settlements/{settlement}/answers',
        summary: '答复异议，重新确认 · Answer an objection; both look at it anew',
        description: '提出异议的人不能自己答复。Never by whoever objected.',
        access: act,
        request: { params: schemas.SettlementParams, body: json(schemas.SaySchema) },
        responses: { 200: answer(schemas.SettlementSchema, '结算单 · Settlement') },
        problems: ['already-done', 'changed-meanwhile', 'second-person-needed'],
        example: examples.answerIt,
      }),
      async (c) => {
        const actor = actorOf(c);
        const { settlement } = c.req.valid('param');
        const done = await answerObjection(deps, { settlement, ...c.req.valid('json'), actor });
        if (isProblem(done)) return refuse(c, done);
        const view = await shown(settlement, actor);
        return view ? c.json(view, 200) : refuse(c, problem('not-found'));
      },
    );
};
