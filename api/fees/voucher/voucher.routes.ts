/** 记账凭证 of a month, and the firm's own 科目 that it is written with. */
import type { Context } from 'hono';
import { FormatQuery, giveTable, tableAnswer } from '../../identity/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import {
  actorOf,
  answer,
  cutPage,
  formatInstant,
  isProblem,
  json,
  newModule,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
  type Problem,
} from '../../platform/index.ts';
import { findClosure } from '../close-month.ts';
import { ClosureParams, PlaceParams } from '../closure.schemas.ts';
import { draftOf, LOOKS_UP } from '../statement/statement.routes.ts';
import { bodyOf, signerName } from '../statement/statement.views.ts';
import { findStatement } from '../statement/statements.ts';
import { proposeChange } from '../settings/firm-changes.ts';
import { ChangedSchema } from '../settings/firm-changes.schemas.ts';
import { accountsInForce, firmAt, listAccounts } from './firm-accounts.ts';
import * as examples from './voucher.examples.ts';
import * as schemas from './voucher.schemas.ts';
import { voucherRows, voucherView } from './voucher.views.ts';

export const voucherRoutes = (deps: ProductDeps) => {
  const { engine } = deps;
  const placeOfClosure = async (c: Context): Promise<string | undefined> =>
    (await findClosure(engine, c.req.param('closure') ?? ''))?.place;
  const voucherOfClosure = async (id: string, firm?: string): Promise<schemas.VoucherView | Problem> => {
    const kept = await findStatement(engine, id);
    if (!kept) return problem('no-statement-kept');
    const of = { body: bodyOf(kept), preliminary: false, firm };
    return (await voucherView(engine, of)) ?? problem('not-found');
  };
  const atPlace = { who: LOOKS_UP, at: (c: Context) => c.req.param('place') } as const;

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/closures/{closure}/voucher',
        summary: '关账月份的记账凭证 · The voucher of a closed month',
        access: { who: LOOKS_UP, at: placeOfClosure },
        request: { params: ClosureParams, query: schemas.FirmQuery },
        responses: { 200: answer(schemas.VoucherSchema, '记账凭证 · Voucher') },
        problems: ['no-statement-kept'],
        example: examples.voucher,
      }),
      async (c) => {
        const found = await voucherOfClosure(c.req.valid('param').closure, c.req.valid('query').firm);
        return isProblem(found) ? refuse(c, found) : c.json(found, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/closures/{closure}/voucher/file',
        summary: '下载记账凭证 · The voucher as a file',
        access: { who: LOOKS_UP, at: placeOfClosure },
        request: { params: ClosureParams, query: FormatQuery.extend(schemas.FirmQuery.shape) },
        responses: tableAnswer,
        problems: ['no-statement-kept'],
        example: examples.voucherFile,
      }),
      async (c) => {
        const { format, firm } = c.req.valid('query');
        const found = await voucherOfClosure(c.req.valid('param').closure, firm);
        if (isProblem(found)) return refuse(c, found);
        const { place, month } = found;
        const of = { subject: 'voucher', place: place.id, format };
        const ofFirm = found.firms.length > 1 ? `-${found.firm.name}` : '';
        const name = `记账凭证-${place.name}${ofFirm}-${month}`;
        return giveTable(deps, c, { ...of, name, rows: voucherRows(found), widths: [34, 14, 34, 14, 14] });
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/preliminary-voucher',
        summary: '下一个要关的月份的记账凭证初稿 · The draft of the next month’s voucher',
        access: atPlace,
        request: { params: PlaceParams, query: schemas.FirmQuery },
        responses: { 200: answer(schemas.VoucherSchema, '初稿 · Draft') },
        example: examples.draftVoucher,
      }),
      async (c) => {
        const body = await draftOf(deps, c.req.valid('param').place);
        const { firm } = c.req.valid('query');
        const found = body && (await voucherView(engine, { body, preliminary: true, firm }));
        return found ? c.json(found, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/firm-accounts',
        summary: '物业公司的会计科目 · The firm’s own accounts',
        access: atPlace,
        request: { params: PlaceParams },
        responses: { 200: answer(schemas.AccountsInForceSchema, '科目 · Accounts') },
        problems: ['no-firm'],
        example: examples.accounts,
      }),
      async (c) => {
        const firm = await firmAt(deps, c.req.valid('param').place);
        if (!firm) return refuse(c, problem('no-firm'));
        const { id, name } = firm;
        const { version, accounts } = await accountsInForce(engine, id);
        return c.json({ firm: { id, name }, version, accounts: wire(accounts) }, 200);
      },
    )
    .openapi(
      route({
        method: 'put',
        path: '/places/{place}/firm-accounts',
        summary: '改会计科目 · Change the firm’s accounts',
        description:
          '另一位同事复核后，对这家物业的每个小区都有效（公司只有一个人时直接生效）；留下谁在什么时候改的。Holds for every estate of the firm once a second person approves (at once where there is none); who changed them and when stays on record.',
        access: { who: ['accountant', 'finance_lead'], at: (c) => c.req.param('place') },
        request: { params: PlaceParams, body: json(schemas.ChangeAccountsSchema) },
        responses: { 200: answer(ChangedSchema, '科目 · Accounts') },
        problems: ['no-firm', 'changed-meanwhile', 'change-waits'],
        example: examples.changeAccounts,
      }),
      async (c) => {
        const { place: estate } = c.req.valid('param');
        if (!(await firmAt(deps, estate))) return refuse(c, problem('no-firm'));
        const { accounts, version: follows } = c.req.valid('json');
        const asked = {
          estate,
          kind: 'accounts' as const,
          name: '',
          body: JSON.stringify(accounts),
          follows,
        };
        const done = await proposeChange(deps, { ...asked, actor: actorOf(c) });
        return isProblem(done) ? refuse(c, done) : c.json({ waits: done.state === 'waiting' }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/firm-accounts/history',
        summary: '谁改过会计科目 · Who changed the firm’s accounts',
        access: atPlace,
        request: { params: PlaceParams, query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.AccountsHistorySchema, '改动 · Changes') },
        problems: ['no-firm'],
        example: examples.accountsHistory,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest', 'number');
        if (isProblem(page)) return refuse(c, page);
        const firm = await firmAt(deps, c.req.valid('param').place);
        if (!firm) return refuse(c, problem('no-firm'));
        const rows = await listAccounts(engine, {
          ...{ firm: firm.id, limit: page.limit + 1 },
          ...(page.after !== undefined && { before: Number(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ version }) => ({ value: version, id: version }));
        const items = cut.items.map(async ({ version, accounts, changedBy, createdAt }) => ({
          ...{ version, accounts: wire(accounts), at: formatInstant(createdAt) },
          name: await signerName(engine, changedBy),
        }));
        return c.json({ ...cut, items: await Promise.all(items) }, 200);
      },
    );
};

function wire({ items, ...accounts }: Awaited<ReturnType<typeof accountsInForce>>['accounts']) {
  return { ...accounts, items: items.map((item) => ({ ...item })) };
}
