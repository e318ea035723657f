/** Who takes whose points, at what rate and how it is settled: listed, made from a day on, ended with a day, exported. */
import type { Context } from 'hono';
import { giveTable, tableAnswer } from '../identity/index.ts';
import { listChildren, placesWithin, type ProductDeps } from '../places/index.ts';
import {
  actorOf,
  answer,
  cutPage,
  isProblem,
  json,
  mayAt,
  newModule,
  parsePage,
  problem,
  refuse,
  route,
  type Actor,
  type Problem,
} from '../platform/index.ts';
import { agreementSheet } from './agreement-sheet.ts';
import * as examples from './agreement.examples.ts';
import * as schemas from './agreement.schemas.ts';
import { agreementView, factorOf, settlesOf, type AgreementView, type May } from './agreement.views.ts';
import { monthlyCapFor } from './agreements.ts';
import { AGREEMENT_MAKERS, bindableFunds, mayBindAll } from './bindable-funds.ts';
import { endAgreement } from './end-agreement.ts';
import { getFund } from './funds.ts';
import { findAgreement, listAgreements, standingAgreement, type AgreementAfter } from './list-agreements.ts';
import { makeAgreement } from './make-agreement.ts';
import type { AgreementState } from './rules/agreement-standing.ts';
import { dayOf } from './rules/index.ts';
import { setMonthlyCap } from './set-monthly-cap.ts';

const READERS = ['staff', 'leader', 'operator', 'accountant', 'auditor', 'merchant_manager'] as const;
/** A district has thousands of shops: it looks at them community by community. */
const MOST_PLACES = 2_000;
const MOST_EXPORTED = 5_000;
const MOST_PARTIES = 200;
const PIECE = 200;
/** In a file nothing is changed. */
const READS_ONLY: May = { cap: false, all: false };

type Asked = {
  place: string;
  state: AgreementState | undefined;
  after?: AgreementAfter | undefined;
  limit: number;
};

