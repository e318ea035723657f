import type { Engine } from '../db/index.ts';
import { formatInstant } from '../platform/index.ts';
import type { Budget } from './budgets.ts';
import type { BudgetState } from './programme.schemas.ts';
import { nameOfActor } from './who-took-part.ts';

function stateOf(b: Budget): BudgetState {
  if (b.transaction !== null) return 'approved';
  return b.withdrawnAt === null ? 'waiting' : 'withdrawn';
}

export async function budgetView(engine: Engine, b: Budget) {
  const nameOf = (actor: string | null) => (actor === null ? undefined : nameOfActor(engine, actor));
  const [requestedByName, approvedByName] = await Promise.all([nameOf(b.requestedBy), nameOf(b.approvedBy)]);
  return {
    ...{ id: b.id, fund: b.fund, amount: String(b.amount), basis: b.basis, state: stateOf(b) },
    requestedBy: b.requestedBy,
    ...(requestedByName !== undefined && { requestedByName }),
    ...(b.approvedBy !== null && { approvedBy: b.approvedBy }),
    ...(approvedByName !== undefined && { approvedByName }),
    ...(b.transaction !== null && { transaction: String(b.transaction) }),
    at: formatInstant(b.createdAt),
  };
}
