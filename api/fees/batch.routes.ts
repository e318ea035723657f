/** Handing offsets to the firm in batches, how far each batch is, and taking one back. */
import type { Context } from 'hono';
import { FormatQuery, logAccess } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import {
  actorOf,
  actorText,
  answer,
  CSV_TYPE,
  cutPage,
  fileAnswer,
  idempotencyKeyOf,
  isProblem,
  json,
  keyScope,
  markReplay,
  newModule,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
  XLSX_TYPE,
  type AppEnv,
} from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { batchFile } from './batch-file.ts';
import * as examples from './batch.examples.ts';
import * as batches from './batch.schemas.ts';
import { batchViews } from './batch.views.ts';
import { findBatch, listBatches } from './batches.ts';
import { layoutAt } from './export-layouts.ts';
import { exportOffsets, leftOutOfExport, waitingForExport } from './export-offsets.ts';
import * as schemas from './fees.schemas.ts';
import { markBatch } from './mark-batch.ts';
import { askBatchBack, keepBatch, takeBatchBack } from './take-back-batch.ts';

const SETTLES = ['accountant', 'finance_lead', 'auditor'] as const;

export const batchRoutes = (deps: ProductDeps) => {
  const { engine } = deps;
  const estateOfBatch = async (c: Context): Promise<string | undefined> =>
    (await findBatch(engine, c.req.param('batch') ?? ''))?.estate;
  const atEstate = (c: Context) => c.req.param('estate');
  const view = async (c: Context<AppEnv>, id: string) => {
    const batch = await findBatch(engine, id);
    return batch && (await batchViews(deps, [batch], actorOf(c)))[0];
  };
  const batchNow = async (c: Context<AppEnv>, id: string) => {
    const batch = await view(c, id);
    return batch ? c.json(batch, 200) : refuse(c, problem('not-found'));
  };
  const answers = { 200: answer(batches.BatchSchema, '批次 · Batch') };

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/estates/{estate}/offset-exports',
        summary: '把抵扣单交给物业 · Hand the offsets over to the firm',
        description:
          '写明看到的张数和合计（count、value），就正好交出这些；这期间有变化就一张也不交（changed-meanwhile）。With the number and sum that were shown (count, value), exactly those are handed over, or none when they have changed (changed-meanwhile).',
        access: { who: ['accountant'], at: atEstate, scope: 'fees:write' },
        movesPoints: true,
        request: { params: schemas.EstateParams, query: schemas.SeenQuery },
        responses: { 201: answer(batches.BatchSchema, '导出批次 · Batch') },
        problems: ['nothing-to-export', 'changed-meanwhile', 'month-closed'],
        example: examples.handOver,
      }),
      async (c) => {
        const actor = actorOf(c);
        const { estate } = c.req.valid('param');
        const { count: offsets, value } = c.req.valid('query');
        const isSeen = offsets !== undefined && value !== undefined;
        const done = await exportOffsets(deps, {
          estate,
          ...(isSeen ? { seen: { count: Number(offsets), valueFen: schemas.fenOf(value) } } : {}),
          actor,
          key: idempotencyKeyOf(c),
          scope: keyScope(actor, estate),
        });
        if (isProblem(done)) return refuse(c, done);
        if (done.posted.replayed) markReplay(c);
        const batch = await view(c, done.batch);
        return batch ? c.json(batch, 201) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/offset-exports',
        summary: '交给物业的批次 · Batches handed over',
        access: { who: SETTLES, at: atEstate, scope: 'fees:read' },
        request: { params: schemas.EstateParams, query: pageQuery(['newest']) },
        responses: { 200: answer(batches.BatchesSchema, '批次 · Batches') },
        example: examples.listBatches,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listBatches(engine, {
          estate: c.req.valid('param').estate,
          limit: page.limit + 1,
          ...(page.after === undefined ? {} : { before: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        return c.json({ ...cut, items: await batchViews(deps, cut.items, actorOf(c)) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/offset-exports/next',
        summary: '现在导出会交出多少 · What an export would hand over now',
        access: { who: SETTLES, at: atEstate, scope: 'fees:read' },
        request: { params: schemas.EstateParams },
        responses: { 200: answer(batches.WaitingSchema, '待导出 · Waiting') },
        example: examples.waitingForExport,
      }),
      async (c) => {
        const { estate } = c.req.valid('param');
        const of = { estate, now: deps.clock() };
        const { count: offsets, valueFen, firm } = await waitingForExport(engine, of);
        const paid = firm === undefined ? undefined : await deps.places.find(firm);
        const { items, ...left } = await leftOutOfExport(engine, of);
        const named = items.map(({ valueFen: fen, ...each }) => ({ ...each, value: formatYuan(fen) }));
        return c.json(
          {
            ...(paid && { firm: paid.name }),
            ...{ count: offsets, value: formatYuan(valueFen), leftOut: { ...left, items: named } },
          },
          200,
        );
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/offset-exports/{batch}/file',
        summary: '下载抵扣清单 · Download a batch',
        description:
          '按物业公司的导出格式；写明 format 就换一种文件。In the firm’s own layout; `format` asks for another kind of file.',
        access: { who: SETTLES, at: estateOfBatch, scope: 'fees:read' },
        request: { params: batches.BatchParams, query: FormatQuery },
        responses: { 200: fileAnswer('XLSX 或 CSV 文件 · An XLSX or CSV file', XLSX_TYPE, CSV_TYPE) },
        example: examples.batchFile,
      }),
      async (c) => {
        const batch = await findBatch(engine, c.req.valid('param').batch);
        if (!batch) return refuse(c, problem('not-found'));
        await logAccess(engine, {
          id: deps.ids(),
          at: deps.clock(),
          actor: actorText(actorOf(c)),
          action: 'export',
          subject: `offsets:${batch.id}`,
          place: batch.estate,
          reason: '',
        });
        const { layout } = await layoutAt(deps, batch.estate);
        const { format } = c.req.valid('query');
        return batchFile(deps, { batch, layout, ...(format && { format }) });
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/offset-exports/{batch}',
        summary: '一个批次 · One batch',
        access: { who: SETTLES, at: estateOfBatch, scope: 'fees:read' },
        request: { params: batches.BatchParams },
        responses: answers,
        example: examples.oneBatch,
      }),
      (c) => batchNow(c, c.req.valid('param').batch),
    )
    .openapi(
      route({
        method: 'post',
        path: '/offset-exports/{batch}/marks',
        summary: '标明批次送出、收下了没有 · Say that a batch was sent or taken in',
        description: '每一步可以撤销，直到下一步。Each step can be undone until the next one is taken.',
        access: { who: ['accountant'], at: estateOfBatch, scope: 'fees:write' },
        request: { params: batches.BatchParams, body: json(batches.MarkSchema) },
        responses: answers,
        problems: ['batch-step-not-possible', 'changed-meanwhile'],
        example: examples.markBatch,
      }),
      async (c) => {
        const { batch } = c.req.valid('param');
        const refused = await markBatch(deps, { batch, ...c.req.valid('json'), actor: actorOf(c) });
        return refused ? refuse(c, refused) : batchNow(c, batch);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/offset-exports/{batch}/take-back-request',
        summary: '提出撤回一个批次 · Ask for a batch back',
        description:
          '收费系统没有收下、也没有入账的批次可以撤回；由另一位同事办。Only what the firm’s software has neither taken in nor posted; a second person does it.',
        access: { who: ['accountant', 'finance_lead'], at: estateOfBatch },
        request: { params: batches.BatchParams, body: json(batches.AskBackSchema) },
        responses: answers,
        problems: [
          'accountant-needed',
          'batch-step-not-possible',
          'batch-has-breaks',
          'month-closed',
          'changed-meanwhile',
        ],
        example: examples.askBack,
      }),
      async (c) => {
        const { batch } = c.req.valid('param');
        const refused = await askBatchBack(deps, { batch, ...c.req.valid('json'), actor: actorOf(c) });
        return refused ? refuse(c, refused) : batchNow(c, batch);
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: '/offset-exports/{batch}/take-back-request',
        summary: '不撤回了 · Leave a batch with the firm after all',
        access: { who: ['accountant', 'finance_lead'], at: estateOfBatch },
        request: { params: batches.BatchParams },
        responses: answers,
        problems: ['batch-step-not-possible', 'changed-meanwhile'],
        example: examples.keepBatch,
      }),
      async (c) => {
        const { batch } = c.req.valid('param');
        const refused = await keepBatch(deps, { batch });
        return refused ? refuse(c, refused) : batchNow(c, batch);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/offset-exports/{batch}/take-back',
        summary: '撤回一个批次 · Take a batch back',
        description:
          '抵扣单回到待导出：居民可以取消，也可以再导出到新的批次。Its offsets wait again: their residents may cancel them, or a new batch has them.',
        access: { who: ['accountant', 'finance_lead'], at: estateOfBatch },
        movesPoints: true,
        request: { params: batches.BatchParams },
        responses: answers,
        problems: [
          'second-person-needed',
          'finance-lead-needed',
          'batch-step-not-possible',
          'batch-has-breaks',
          'month-closed',
          'changed-meanwhile',
        ],
        example: examples.takeBack,
      }),
      async (c) => {
        const actor = actorOf(c);
        const { batch } = c.req.valid('param');
        const estate = await estateOfBatch(c);
        const done = await takeBatchBack(deps, {
          ...{ batch, actor },
          ...{ key: idempotencyKeyOf(c), scope: keyScope(actor, estate) },
        });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        return batchNow(c, batch);
      },
    );
};