export const agreementRoutes = (deps: ProductDeps) => {
  const { engine, places, clock } = deps;
  const redeemerOf = async (c: Context): Promise<string | undefined> =>
    (await findAgreement(engine, c.req.param('agreement') ?? ''))?.redeemer;
  /** Who pays on it answers for its end; one about all funds is of the shop's place, whose staff are told that it is not theirs. */
  const payerOf = async (c: Context): Promise<string | undefined> => {
    const found = await findAgreement(engine, c.req.param('agreement') ?? '');
    return found && (found.fund === '*' ? found.redeemer : (await getFund(engine, found.fund))?.place);
  };

  /** The agreements of a place and of all within it. */
  async function rowsOf({ place, ...asked }: Asked) {
    const redeemers = await placesWithin(engine, { place, most: MOST_PLACES });
    if (redeemers === undefined) return problem('too-many-places');
    return listAgreements(engine, { ...asked, redeemers, now: clock() });
  }

  async function mayOf(actor: Actor, place: string): Promise<May> {
    const [cap, all] = await Promise.all([
      mayAt(actor, AGREEMENT_MAKERS, place, places),
      mayBindAll(deps, actor, place),
    ]);
    return { cap, all, actor };
  }

  async function shown(id: string, actor: Actor): Promise<AgreementView | undefined> {
    const row = await standingAgreement(engine, { id, now: clock() });
    return row && agreementView(deps, row, await mayOf(actor, row.redeemer));
  }

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/agreements',
        summary: '收积分的约定，含所辖商户和物业 · Agreements of a place and those within it',
        access: { who: READERS, at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams, query: schemas.AgreementsQuery },
        responses: { 200: answer(schemas.AgreementsSchema, '约定 · Agreements') },
        problems: ['too-many-places'],
        example: examples.listAgreements,
      }),
      async (c) => {
        const { state, ...query } = c.req.valid('query');
        const page = parsePage(query, 'redeemer');
        if (isProblem(page)) return refuse(c, page);
        const after = page.after && readAfter(String(page.after.value), String(page.after.id));
        if (after && isProblem(after)) return refuse(c, after);
        const { place } = c.req.valid('param');
        const rows = await rowsOf({ place, state, after, limit: page.limit + 1 });
        if (isProblem(rows)) return refuse(c, rows);
        const cut = cutPage(page, rows, ({ redeemer, fund, validFrom, id }) => ({
          value: `${redeemer} ${fund} ${validFrom}`,
          id,
        }));
        const may = await mayOf(actorOf(c), place);
        const items = await Promise.all(cut.items.map((row) => agreementView(deps, row, may)));
        return c.json({ ...cut, items }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/agreement-list',
        summary: '导出收积分的约定 · Agreements as a file',
        access: { who: READERS, at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams, query: schemas.ExportQuery },
        responses: tableAnswer,
        problems: ['too-many-places', 'export-too-large'],
        example: examples.exportAgreements,
      }),
      async (c) => {
        const { state, format = 'csv' } = c.req.valid('query');
        const { place } = c.req.valid('param');
        const rows = await rowsOf({ place, state, limit: MOST_EXPORTED + 1 });
        if (isProblem(rows)) return refuse(c, rows);
        // A file that leaves out the rest would pass for the whole.
        if (rows.length > MOST_EXPORTED) return refuse(c, problem('export-too-large'));
        const views: AgreementView[] = [];
        for (let from = 0; from < rows.length; from += PIECE) {
          const piece = rows.slice(from, from + PIECE);
          views.push(...(await Promise.all(piece.map((row) => agreementView(deps, row, READS_ONLY)))));
        }
        const of = { subject: 'agreements', place, format, name: `收积分的约定-${dayOf(clock())}` };
        const widths = [16, 18, 10, 12, 10, 18, 16, 10, 20, 12, 24, 12, 12, 12, 24, 10, 10, 24];
        return giveTable(deps, c, { ...of, rows: agreementSheet(views), widths });
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/agreement-parties',
        summary: '能约定的各方 · Who an agreement can be made with',
        access: { who: AGREEMENT_MAKERS, at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams },
        responses: { 200: answer(schemas.PartiesSchema, '收分方、结算方、经费 · Parties') },
        example: examples.parties,
      }),
      async (c) => {
        const place = await places.find(c.req.valid('param').place);
        if (!place) return refuse(c, problem('not-found'));
        const line = await places.lineage(place.id);
        const below = (kind: 'merchant' | 'firm') =>
          listChildren(engine, { place: place.id, kind, limit: MOST_PARTIES });
        const clearing = await Promise.all(
          line.map(({ id }) => listChildren(engine, { place: id, kind: 'clearing', limit: MOST_PARTIES })),
        );
        const isParty = place.kind === 'merchant' || place.kind === 'firm';
        const redeemers = isParty ? [place] : [...(await below('merchant')), ...(await below('firm'))];
        const { funds, isAll } = await bindableFunds(deps, actorOf(c), place);
        return c.json(
          {
            redeemers: await Promise.all(
              redeemers.map(async ({ id, name, kind }) => {
                const cap = await monthlyCapFor(engine, { redeemer: id, at: clock() });
                return { id, name, kind, ...(cap !== undefined && { monthlyCap: String(cap) }) };
              }),
            ),
            clearing: clearing.flat().map(({ id, name }) => ({ id, name })),
            anyFund: isAll,
            funds: funds.slice(0, MOST_PARTIES).map(({ id, name, unit, rateMicro }) => ({
              id,
              name,
              unit,
              rateMicro: String(rateMicro),
            })),
          },
          200,
        );
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/places/{place}/agreements',
        summary: '登记收积分的约定 · Make an agreement',
        access: { who: AGREEMENT_MAKERS, at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams, body: json(schemas.NewAgreementSchema) },
        responses: { 201: answer(schemas.AgreementSchema, '已登记 · Made') },
        problems: ['not-found', 'already-exists', 'rate-not-exact', 'funds-of-others'],
        example: examples.makeAgreement,
      }),
      async (c) => {
        const { factor, monthlyCap, via, period, exposure, overExposure, ...body } = c.req.valid('json');
        const actor = actorOf(c);
        const { place } = c.req.valid('param');
        const isWithin = body.redeemer === place || (await places.covers(place, body.redeemer));
        if (!isWithin || !(await mayAt(actor, AGREEMENT_MAKERS, body.redeemer, places)))
          return refuse(c, problem('not-found'));
        const made = await makeAgreement(deps, {
          ...body,
          ...(via !== undefined && { via }),
          ...(monthlyCap !== undefined && { monthlyCap: Number(monthlyCap) }),
          settles: settlesOf({ period, exposure, overExposure }),
          factor: factorOf(factor),
          actor,
        });
        if (isProblem(made)) return refuse(c, made);
        const view = await shown(made.id, actor);
        return view ? c.json(view, 201) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/agreements/{agreement}/cap',
        summary: '改商户每月最多收多少分 · Change a shop’s monthly cap',
        description:
          '从今天起；条件不变，只改上限，所以由管这家店的社区登记。\n\nFrom today on; only the cap changes, so whoever answers for the shop may.',
        access: { who: AGREEMENT_MAKERS, at: redeemerOf },
        request: { params: schemas.AgreementParams, body: json(schemas.NewCapSchema) },
        responses: { 201: answer(schemas.AgreementSchema, '已登记 · Made') },
        problems: ['not-found', 'already-exists', 'changed-meanwhile'],
        example: examples.setCap,
      }),
      async (c) => {
        const { monthlyCap, ...said } = c.req.valid('json');
        const actor = actorOf(c);
        const made = await setMonthlyCap(deps, {
          ...{ agreement: c.req.valid('param').agreement, ...said, actor },
          ...(monthlyCap !== undefined && { monthlyCap: Number(monthlyCap) }),
        });
        if (isProblem(made)) return refuse(c, made);
        const view = await shown(made.id, actor);
        return view ? c.json(view, 201) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/agreements/{agreement}/end',
        summary: '结束收积分的约定 · End an agreement',
        description:
          '谁出钱，谁结束：一项经费的约定由管这项经费的人结束，“所有经费”的由管整个账簿的人结束。\n\nWhoever pays ends it: one about a fund, whoever answers for that fund; one about all funds, whoever answers for the whole book.',
        access: { who: AGREEMENT_MAKERS, at: payerOf },
        request: { params: schemas.AgreementParams, body: json(schemas.EndAgreementSchema) },
        responses: { 200: answer(schemas.AgreementSchema, '已登记结束 · Ended') },
        problems: ['not-found', 'funds-of-others', 'already-done', 'changed-meanwhile'],
        example: examples.endAgreement,
      }),
      async (c) => {
        const { agreement: id } = c.req.valid('param');
        const actor = actorOf(c);
        const refused = await endAgreement(deps, { agreement: id, ...c.req.valid('json'), actor });
        if (refused) return refuse(c, refused);
        const view = await shown(id, actor);
        return view ? c.json(view, 200) : refuse(c, problem('not-found'));
      },
    );
};

function readAfter(value: string, id: string): AgreementAfter | Problem {
  const [redeemer, fund, validFrom] = value.split(' ');
  const from = Number(validFrom);
  if (redeemer !== undefined && fund !== undefined && validFrom !== '' && Number.isSafeInteger(from)) {
    return { redeemer, fund, validFrom: from, id };
  }
  const fields = [{ field: 'cursor', zh: '请从第一页重新打开', en: 'Start again from the first page' }];
  return problem('invalid-input', { fields });
}
