/**
 * What the accountant knows of one bill and no file has said: money that was received elsewhere, or that the firm has
 * cancelled it. It is taken in like a file of one line, with the same questions, and stands among the imports by its reason.
 */
import { getHouses, type ImportReport, type ProductDeps } from '../places/index.ts';
import { problem, type Actor, type Problem } from '../platform/index.ts';
import { isFileProblem, readTable } from '../platform/files/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { findBill } from './bills.ts';
import type { BillRow } from './files/bills.ts';
import { contradictionIn } from './files/contradiction.ts';
import { takeBills } from './import-bills.ts';
import type { BillsRead } from './read-bills.ts';

type Correction = {
  bill: string;
  /** What was received of it so far, as it was seen. */
  wasFen: number;
  /** All the money received by now, or nothing: the firm has cancelled it. */
  paidFen?: number | undefined;
  reason: string;
  /** The codes of the questions that a person has answered. */
  confirmed: readonly string[];
  actor: Actor;
};

export async function correctBill(
  deps: Pick<ProductDeps, 'engine' | 'ids' | 'clock' | 'places'>,
  { bill: id, wasFen, paidFen, reason, confirmed, actor }: Correction,
): Promise<ImportReport | Problem> {
  const found = await findBill(deps.engine, id);
  if (!found) return problem('not-found');
  const of = { estate: found.estate, actor, dryRun: false, byHand: true as const, confirmed };
  return takeBills(deps, of, async (engine): Promise<BillsRead | Problem> => {
    const bill = await findBill(engine, id);
    const house = bill && (await getHouses(engine, [bill.house])).get(bill.house);
    if (!bill || !house) return problem('not-found');
    if (bill.state === 'cancelled') return problem('bill-cancelled');
    if (bill.state === 'reissued') return problem('bill-reissued');
    if (bill.paidFen !== wasFen) return problem('changed-meanwhile');
    const { version, item, period, periodTo } = bill;
    const amountFen = paidFen === undefined ? 0 : bill.amountFen;
    const { building, unit, room } = house;
    const contradicts =
      paidFen === undefined ? undefined : contradictionIn(amountFen, { rowNumber: 2, paidFen });
    const row: BillRow = {
      ...{ rowNumber: 2, house: { building, unit, room }, item, itemText: item, period, amountFen },
      ...(periodTo !== null && { periodTo }),
      ...(paidFen !== undefined && { paidFen }),
      ...(contradicts && { contradicts }),
    };
    const said = [id, String(version), formatYuan(amountFen), formatYuan(paidFen ?? bill.paidFen)];
    const text = `账单,版本,应收金额,已收\n${said.join(',')}\n`;
    const table = await readTable(Buffer.from(text), `手工：${reason}`);
    if (isFileProblem(table)) throw new Error(table.en);
    const totals = { computedFen: amountFen, columns: [] };
    const none = { rejected: [], problems: [], warnings: [], implied: [], headerRow: 0 };
    return {
      table,
      parsed: { rows: [row], totals, ...none },
      found: [{ row, house: bill.house }],
      ...{ otherNames: [], questions: [], unknownHouses: [], byDecision: new Set() },
    };
  });
}
