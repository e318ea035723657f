/** What an agreement says of how it is settled, beside the rate: how often, and how much may be left unpaid. */
export const SETTLEMENT_PERIODS = ['month', 'quarter', 'year'] as const;
export type SettlementPeriod = (typeof SETTLEMENT_PERIODS)[number];

/** What a till does where more would be unpaid than the redeemer accepts: it refuses, or it asks. */
export const OVER_EXPOSURE = ['refuse', 'ask'] as const;
export type OverExposure = (typeof OVER_EXPOSURE)[number];

/** Whether a settlement may end with this month ('YYYY-MM'). */
export function endsWith(period: SettlementPeriod, month: string): boolean {
  const nth = Number(month.slice(5));
  return period === 'month' || nth % (period === 'quarter' ? 3 : 12) === 0;
}

/** The part of the limit from which on the till warns, in hundredths. */
const WARNS_AT = 80;

export type Exposure = { limitFen: number; unpaidMicro: number };
export type ExposureState = 'within' | 'near' | 'over';

const MICRO_PER_FEN = 10_000;

/** How a limit stands, once `more` micro-yuan are taken. */
export function exposureState({ limitFen, unpaidMicro }: Exposure, more = 0): ExposureState {
  const [limit, then] = [limitFen * MICRO_PER_FEN, unpaidMicro + more];
  if (then > limit) return 'over';
  return then * 100 >= limit * WARNS_AT ? 'near' : 'within';
}
