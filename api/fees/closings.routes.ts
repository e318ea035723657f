import type { Context } from 'hono';
import { BOOK_SPAN, rootOfBook } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import {
  answer,
  cutPage,
  isProblem,
  newModule,
  pageOf,
  pageQuery,
  parsePage,
  refuse,
  route,
  z,
} from '../platform/index.ts';
import { closingsOfBook } from './closings-of-book.ts';
import * as examples from './closure.examples.ts';

const BookParams = z.object({ book: z.string().regex(/^[1-9]\d{0,3}$/) });
const SinceQuery = pageQuery(['newest']).extend({
  after: z
    .string()
    .regex(/^\d{1,12}$/)
    .optional()
    .openapi({ description: '这笔交易（№）以后的 · After the transaction of this number', example: '2608' }),
});
const ClosingSchema = z
  .object({
    id: z.string(),
    place: z.object({ id: z.string(), name: z.string() }),
    month: z.string().openapi({ example: '2026-06' }),
    deed: z.enum(['closed', 'reopened']),
    reason: z.string().optional(),
    transaction: z.string(),
  })
  .openapi('Closing');

export const closingsRoutes = (deps: ProductDeps) =>
  newModule(deps).openapi(
    route({
      method: 'get',
      path: '/books/{book}/closings',
      summary: '整本账的月结：关账和重新打开 · Months of a book, closed and opened again',
      access: {
        who: ['auditor', 'operator'],
        at: (c: Context) => rootOfBook(deps.engine, Number(c.req.param('book'))),
      },
      request: { params: BookParams, query: SinceQuery },
      responses: { 200: answer(pageOf(ClosingSchema), '月结 · Closings') },
      example: examples.closingsOfBook,
    }),
    async (c) => {
      const { after = '0', ...query } = c.req.valid('query');
      const page = parsePage(query, 'newest', 'number');
      if (isProblem(page)) return refuse(c, page);
      const book = Number(c.req.valid('param').book);
      const rows = await closingsOfBook(deps, {
        ...{ book, after: Math.min(Number(after), BOOK_SPAN - 1), limit: page.limit + 1 },
        ...(page.after !== undefined && { before: Number(page.after.id) }),
      });
      const cut = cutPage(page, rows, ({ transaction }) => ({ value: transaction, id: transaction }));
      const items = cut.items.map(
        ({ closure: { id, place, month, reason }, placeName, deed, transaction }) => ({
          ...{ id, place: { id: place, name: placeName }, month, deed, transaction: String(transaction) },
          ...(deed === 'reopened' && reason !== null && { reason }),
        }),
      );
      return c.json({ ...cut, items }, 200);
    },
  );
