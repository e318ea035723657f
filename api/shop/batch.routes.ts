/** 批量记分: a partner's purchases, up to a thousand a call. */
import {
  actorOf,
  answer,
  fieldProblems,
  formatInstant,
  idempotencyKeyOf,
  isProblem,
  json,
  keyScope,
  languageOf,
  markReplay,
  newModule,
  problem,
  problemBody,
  route,
} from '../platform/index.ts';
import * as examples from './batch.examples.ts';
import { BatchResultsSchema, PurchaseBatchSchema } from './batch.schemas.ts';
import { customerOf, fenOf, type ShopDeps } from './counter.routes.ts';
import { creditBatch, type BatchRow } from './credit-batch.ts';
import { parseReceipt } from './receipt.ts';
import { MerchantParams, NewPurchaseSchema } from './shop.schemas.ts';

export const batchRoutes = (deps: ShopDeps) =>
  newModule(deps).openapi(
    route({
      method: 'post',
      path: '/merchants/{place}/purchases/batch',
      summary: '批量记分 · Credit many purchases',
      description:
        '每一笔各有各的结果：一笔不成，不影响别的。每一笔的幂等键由 `Idempotency-Key` 加上它的小票号得出，断了可以原样重发，不会重复记分；行里的问题与单笔接口相同，带 `needsNewKey` 的要换键再交。\n\nEach row has its own result, and one that is refused stops no other. A row’s key is the call’s `Idempotency-Key` with its receipt, so a call that was cut off is sent again as it was and nothing counts twice. The problems of a row are those of the route for one purchase; one with `needsNewKey` needs another call key.',
      access: { at: (c) => c.req.param('place'), scope: 'shop:write' },
      movesPoints: true,
      request: { params: MerchantParams, body: json(PurchaseBatchSchema) },
      responses: { 200: answer(BatchResultsSchema, '逐笔结果 · A result a row') },
      example: examples.creditBatch,
    }),
    async (c) => {
      const actor = actorOf(c);
      const { place } = c.req.valid('param');
      const rows = c.req.valid('json').rows.map(readRow);
      const scope = keyScope(actor, place);
      const done = await creditBatch(deps, { place, rows, actor, key: idempotencyKeyOf(c), scope });
      const credited = done.flatMap((row) => (isProblem(row) ? [] : [row]));
      if (credited.length > 0 && credited.every(({ replayed }) => replayed)) markReplay(c);
      const language = languageOf(c.req.raw.headers);
      const view = {
        credited: credited.length,
        refused: done.length - credited.length,
        rows: done.map((row, at) =>
          isProblem(row)
            ? { row: at + 1, result: 'refused' as const, problem: problemBody(row, language) }
            : {
                ...{ row: at + 1, result: 'credited' as const, purchase: row.id, points: String(row.points) },
                ...{ unit: row.unit, at: formatInstant(row.createdAt) },
              },
        ),
      };
      return c.json(view, 200);
    },
  );

function readRow(row: unknown): BatchRow {
  const read = NewPurchaseSchema.safeParse(row);
  if (!read.success) return problem('invalid-input', { fields: fieldProblems(read.error.issues) });
  const { amount, paidWithPoints } = read.data;
  const receipt = parseReceipt(read.data.receipt);
  if (isProblem(receipt)) return receipt;
  return {
    ...{ customer: customerOf(read.data), receipt },
    ...{ amountFen: fenOf(amount), paidWithPointsFen: fenOf(paidWithPoints ?? '0') },
  };
}
