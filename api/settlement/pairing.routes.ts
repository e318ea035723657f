/** Rows of a funder’s statement that a person pairs with rows of the ledger (人工对上), and takes apart again. */
import type { Context } from 'hono';
import type { ProductDeps } from '../places/index.ts';
import {
  actorOf,
  answer,
  cutPage,
  isProblem,
  json,
  newModule,
  noContent,
  pageQuery,
  parseInstant,
  parsePage,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import { getFund } from '../programme/index.ts';
import { maySend, SENDS } from './agree.ts';
import { pairingView } from './difference.views.ts';
import { LOOKS } from './fund-month.routes.ts';
import { pairRows, splitPairing } from './pair.ts';
import { findPairing, pairingsOf } from './pairings.ts';
import * as examples from './pairing.examples.ts';
import * as schemas from './settlement.schemas.ts';
import { agreementsOf, findFunderStatement, placeOfStatement, statementsOf } from './statements.ts';

export const pairingRoutes = (deps: ProductDeps) => {
  const { engine } = deps;
  const placeOf = (c: Context) => placeOfStatement(engine, c.req.param('funderStatement'));
  const placeOfPairing = async (c: Context) =>
    placeOfStatement(engine, (await findPairing(engine, c.req.param('fundPairing') ?? ''))?.statement);

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/funder-statements/{funderStatement}/pairings',
        summary: '人工对上的行 · Rows that a person paired',
        description: '拆开过的也在。Those that were split are there, too.',
        access: { who: LOOKS, at: placeOf },
        request: {
          params: schemas.StatementParams,
          query: schemas.SinceQuery.extend(pageQuery(['oldest']).shape),
        },
        responses: { 200: answer(schemas.PairingsSchema, '对上的行 · Pairs') },
        example: examples.pairings,
      }),
      async (c) => {
        const { since, ...query } = c.req.valid('query');
        const page = parsePage(query, 'oldest', 'string', ['oldest']);
        if (isProblem(page)) return refuse(c, page);
        const statement = await findFunderStatement(engine, c.req.valid('param').funderStatement);
        const fund = statement && (await getFund(engine, statement.fund));
        if (!statement || !fund) return refuse(c, problem('not-found'));
        const rows = await pairingsOf(engine, {
          ...{ statement: statement.id, limit: page.limit + 1 },
          ...(page.after && { after: Number(page.after.value) }),
          ...(since !== undefined && { since: parseInstant(since) }),
        });
        const cut = cutPage(page, rows, ({ pairing: { number, id } }) => ({ value: number, id }));
        const [latest] = await statementsOf(engine, statement);
        const isLatest = latest?.id === statement.id;
        const isOpen = isLatest && (await agreementsOf(engine, [statement.id])).length === 0;
        const may = isOpen && (await maySend(deps, { fund, actor: actorOf(c) }));
        const items = await Promise.all(cut.items.map((one) => pairingView(deps, one, may)));
        return c.json({ ...cut, items }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/funder-statements/{funderStatement}/pairings',
        summary: '把对方的一行和我们的几行对上 · Pair a row of theirs with rows of ours',
        description:
          '金额不同的要写明原因；有一方确认过以后不能再改。Where the amounts differ, say why; once a side has agreed, nothing is paired any more.',
        access: { who: SENDS, at: placeOf },
        request: { params: schemas.StatementParams, body: json(schemas.PairSchema) },
        responses: { 201: answer(schemas.PairedSchema, '对上了 · Paired') },
        problems: ['invalid-input', 'row-paired', 'statement-agreed', 'changed-meanwhile'],
        example: examples.pair,
      }),
      async (c) => {
        const statement = c.req.valid('param').funderStatement;
        const { theirs, ours, reason = '' } = c.req.valid('json');
        const paired = await pairRows(deps, { statement, theirs, ours, reason, actor: actorOf(c) });
        return isProblem(paired) ? refuse(c, paired) : c.json(paired, 201);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/fund-pairings/{fundPairing}/split',
        summary: '拆开对错了的 · Take a pair apart again',
        access: { who: SENDS, at: placeOfPairing },
        request: { params: schemas.PairingParams },
        responses: { 204: noContent },
        problems: ['statement-agreed', 'changed-meanwhile'],
        example: examples.split,
      }),
      async (c) => {
        const pairing = c.req.valid('param').fundPairing;
        const refused = await splitPairing(deps, { pairing, actor: actorOf(c) });
        return refused ? refuse(c, refused) : c.body(null, 204);
      },
    );
};
