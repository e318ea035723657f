/**
 * Whose bills a resident sees. Protects: who buys a house is shown its bills since the household is theirs, and neither what
 * the seller was billed nor what they left unpaid; staff, the firm and the auditor see all.
 */
import type { Engine } from '../db/index.ts';
import { householdSince, peopleOf, type ProductDeps } from '../places/index.ts';
import { mayAt, type Actor, type Role } from '../platform/index.ts';
import { dayOf, type Instant, type Month } from '../programme/index.ts';
import type { Bill } from './bills.ts';
import { dueMonthOf } from './rules/bill-months.ts';

type At = { house: string; now: Instant };

/** The first month whose bills are today's household's; undefined where nobody else is known to have owned the house. */
export async function ownMonthsFrom(engine: Engine, { house, now }: At): Promise<Month | undefined> {
  return (await householdSince(engine, { house, day: dayOf(now) }))?.slice(0, 7);
}

/** Whoever belongs to the bill's house today, where it is of their time. */
export async function peopleOfBill(engine: Engine, { bill, now }: { bill: Bill; now: Instant }) {
  const { house } = bill;
  const from = await ownMonthsFrom(engine, { house, now });
  if (from !== undefined && dueMonthOf(bill) < from) return [];
  return (await peopleOf(engine, house, dayOf(now))).map(({ person }) => person);
}

/** From which month on an actor sees the bills of a house; undefined for all. `looksUp`: the posts that see every one. */
export async function seesFrom(
  { engine, places, clock }: Pick<ProductDeps, 'engine' | 'places' | 'clock'>,
  {
    house,
    estate,
    actor,
    looksUp,
  }: { house: string; estate: string; actor: Actor; looksUp: readonly Role[] },
): Promise<Month | undefined> {
  const isInPost = await mayAt(actor, looksUp, estate, places);
  return isInPost ? undefined : ownMonthsFrom(engine, { house, now: clock() });
}
