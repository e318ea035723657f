/** What funds still answer for, when it will end, and how old what is owed is; each as a page and as a file. */
import type { Context } from 'hono';
import { FormatQuery, giveTable, tableAnswer } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { actorOf, answer, newModule, problem, refuse, route } from '../platform/index.ts';
import { dayOf, monthOf } from '../programme/index.ts';
import { ageingOf } from './ageing.ts';
import { LOOKS } from './fund-month.routes.ts';
import { liabilities } from './liability.ts';
import * as examples from './owed.examples.ts';
import { AgeingSchema, LiabilitySchema } from './owed.schemas.ts';
import { ageingRows, ageingView, liabilityRows, liabilityView } from './owed.views.ts';
import { MonthQuery, PlaceParams } from './settlement.schemas.ts';

export const owedRoutes = (deps: ProductDeps) => {
  const { places, clock } = deps;
  const access = { who: LOOKS, at: (c: Context) => c.req.param('place') };

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/liability',
        summary: '积分负债和预计到期 · Points that funds answer for, and when they will end',
        description:
          '月末的（本月是现在的）：这里的经费和所辖商户、物业的。When the month ended, or now: of its funds, and of the shops and firms within it.',
        access,
        request: { params: PlaceParams, query: MonthQuery },
        responses: { 200: answer(LiabilitySchema, '负债 · Liability') },
        problems: ['month-to-come'],
        example: examples.liability,
      }),
      async (c) => {
        const { month = monthOf(clock()) } = c.req.valid('query');
        const place = await places.find(c.req.valid('param').place);
        if (!place) return refuse(c, problem('not-found'));
        if (month > monthOf(clock())) return refuse(c, problem('month-to-come'));
        return c.json(liabilityView(await liabilities(deps, { place, month }), month), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/liability/file',
        summary: '下载积分负债 · The liability as a file',
        access,
        request: { params: PlaceParams, query: FormatQuery.extend(MonthQuery.shape) },
        responses: tableAnswer,
        problems: ['month-to-come'],
        example: examples.liabilityFile,
      }),
      async (c) => {
        const { format, month = monthOf(clock()) } = c.req.valid('query');
        const place = await places.find(c.req.valid('param').place);
        if (!place) return refuse(c, problem('not-found'));
        if (month > monthOf(clock())) return refuse(c, problem('month-to-come'));
        const { funds } = await liabilities(deps, { place, month });
        const of = { subject: 'liability', place: place.id, format, name: `积分负债-${month}` };
        return giveTable(deps, c, {
          ...of,
          rows: liabilityRows(funds),
          widths: [22, 18, 10, 12, 12, 12, 40],
        });
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/ageing',
        summary: '应收应付账龄 · How old what is owed is',
        description:
          '付过、冲回的先抵最早的。物业公司应收的，只给在物业公司有岗位的人和审计看；在小区看到的，是服务它的物业公司的。What was paid or given back has settled the oldest first. What a firm is owed is for those with a post at the firm, and for auditors; at an estate: of the firm that serves it.',
        access,
        request: { params: PlaceParams },
        responses: { 200: answer(AgeingSchema, '账龄 · Ageing') },
        example: examples.ageing,
      }),
      async (c) => {
        const place = await places.find(c.req.valid('param').place);
        if (!place) return refuse(c, problem('not-found'));
        return c.json(ageingView(await ageingOf(deps, { place, actor: actorOf(c) })), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/ageing/file',
        summary: '下载账龄 · The ageing as a file',
        access,
        request: { params: PlaceParams, query: FormatQuery },
        responses: tableAnswer,
        example: examples.ageingFile,
      }),
      async (c) => {
        const place = await places.find(c.req.valid('param').place);
        if (!place) return refuse(c, problem('not-found'));
        const found = await ageingOf(deps, { place, actor: actorOf(c) });
        const { format } = c.req.valid('query');
        const of = { subject: 'ageing', place: place.id, format, name: `账龄-${dayOf(found.at)}` };
        return giveTable(deps, c, {
          ...of,
          rows: ageingRows(found),
          widths: [8, 22, 22, 12, 12, 12, 12, 12],
        });
      },
    );
};
