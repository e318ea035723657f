/** What the counter's routes answer. A customer is shown masked. */
import type { Person } from '../identity/index.ts';
import { actorText, formatInstant, maskName, type Actor } from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import type { Step } from '../programme/index.ts';
import type { PurchaseRow, RedemptionRow } from './list-sales.ts';

type Shown = 'id' | 'member' | 'points' | 'unit' | 'state' | 'clerk' | 'createdAt';
/** What a till is shown of a sale. */
export type ShownRedemption = Pick<RedemptionRow, Shown | 'goods' | 'yuanFen'>;
export type ShownPurchase = Pick<PurchaseRow, Shown | 'receipt' | 'amountFen'> & {
  steps: readonly object[];
};

export function customerView(person: Person | undefined): { name: string; tail: string } {
  return { name: maskName(person?.name ?? ''), tail: (person?.phone ?? '').slice(-4) };
}

export function purchaseView(row: ShownPurchase, person: Person | undefined, actor: Actor) {
  return {
    id: row.id,
    customer: customerView(person),
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

export function redemptionView(row: ShownRedemption, person: Person | undefined, actor: Actor) {
  return {
    id: row.id,
    customer: customerView(person),
    points: String(row.points),
    unit: row.unit,
    goods: row.goods,
    yuan: formatYuan(row.yuanFen),
    state: row.state,
    at: formatInstant(row.createdAt),
    mine: row.clerk === actorText(actor),
  };
}
