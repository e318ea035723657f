/** What was asked for a fund as a table to take away: on which document, by whom, and who approved it. */
import type { Engine } from '../db/index.ts';
import { everyPage, type OutCell } from '../platform/files/index.ts';
import { budgetView } from './budget.views.ts';
import { listBudgets } from './budgets.ts';
import { dayOf } from './calendar.ts';

const STATES = { waiting: '等批准', approved: '已批准', withdrawn: '已撤下' } as const;

export async function* budgetTable(engine: Engine, fund: string): AsyncGenerator<readonly OutCell[]> {
  yield ['申请日期', '积分', '依据', '申请人', '批准人', '状态'];
  const pages = everyPage(
    (page) => listBudgets(engine, { fund, ...page }),
    ({ id }) => id,
  );
  for await (const rows of pages)
    for (const row of rows) {
      const { requestedByName = '', approvedByName = '', state } = await budgetView(engine, row);
      yield [
        ...[{ date: dayOf(row.createdAt) }, row.amount, row.basis],
        ...[requestedByName, approvedByName, STATES[state]],
      ];
    }
}
