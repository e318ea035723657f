import type { SeriesTerms } from '../ledger/index.ts';
import type { Fund } from './funds.ts';
import { expiryOf, type Expiry, type Instant } from './rules/index.ts';

/** The series that points earned at an instant belong to: the rule says when they end, the fund what they settle at. */
export function seriesTermsFor(
  fund: Fund,
  expiry: Expiry,
  { earnedAt, givenAt }: { earnedAt: Instant; givenAt: Instant },
): SeriesTerms {
  const { rateMicro, budgetReturns } = fund;
  return { expiresAt: expiryOf(expiry, earnedAt, givenAt), rateMicro, budgetReturns };
}
