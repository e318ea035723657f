/**
 * Whose bills a resident sees. Protects: who buys a house is shown its bills since the household is theirs, and neither what
 * the seller was billed nor what they left unpaid; who lived there before, as a tenant or as the seller who stays, keeps the
 * bills of their time; staff, the firm and the auditor see all.
 */
import type { Engine } from '../db/index.ts';
import { belongedSince, householdSince, peopleOf, type ProductDeps } from '../places/index.ts';
import { mayAt, subjectOf, type Actor, type Role } from '../platform/index.ts';
import { dayOf, type Instant, type Month } from '../programme/index.ts';
import type { Bill } from './bills.ts';
import { dueMonthOf } from './rules/bill-months.ts';

type MonthsOf = (person: string) => Month | undefined;

/**
 * The first month whose bills are each person's; undefined for all, where nobody else is known to have owned the house or
 * they belonged to it before.
 */
async function ownMonths(engine: Engine, { house, now }: { house: string; now: Instant }): Promise<MonthsOf> {
  const household = await householdSince(engine, { house, day: dayOf(now) });
  if (household === undefined) return () => undefined;
  const belonged = await belongedSince(engine, house);
  return (person) => {
    const own = belonged.get(person) ?? household;
    return (own < household ? own : household).slice(0, 7);
  };
}

/** Whoever belongs to the bill's house today, where it is of their time. */
export async function peopleOfBill(engine: Engine, { bill, now }: { bill: Bill; now: Instant }) {
  const { house } = bill;
  const from = await ownMonths(engine, { house, now });
  const due = dueMonthOf(bill);
  const people = (await peopleOf(engine, house, dayOf(now))).map(({ person }) => person);
  return people.filter((person) => (from(person) ?? due) <= due);
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
  if (actor.kind !== 'person' || (await mayAt(actor, looksUp, estate, places))) return undefined;
  return (await ownMonths(engine, { house, now: clock() }))(subjectOf(actor));
}
