/** A budget is asked for by one person and approved by another; approval books it (maker ≠ checker, by person). */
import { and, asc, desc, eq, gt, inArray, isNull, lt, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { areTwoPeople } from '../identity/index.ts';
import { findPosted, post, type Posted } from '../ledger/index.ts';
import { actorText, problem, type Actor, type Deps, type Problem } from '../platform/index.ts';
import { getFund } from './funds.ts';

export type Budget = {
  id: string;
  version: number;
  fund: string;
  amount: number;
  basis: string;
  requestedBy: string;
  approvedBy: string | null;
  transaction: number | null;
  withdrawnBy: string | null;
  withdrawnAt: number | null;
  createdAt: number;
};

/**
 * Asks for budget; nothing is booked yet. `basis` names the document it rests on. The same amount on the same document that
 * waits already is the slip of a second press or of two colleagues, and could be approved twice.
 */
export function requestBudget(
  { engine: shared, ids, clock }: Pick<Deps, 'engine' | 'ids' | 'clock'>,
  { fund, amount, basis, actor }: { fund: string; amount: number; basis: string; actor: Actor },
): Promise<{ id: string } | Problem> {
  return shared.exclusively(`budget:${fund}`, async (engine) => {
    if (!(await getFund(engine, fund))) return problem('not-found');
    const { budgets: t } = engine.tables;
    const waiting = and(eq(t.fund, fund), isNull(t.transaction), isNull(t.withdrawnAt));
    const same = and(eq(t.amount, amount), eq(t.basis, basis));
    const [there] = await engine.db.select({ id: t.id }).from(t).where(and(waiting, same)).limit(1);
    if (there) return problem('already-exists', { fields: [asksTwice] });
    const id = ids();
    const row = { id, version: 1, fund, amount, basis, requestedBy: actorText(actor), createdAt: clock() };
    await engine.db.insert(t).values(row);
    return { id };
  });
}

const asksTwice = {
  field: 'basis',
  zh: '凭这份文件申请的同样额度，已经在等批准',
  en: 'The same budget on this document waits for approval already',
};

export async function getBudget(engine: Engine, id: string): Promise<Budget | undefined> {
  const { budgets } = engine.tables;
  const [row] = await engine.db.select().from(budgets).where(eq(budgets.id, id));
  return row;
}

/** Newest first, before the budget `before`. */
export async function listBudgets(
  engine: Engine,
  input: { fund: string; before?: string; limit: number },
): Promise<Budget[]> {
  const { budgets: t } = engine.tables;
  const earlier = input.before === undefined ? undefined : lt(t.id, input.before);
  return engine.reader
    .select()
    .from(t)
    .where(and(eq(t.fund, input.fund), earlier))
    .orderBy(desc(t.id))
    .limit(input.limit);
}

/** What waits for a colleague's approval in these funds, fund by fund, the oldest first. */
export async function waitingBudgets(
  engine: Engine,
  input: { funds: readonly string[]; after?: { fund: string; id: string }; limit: number },
): Promise<Budget[]> {
  const { budgets: t } = engine.tables;
  if (input.funds.length === 0) return [];
  const waiting = and(isNull(t.transaction), isNull(t.withdrawnAt));
  const { after } = input;
  const later = after && or(gt(t.fund, after.fund), and(eq(t.fund, after.fund), gt(t.id, after.id)));
  return engine.reader
    .select()
    .from(t)
    .where(and(inArray(t.fund, [...input.funds]), waiting, later))
    .orderBy(asc(t.fund), asc(t.id))
    .limit(input.limit);
}

/** Taken back by whoever asked, or turned down by a colleague; what was approved is corrected in the ledger, not here. */
export async function withdrawBudget(
  { engine, clock }: Pick<Deps, 'engine' | 'clock'>,
  { budget: id, actor }: { budget: string; actor: Actor },
): Promise<Problem | undefined> {
  const budget = await getBudget(engine, id);
  if (!budget) return problem('not-found');
  if (budget.withdrawnAt !== null) return undefined;
  const { budgets: t } = engine.tables;
  // The version is the one that an approval would count on: one of the two comes too late.
  const taken = await engine.db
    .update(t)
    .set({ withdrawnAt: clock(), withdrawnBy: actorText(actor), version: budget.version + 1 })
    .where(and(eq(t.id, id), eq(t.version, budget.version), isNull(t.transaction)))
    .returning({ id: t.id });
  return taken.length === 1 ? undefined : problem('already-done');
}

export async function approveBudget(
  deps: Pick<Deps, 'engine' | 'journal' | 'ids' | 'clock'>,
  input: { budget: string; key: string; scope: string; actor: Actor },
): Promise<Posted | Problem> {
  const { engine } = deps;
  const budget = await getBudget(engine, input.budget);
  const fund = budget && (await getFund(engine, budget.fund));
  if (!budget || !fund) return problem('not-found');
  const ask = { book: fund.book, scope: input.scope, key: input.key, request: ['approve-budget', budget.id] };
  const before = await findPosted(deps, ask);
  if (before) return before;
  if (budget.withdrawnAt !== null) return problem('budget-withdrawn');
  const asked = { actor: budget.requestedBy, at: budget.createdAt };
  const approving = { actor: actorText(input.actor), at: deps.clock() };
  if (!(await areTwoPeople(engine, asked, approving))) return problem('second-person-needed');
  return post(deps, ask, {
    actor: input.actor,
    place: fund.place,
    commands: [{ do: 'budget', fund: fund.id, unit: fund.unit, amount: budget.amount }],
    uniques: [{ key: `budget:${budget.id}` }],
    rows: [
      {
        update: 'budgets',
        id: budget.id,
        version: budget.version,
        set: { approved_by: actorText(input.actor), transaction: { planned: 'transaction' } },
      },
    ],
  });
}
