/** The auditor's check of a whole book: begun, watched while it runs, and read when it has ended. */
import type { Context } from 'hono';
import {
  actorOf,
  actorText,
  answer,
  formatInstant,
  newModule,
  problem,
  refuse,
  route,
  type Deps,
} from '../../platform/index.ts';
import { booksOf, rootOfBook } from '../book-root.ts';
import * as schemas from './verification.schemas.ts';
import {
  findVerification,
  listVerifications,
  startVerification,
  type Verification,
} from './verifications.ts';
import * as examples from './verification.examples.ts';

function verificationView(v: Verification) {
  return {
    id: v.id,
    book: v.book,
    state: v.state,
    done: v.done,
    of: v.of,
    startedAt: formatInstant(v.startedAt),
    startedBy: v.startedBy,
    ...(v.endedAt === null ? {} : { endedAt: formatInstant(v.endedAt) }),
    ...v.report,
    findings: v.findings.map(({ rule, transaction, zh, en }) => ({
      rule,
      ...(transaction === null ? {} : { transaction: String(transaction) }),
      zh,
      en,
    })),
    findingCount: v.findingCount,
  };
}

export const verificationRoutes = (deps: Deps) => {
  const { engine } = deps;
  const WHO = ['auditor', 'operator'] as const;
  const access = {
    who: WHO,
    at: (c: Context) => rootOfBook(engine, Number(c.req.param('book'))),
    scope: 'ledger:read',
  } as const;

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/books',
        summary: '我能查的账簿 · Books that I may read',
        access: { who: WHO },
        responses: { 200: answer(schemas.BooksSchema, '账簿 · Books') },
        example: examples.listBooks,
      }),
      async (c) => {
        const roots = await booksOf(deps, actorOf(c), WHO);
        return c.json({ items: roots.map(({ id, book, name }) => ({ book, place: id, name })) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/books/{book}/verifications',
        summary: '核对整本账 · Verify a book',
        description:
          '同一本账簿同时只核对一次；正在核对时再发起，得到的就是那一次。One at a time a book; asked again meanwhile, it answers with the one that is running.',
        access,
        request: { params: schemas.BookParams },
        responses: { 202: answer(schemas.VerificationSchema, '已开始 · Begun') },
        example: examples.startVerification,
      }),
      async (c) => {
        const book = Number(c.req.valid('param').book);
        const started = await startVerification(deps, { book, by: actorText(actorOf(c)) });
        return c.json(verificationView(started), 202);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/books/{book}/verifications',
        summary: '最近的核对 · Recent verifications',
        access,
        request: { params: schemas.BookParams },
        responses: {
          200: answer(schemas.VerificationsSchema, '新的在前，最多 20 次 · Newest first, 20 at most'),
        },
        example: examples.listVerifications,
      }),
      async (c) => {
        const found = await listVerifications(deps, Number(c.req.valid('param').book));
        return c.json({ items: found.map(verificationView) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/books/{book}/verifications/{verification}',
        summary: '一次核对 · One verification',
        access,
        request: { params: schemas.VerificationParams },
        responses: { 200: answer(schemas.VerificationSchema, '进度与结果 · Progress and result') },
        example: examples.oneVerification,
      }),
      async (c) => {
        const { book, verification } = c.req.valid('param');
        const found = await findVerification(deps, { book: Number(book), id: verification });
        return found ? c.json(verificationView(found), 200) : refuse(c, problem('not-found'));
      },
    );
};
