/** The auditor's check of a whole book: begun, watched while it runs, and read when it has ended. */
import type { Context } from 'hono';
import {
  actorOf,
  actorText,
  answer,
  cutPage,
  formatInstant,
  isProblem,
  newModule,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
  type Deps,
} from '../../platform/index.ts';
import { booksOf, rootOfBook } from '../book-root.ts';
import type { ProductChecks } from './verify.ts';
import * as schemas from './verification.schemas.ts';
import {
  findVerification,
  listVerifications,
  startVerification,
  type Verification,
  type VerificationHead,
} from './verifications.ts';
import * as examples from './verification.examples.ts';

/** The name behind `person:<id>` (masked) or `key:<id>`; undefined where none is kept. */
type NameOfActor = (actor: string) => Promise<string | undefined>;

function headView(v: VerificationHead, names: ReadonlyMap<string, string | undefined>) {
  const startedByName = names.get(v.startedBy);
  return {
    id: v.id,
    book: v.book,
    state: v.state,
    done: v.done,
    of: v.of,
    startedAt: formatInstant(v.startedAt),
    startedBy: v.startedBy,
    ...(startedByName === undefined ? {} : { startedByName }),
    ...(v.endedAt === null ? {} : { endedAt: formatInstant(v.endedAt) }),
    ...v.report,
    findingCount: v.findingCount,
  };
}

function verificationView(v: Verification, names: ReadonlyMap<string, string | undefined>) {
  return {
    ...headView(v, names),
    findings: v.findings.map(({ rule, transaction, zh, en }) => ({
      rule,
      ...(transaction === null ? {} : { transaction: String(transaction) }),
      zh,
      en,
    })),
  };
}

export const verificationRoutes = (
  deps: Deps,
  { nameOf, productChecks }: { nameOf: NameOfActor; productChecks: ProductChecks },
) => {
  const { engine } = deps;
  const namesOf = async (shown: readonly VerificationHead[]) => {
    const actors = [...new Set(shown.map(({ startedBy }) => startedBy))];
    return new Map(await Promise.all(actors.map(async (actor) => [actor, await nameOf(actor)] as const)));
  };
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
        const started = await startVerification(
          { ...deps, productChecks },
          { book, by: actorText(actorOf(c)) },
        );
        if (isProblem(started)) return refuse(c, started);
        return c.json(verificationView(started, await namesOf([started])), 202);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/books/{book}/verifications',
        summary: '一本账的核对 · Verifications of a book',
        description:
          '一次也不删；发现了什么，看单次的核对。None is ever removed; what one found is shown by itself.',
        access,
        request: { params: schemas.BookParams, query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.VerificationsSchema, '新的在前 · Newest first') },
        example: examples.listVerifications,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const found = await listVerifications(deps, {
          book: Number(c.req.valid('param').book),
          limit: page.limit + 1,
          ...(page.after === undefined ? {} : { before: String(page.after.id) }),
        });
        const cut = cutPage(page, found, ({ id }) => ({ value: id, id }));
        const names = await namesOf(cut.items);
        return c.json({ ...cut, items: cut.items.map((head) => headView(head, names)) }, 200);
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
        return found
          ? c.json(verificationView(found, await namesOf([found])), 200)
          : refuse(c, problem('not-found'));
      },
    );
};
