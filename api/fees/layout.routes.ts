/** How the firm's software wants its batches written: seen, tried out, changed. */
import type { Context } from 'hono';
import type { ProductDeps } from '../places/index.ts';
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
  type AppEnv,
} from '../platform/index.ts';
import * as schemas from './batch.schemas.ts';
import { layoutVersionViews, layoutView, previewView } from './batch.views.ts';
import { layoutAt, listLayouts, type LayoutInForce } from './export-layouts.ts';
import { EstateParams } from './fees.schemas.ts';
import * as examples from './layout.examples.ts';
import { proposeChange } from './settings/firm-changes.ts';
import { previewLayout } from './preview-layout.ts';

const READS = ['accountant', 'finance_lead', 'auditor'] as const;

export const layoutRoutes = (deps: ProductDeps) => {
  const { engine } = deps;
  const atEstate = (c: Context) => c.req.param('estate');
  const view = async (c: Context<AppEnv>, estate: string, found: LayoutInForce, waits = false) => {
    const preview = await previewLayout(deps, { estate, layout: found.layout });
    return c.json({ ...(await layoutView(engine, found, preview)), ...(waits && { waits }) }, 200);
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/export-layout',
        summary: '物业软件要的导出格式 · How the firm wants its batches written',
        access: { who: READS, at: atEstate, scope: 'fees:read' },
        request: { params: EstateParams },
        responses: { 200: answer(schemas.LayoutInForceSchema, '导出格式 · Layout') },
        example: examples.oneLayout,
      }),
      async (c) => {
        const { estate } = c.req.valid('param');
        return view(c, estate, await layoutAt(deps, estate));
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/export-layouts',
        summary: '导出格式的每一版 · Every version of the layout',
        access: { who: READS, at: atEstate, scope: 'fees:read' },
        request: { params: EstateParams, query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.LayoutVersionsSchema, '导出格式 · Layouts') },
        example: examples.layouts,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest', 'string', ['newest']);
        if (isProblem(page)) return refuse(c, page);
        const { firm } = await layoutAt(deps, c.req.valid('param').estate);
        if (!firm) return c.json({ items: [] }, 200);
        const before = page.after === undefined ? {} : { before: Number(page.after.value) };
        const rows = await listLayouts(engine, { firm: firm.id, limit: page.limit + 1, ...before });
        const cut = cutPage(page, rows, ({ id, number }) => ({ id, value: number }));
        return c.json({ ...cut, items: await layoutVersionViews(engine, cut.items) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/estates/{estate}/export-layout/preview',
        summary: '试看一种导出格式 · What a layout would write',
        access: { who: READS, at: atEstate, scope: 'fees:read' },
        request: { params: EstateParams, body: json(schemas.LayoutSchema) },
        responses: { 200: answer(schemas.PreviewSchema, '前几行 · The first rows') },
        example: examples.previewLayout,
      }),
      async (c) => {
        const { estate } = c.req.valid('param');
        const preview = await previewLayout(deps, { estate, layout: c.req.valid('json') });
        return c.json(previewView(preview), 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/estates/{estate}/export-layouts',
        summary: '保存导出格式 · Save a layout',
        description:
          '另一位同事复核后成为物业公司新的一版（公司只有一个人时直接生效），这家公司所有小区以后的下载都用它；以前的批次重新下载也用它，批次里的抵扣单和金额不变。The firm’s new version once a second person approves (at once where there is none), for every later download of all its estates; which offsets a batch has, and their values, never changes.',
        access: { who: ['accountant'], at: atEstate },
        request: { params: EstateParams, body: json(schemas.SaveLayoutSchema) },
        responses: { 200: answer(schemas.LayoutInForceSchema, '导出格式 · Layout') },
        problems: ['no-firm', 'changed-meanwhile', 'change-waits'],
        example: examples.saveLayout,
      }),
      async (c) => {
        const { estate } = c.req.valid('param');
        const { layout, after: follows } = c.req.valid('json');
        if (!(await layoutAt(deps, estate)).firm) return refuse(c, problem('no-firm'));
        const asked = { estate, kind: 'layout' as const, name: '', body: JSON.stringify(layout), follows };
        const saved = await proposeChange(deps, { ...asked, actor: actorOf(c) });
        if (isProblem(saved)) return refuse(c, saved);
        return view(c, estate, await layoutAt(deps, estate), saved.state === 'waiting');
      },
    );
};
