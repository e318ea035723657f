/** The auditor's sample: drawn by a seed, shown, and taken away as a sheet with room for what was found. */
import type { Context } from 'hono';
import { BOOK_SPAN, rootOfBook } from '../ledger/index.ts';
import { download, type ProductDeps } from '../places/index.ts';
import { writeCsv, type OutCell } from '../platform/files/index.ts';
import {
  answer,
  CSV_TYPE,
  fileAnswer,
  formatInstant,
  isProblem,
  newModule,
  refuse,
  route,
} from '../platform/index.ts';
import { sampleOf, type Sample } from './draw-sample.ts';
import { dayOf } from './rules/index.ts';
import * as examples from './sample.examples.ts';
import * as schemas from './sample.schemas.ts';
import { nameOfActor } from './who-took-part.ts';

/** What a transaction does, as the auditor's pages call it. */
const KINDS: Readonly<Record<string, string>> = {
  ...{
    open: '开账',
    budget: '批准额度',
    award: '奖励（待评价）',
    release: '评价后发放',
    reject: '评价后退回额度',
  },
  ...{
    credit: '消费得分',
    hold: '预留',
    capture: '核销',
    return: '预留退回',
    spend: '兑换',
    refund: '退还积分',
  },
  ...{ clawback: '收回积分', expire: '到期', pay: '付款', note: '不动积分的记录' },
};

export const sampleRoutes = (deps: ProductDeps) => {
  const { engine, places } = deps;
  const access = {
    who: ['auditor', 'operator'] as const,
    at: (c: Context) => rootOfBook(engine, Number(c.req.param('book'))),
  };

  const viewOf = async ({ book, month, seed, size, from, transactions, digest }: Sample) => ({
    ...{ book, month, seed, size, from, digest },
    items: await Promise.all(
      transactions.map(async (t) => {
        const actorName = await nameOfActor(engine, t.actor);
        return {
          ...{ transaction: String(t.id), seq: t.id - book * BOOK_SPAN, kind: t.kind, hash: t.hash },
          place: (await places.find(t.place))?.name ?? '',
          ...{ bookedAt: formatInstant(t.bookedAt), effectiveAt: formatInstant(t.effectiveAt) },
          ...(actorName !== undefined && { actorName }),
        };
      }),
    ),
  });
  type View = Awaited<ReturnType<typeof viewOf>>;

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/books/{book}/sample',
        summary: '抽查：按种子抽一个月的交易 · A sample of a month by seed',
        access,
        request: { params: schemas.BookParams, query: schemas.SampleQuery },
        responses: { 200: answer(schemas.SampleSchema, '抽到的交易 · The sample') },
        example: examples.sample,
      }),
      async (c) => {
        const drawn = await sampleOf(deps, askedBy(c.req.valid('param'), c.req.valid('query')));
        return isProblem(drawn) ? refuse(c, drawn) : c.json(await viewOf(drawn), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/books/{book}/sample-list',
        summary: '抽查表，CSV · The sample as a sheet',
        access,
        request: { params: schemas.BookParams, query: schemas.SampleListQuery },
        responses: { 200: fileAnswer('CSV 文件 · A CSV file', CSV_TYPE) },
        example: examples.sampleList,
      }),
      async (c) => {
        const { format = 'csv', ...query } = c.req.valid('query');
        const drawn = await sampleOf(deps, askedBy(c.req.valid('param'), query));
        if (isProblem(drawn)) return refuse(c, drawn);
        const encoding = format === 'csv' ? 'utf8-bom' : 'gb18030';
        return download(writeCsv(sheetOf(await viewOf(drawn)), { encoding }), {
          name: `抽查-${drawn.month}`,
          format,
        });
      },
    );

  function* sheetOf({ month, seed, size, from, digest, items }: View): Generator<readonly OutCell[]> {
    yield [
      '抽查',
      month,
      '种子',
      seed,
      '抽取',
      size,
      '总体',
      `${from.first}–${from.last}（${from.count} 笔）`,
    ];
    yield ['样本摘要', digest];
    yield ['编号', '种类', '归属', '记账日期', '生效日期', '经手', '哈希', '核对结果', '备注'];
    for (const { seq, kind, place, bookedAt, effectiveAt, actorName, hash } of items) {
      const days = [bookedAt, effectiveAt].map((at) => ({ date: dayOf(Date.parse(at)) }));
      yield [seq, KINDS[kind] ?? kind, place, ...days, actorName ?? '', hash, '', ''];
    }
  }
};

function askedBy(
  { book }: { book: string },
  { month, seed, size }: { month: string; seed: string; size: string },
) {
  return { book: Number(book), month, seed, size: Number(size) };
}
