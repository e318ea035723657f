/** What the counter's routes answer. A customer is shown masked. */
import type { Engine } from '../db/index.ts';
import { findPerson } from '../identity/index.ts';
import { actorText, formatInstant, maskName, type Actor } from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import type { Step } from '../programme/index.ts';
import type { PurchaseRow, RedemptionRow } from './list-sales.ts';

type Shown = 'id' | 'member' | 'points' | 'unit' | 'state' | 'clerk' | 'createdAt';
/** What a till is shown of a sale. */
export type ShownRedemption = Pick<RedemptionRow, Shown | 'goods'>;
export type ShownPurchase = Pick<PurchaseRow, Shown | 'receipt' | 'amountFen'> & {
  steps: readonly object[];
};

export async function customerView(engine: Engine, member: string): Promise<{ name: string; tail: string }> {
  const person = await findPerson(engine, member);
  return { name: maskName(person?.name ?? ''), tail: (person?.phone ?? '').slice(-4) };
}

export async function purchaseView(engine: Engine, row: ShownPurchase, actor: Actor) {
  return {
    id: row.id,
    customer: await customerView(engine, row.member),
    receipt: row.receipt,
    amount: formatYuan(row.amountFen),
    points: String(row.points),
    unit: row.unit,
    state: row.state,
    steps: (row.steps as readonly Step[]).map((step) => ({ ...step })),
    at: formatInstant(row.createdAt),
    mine: row.clerk === actorText(actor),
  };
}

export async function redemptionView(engine: Engine, row: ShownRedemption, actor: Actor) {
  return {
    id: row.id,
    customer: await customerView(engine, row.member),
    points: String(row.points),
    unit: row.unit,
    goods: row.goods,
    state: row.state,
    at: formatInstant(row.createdAt),
    mine: row.clerk === actorText(actor),
  };
}
