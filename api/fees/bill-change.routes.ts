/** What the accountant says of bills that no file does: a file that was the wrong one, money received elsewhere, a bill that is none. */
import type { Context } from 'hono';
import { getImport, type ProductDeps } from '../places/index.ts';
import { actorOf, answer, isProblem, json, newModule, problem, refuse, route } from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import * as examples from './bill-change.examples.ts';
import * as schemas from './bill-change.schemas.ts';
import { findBill } from './bills.ts';
import { correctBill } from './correct-bill.ts';
import { BillParams, BillSchema, fenOf } from './fees.schemas.ts';
import { billViews } from './fees.views.ts';
import { undoImport, undoOf, type ImportUndo } from './undo-import.ts';

export const billChangeRoutes = (deps: ProductDeps) => {
  const { engine } = deps;
  const fileOf = (c: Context) => getImport(engine, c.req.param('import') ?? '');
  const placeOfFile = async (c: Context) => (await fileOf(c))?.place;
  const estateOfBill = async (c: Context) => (await findBill(engine, c.req.param('bill') ?? ''))?.estate;
  const undoView = ({ amountFen, ...rest }: ImportUndo) => ({ ...rest, amount: formatYuan(amountFen) });

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/imports/{import}/undo',
        summary: '能不能撤销一份账单文件 · Whether a file of bills may be taken back',
        access: { who: ['accountant', 'finance_lead', 'operator', 'auditor'], at: placeOfFile },
        request: { params: schemas.ImportParams },
        responses: { 200: answer(schemas.ImportUndoSchema, '能不能撤销 · Whether it may') },
        example: examples.lookAtUndo,
      }),
      async (c) => {
        const row = await fileOf(c);
        if (!row) return refuse(c, problem('not-found'));
        const onReader = { ...deps, engine: { ...engine, db: engine.reader } };
        return c.json(undoView(await undoOf(onReader, row, actorOf(c))), 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/imports/{import}/undo',
        summary: '撤销导错的账单文件 · Take back a file of bills that was the wrong one',
        description:
          '谁导入的由谁撤销；他已经不在这里工作的，由同事或财务主管撤销。它带来的账单作废，不删除；有抵扣单、后来又改过的不能撤销。By who took it in, or by a colleague or the finance lead once they work there no more. Its bills are cancelled, not deleted; not where offsets or later files hang on them.',
        access: { who: ['accountant', 'finance_lead', 'operator'], at: placeOfFile, scope: 'fees:write' },
        request: {
          params: schemas.ImportParams,
          body: json(schemas.UndoImportSchema),
        },
        responses: { 200: answer(schemas.ImportUndoSchema, '撤销以后 · Once it was taken back') },
        problems: ['invalid-input', 'undo-not-possible', 'changed-meanwhile'],
        example: examples.undoImport,
      }),
      async (c) => {
        const { bills } = c.req.valid('json');
        const { import: id } = c.req.valid('param');
        const done = await undoImport(deps, { import: id, bills, actor: actorOf(c) });
        return isProblem(done) ? refuse(c, done) : c.json(undoView(done), 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/bills/{bill}/correction',
        summary:
          '手工更正一张账单：在别处收的钱，或作废 · Say of one bill what was received elsewhere, or cancel it',
        description:
          '和导入只有这一行的文件一样处理，同样会问；以原因为名列在导入记录里。Taken in like a file of this one line, with the same questions; it stands among the imports by its reason.',
        access: { who: ['accountant'], at: estateOfBill, scope: 'fees:write' },
        request: {
          params: BillParams,
          body: json(schemas.CorrectBillSchema),
        },
        responses: { 200: answer(BillSchema, '账单 · Bill') },
        problems: ['invalid-input', 'not-confirmed', 'changed-meanwhile', 'bill-cancelled', 'bill-reissued'],
        example: examples.correctBill,
      }),
      async (c) => {
        const { was, paid, reason, confirm = [] } = c.req.valid('json');
        const { bill: id } = c.req.valid('param');
        const done = await correctBill(deps, {
          ...{ bill: id, wasFen: fenOf(was), reason, confirmed: confirm, actor: actorOf(c) },
          paidFen: paid === undefined ? undefined : fenOf(paid),
        });
        if (isProblem(done)) return refuse(c, done);
        const bill = await findBill(engine, id);
        const [view] = bill ? await billViews(engine, [bill]) : [];
        return view ? c.json(view, 200) : refuse(c, problem('not-found'));
      },
    );
};
