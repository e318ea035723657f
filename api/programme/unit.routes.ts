/** Kinds of points: which there are, how they end, who gives them; made and corrected by community staff. */
import type { Context } from 'hono';
import type { ProductDeps } from '../places/index.ts';
import {
  actorOf,
  anybody,
  answer,
  formatInstant,
  isProblem,
  json,
  newModule,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import { findRule } from './find-rule.ts';
import { openFund } from './open-fund.ts';
import { expiryWords, unitWords, type Expiry } from './rules/index.ts';
import { awardRuleSchema } from './rules/award.schemas.ts';
import * as examples from './unit.examples.ts';
import * as schemas from './unit.schemas.ts';
import {
  changeUnit,
  codesOfBook,
  findUnit,
  makeUnit,
  MOST_COUNTED,
  namedUnits,
  unitsOfBook,
  useOfUnit,
  type UnitRow,
} from './units.ts';
import { nameOfActor } from './who-took-part.ts';

const READERS = ['staff', 'operator', 'auditor'] as const;
const MAKERS = ['staff', 'operator'] as const;
/** A unit is the whole book's; an estate or a shop does not make one for all. */
const MAKING_KINDS: readonly string[] = ['district', 'street', 'community'];

export const unitRoutes = (deps: ProductDeps) => {
  const { engine, places, clock } = deps;
  const zeroDecimals = 0 as const;

  const placeOfUnit = async (c: Context): Promise<string | undefined> => {
    const unit = await findUnit(engine, c.req.param('unit') ?? '');
    return unit?.place;
  };

  async function ownView(row: UnitRow) {
    const [madeByName, byName] = await Promise.all([
      nameOfActor(engine, row.madeBy),
      row.changedBy === null ? undefined : nameOfActor(engine, row.changedBy),
    ]);
    const { id, version, expiry, basis, changedAt, changedReason } = row;
    return {
      ...{ id, version, expiry, basis, madeAt: formatInstant(row.createdAt) },
      ...(madeByName !== undefined && { madeByName }),
      ...(changedAt !== null && {
        change: {
          ...{ at: formatInstant(changedAt), reason: changedReason ?? '' },
          ...(byName !== undefined && { byName }),
        },
      }),
    };
  }

  /** How the rules in force at a place let points of each unit end. */
  async function calendarsAt(place: string) {
    const kinds = ['award', 'purchase'] as const;
    const found = await Promise.all(
      kinds.map(async (kind) => {
        const rule = awardRuleSchema.safeParse((await findRule(deps, { place, kind, at: clock() }))?.body);
        return rule.success
          ? { by: kind, unit: rule.data.unit, expiry: rule.data.expiry as Expiry }
          : undefined;
      }),
    );
    return found.filter((one) => one !== undefined);
  }

  async function viewsAt(place: { id: string; book: number }, only?: string) {
    const { book } = place;
    const [rows, calendars] = await Promise.all([unitsOfBook(engine, book), calendarsAt(place.id)]);
    const codes = only === undefined ? await codesOfBook(engine, book) : [only];
    return Promise.all(
      codes.map(async (code) => {
        const row = rows.find((one) => one.code === code);
        const { liveSeries, ...use } = await useOfUnit(engine, { book, code, now: clock() });
        const expiry =
          row === undefined
            ? calendars.filter(({ unit }) => unit === code)
            : [{ by: 'unit' as const, expiry: row.expiry }];
        return {
          ...{ code, decimals: zeroDecimals, ...use },
          name: row === undefined ? unitWords(code) : { zh: row.nameZh, en: row.nameEn },
          expiry: expiry.map((one) => {
            const [zh, en] = expiryWords(one.expiry);
            return { by: one.by, text: { zh, en } };
          }),
          liveSeries: Math.min(liveSeries, MOST_COUNTED),
          liveSeriesMore: liveSeries > MOST_COUNTED,
          ...(row !== undefined && { own: await ownView(row) }),
        };
      }),
    );
  }

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/unit-names',
        summary: '积分种类的名称 · What kinds of points are called',
        description:
          '各社区自己设的积分种类；随系统自带的两种不在里面。Those that communities made; the two that come with the program are not among them.',
        access: anybody,
        responses: { 200: answer(schemas.UnitNamesSchema, '名称 · Names') },
        example: examples.unitNames,
      }),
      async (c) => c.json({ items: await namedUnits(engine) }, 200),
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/units',
        summary: '积分种类：到期、经费、批次 · Kinds of points: how they end, who gives them',
        access: { who: READERS, at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams },
        responses: { 200: answer(schemas.UnitsSchema, '积分种类 · Units') },
        example: examples.listUnits,
      }),
      async (c) => {
        const place = await places.find(c.req.valid('param').place);
        if (!place) return refuse(c, problem('not-found'));
        return c.json({ items: await viewsAt(place) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/places/{place}/units',
        summary: '新设一种积分 · Make a kind of points',
        description:
          '代号在每一批积分里，设了就不能改；有人得到积分以后，到期日历也不能改。The code never changes; nor does the calendar once anybody has points of it.',
        access: { who: MAKERS, at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams, body: json(schemas.NewUnitSchema) },
        responses: { 201: answer(schemas.UnitSchema, '已设立 · Made') },
        problems: ['not-found', 'already-exists', 'invalid-input'],
        example: examples.makeUnit,
      }),
      async (c) => {
        const place = await places.find(c.req.valid('param').place);
        if (!place) return refuse(c, problem('not-found'));
        if (!MAKING_KINDS.includes(place.kind)) return refuse(c, notHere());
        const input = { ...c.req.valid('json'), book: place.book, place: place.id, actor: actorOf(c) };
        const made = await makeUnit(deps, input);
        if (isProblem(made)) return refuse(c, made);
        const [view] = await viewsAt(place, input.code);
        return view ? c.json(view, 201) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'put',
        path: '/units/{unit}',
        summary: '更正积分种类 · Correct a kind of points',
        access: { who: MAKERS, at: placeOfUnit },
        request: { params: schemas.UnitParams, body: json(schemas.ChangeUnitSchema) },
        responses: { 200: answer(schemas.UnitSchema, '已更正 · Corrected') },
        problems: ['not-found', 'changed-meanwhile', 'unit-has-points'],
        example: examples.changeUnit,
      }),
      async (c) => {
        const unit = await findUnit(engine, c.req.valid('param').unit);
        const place = unit && (await places.find(unit.place));
        if (!unit || !place) return refuse(c, problem('not-found'));
        const refused = await changeUnit(deps, { unit, ...c.req.valid('json'), actor: actorOf(c) });
        if (refused) return refuse(c, refused);
        const [view] = await viewsAt(place, unit.code);
        return view ? c.json(view, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/places/{place}/funds',
        summary: '开立一项经费 · Open a fund',
        description:
          '一处每种积分一项经费；额度另外申请，由另一人批准。One a place and unit; its budget is asked for apart and approved by another.',
        access: { who: MAKERS, at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams, body: json(schemas.NewFundSchema) },
        responses: { 201: answer(schemas.OpenedFundSchema, '已开立 · Opened') },
        problems: ['not-found', 'already-exists', 'invalid-input'],
        example: examples.openFund,
      }),
      async (c) => {
        const { rateMicro, ...input } = c.req.valid('json');
        const place = await places.find(c.req.valid('param').place);
        if (!place) return refuse(c, problem('not-found'));
        const made = await openFund(deps, { place, ...input, rateMicro: Number(rateMicro) });
        if (isProblem(made)) return refuse(c, made);
        const { id, name, unit } = made;
        return c.json({ id, place: place.id, name, unit, rateMicro: String(made.rateMicro) }, 201);
      },
    );
};

const notHere = () =>
  problem('invalid-input', {
    fields: [{ field: 'code', zh: '请在社区或街道设立', en: 'Make it at the community or the street' }],
  });
