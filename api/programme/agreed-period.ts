/** How often what a payer owes a redeemer is settled, by the agreements of the day. */
import type { Engine } from '../db/index.ts';
import { agreementsOf } from './agreements.ts';
import { periodOfMonth, type Month } from './rules/index.ts';
import { agreementsAt } from './rules/agreement-standing.ts';
import { SETTLEMENT_PERIODS, type SettlementPeriod } from './rules/settlement-terms.ts';

/** The most frequent where several agreements have the same payer; a clearing party is paid every month. */
export async function agreedPeriod(
  engine: Engine,
  { payer, payee, month }: { payer: string; payee: string; month: Month },
): Promise<SettlementPeriod> {
  const known = (await agreementsOf(engine, payee)) ?? [];
  const periods = agreementsAt(known, periodOfMonth(month).end - 1)
    .filter(({ mode, via, fund }) =>
      mode === 'clearing' ? via === payer : mode === 'owed' && (fund === payer || fund === '*'),
    )
    .map(({ period }) => period ?? 'month');
  return SETTLEMENT_PERIODS.find((period) => periods.includes(period)) ?? 'month';
}
