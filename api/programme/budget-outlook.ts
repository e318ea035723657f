/** How long the budgets that pay at a place will last: those of its own funds and of the places above it. */
import type { Engine } from '../db/index.ts';
import { balancesAsBooked, balancesOf, lastSeqBookedBy, type Balance } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { fundsAtAll, type Fund } from './funds.ts';
import { LOOKED_BACK_DAYS, lastsDays } from './rules/outlook.ts';

export type Outlook = {
  fund: Fund;
  approved: number;
  unissued: number;
  /** Points set aside or given in the last thirty days, less what came back. */
  used: number;
  lastsDays: number | undefined;
};

export async function budgetOutlook(
  { engine, places, clock }: Pick<ProductDeps, 'engine' | 'places' | 'clock'>,
  place: string,
): Promise<Outlook[]> {
  const line = await places.lineage(place);
  const funds = await fundsAtAll(
    engine,
    line.map(({ id }) => id),
  );
  const from = clock() - LOOKED_BACK_DAYS * 86_400_000;
  return Promise.all(funds.map((fund) => outlookOf(engine, fund, from)));
}

async function outlookOf(engine: Engine, fund: Fund, from: number): Promise<Outlook> {
  const { book, id: owner } = fund;
  const seq = await lastSeqBookedBy(engine, { book, at: from });
  const [now, before] = [
    budgetIn(await balancesOf(engine, { book, owner })),
    budgetIn(await balancesAsBooked(engine, { book, owner, seq })),
  ];
  const used = now.approved - now.unissued - (before.approved - before.unissued);
  return { fund, ...now, used, lastsDays: lastsDays(now.unissued, used) };
}

function budgetIn(balances: readonly Balance[]): { approved: number; unissued: number } {
  const of = (role: Balance['role']) => balances.find((one) => one.role === role)?.balance ?? 0;
  return { approved: Math.abs(of('outside')), unissued: of('unissued') };
}
