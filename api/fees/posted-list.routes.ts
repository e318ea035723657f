/** Taking in what the firm posted (入账清单). */
import type { Context } from 'hono';
import {
  answerRejectedRows,
  confirmedIn,
  followImport,
  givesRejectedRows,
  readUpload,
  RejectedQuery,
  UploadQuery,
  type ProductDeps,
} from '../places/index.ts';
import {
  actorOf,
  actorText,
  answer,
  isProblem,
  markReplay,
  newModule,
  refuse,
  route,
} from '../platform/index.ts';
import * as schemas from './fees.schemas.ts';
import { postedListReportView } from './fees.views.ts';
import { importPostedList } from './import-posted-list.ts';
import { readPostedList } from './rows-of-estate.ts';
import * as examples from './reconcile.examples.ts';

export const postedListRoutes = (deps: ProductDeps) => {
  const access = {
    who: ['accountant'] as const,
    at: (c: Context) => c.req.param('estate'),
    scope: 'fees:write' as const,
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/estates/{estate}/posted-lists',
        summary: '导入物业的入账清单并对账 · Take in what the firm posted, and reconcile',
        description:
          '同一份文件再发一次不会重复入账：文件本身就是防重复标识。The file itself is the key: sent again, nothing is booked twice.',
        access,
        upload: true,
        request: { params: schemas.EstateParams, query: UploadQuery },
        responses: { 200: answer(schemas.PostedListReportSchema, '对账结果 · Reconciliation') },
        problems: ['too-large', 'invalid-input', 'not-confirmed'],
        example: examples.takePostedList,
      }),
      async (c) => {
        const query = c.req.valid('query');
        const file = await readUpload(c, query);
        if (isProblem(file)) return refuse(c, file);
        const [{ estate }, actor, dryRun] = [c.req.valid('param'), actorOf(c), query.dryRun === 'true'];
        const { fileName } = file;
        const of = { place: estate, kind: 'posted-list' as const, fileName, by: actorText(actor), dryRun };
        const report = await followImport(deps, of, (onStage) =>
          importPostedList(deps, { estate, file, dryRun, confirmed: confirmedIn(query), actor, onStage }),
        );
        if (isProblem(report)) return refuse(c, report);
        if (report.repeated) markReplay(c);
        return c.json(postedListReportView(report), 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/estates/{estate}/posted-lists/rejected',
        summary: '入账清单中读不懂的行 · The refused rows of a posted list, to be mended',
        access,
        ...givesRejectedRows,
        request: { params: schemas.EstateParams, query: RejectedQuery },
        example: examples.postedListRejected,
      }),
      async (c) => {
        const { estate } = c.req.valid('param');
        return answerRejectedRows(c, c.req.valid('query'), async (file) => {
          const own = await readPostedList(deps, { estate, file });
          return isProblem(own) ? own : own.read;
        });
      },
    );
};
