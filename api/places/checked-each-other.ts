/**
 * Whether one of two registrations has checked what the other did, or done what only somebody else may do for a
 * member. If they are one human, that human has checked their own work: a matter for an auditor, not for a merge.
 */
import { and, eq, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';

export async function checkedEachOther(
  { reader, tables }: Engine,
  [one, other]: readonly [string, string],
): Promise<boolean> {
  const { budgets, closures, services } = tables;
  const ways = [
    [`person:${one}`, `person:${other}`],
    [`person:${other}`, `person:${one}`],
  ] as const;
  for (const [maker, checker] of ways) {
    const member = maker.slice('person:'.length);
    const queries = [
      reader
        .select({ id: budgets.id })
        .from(budgets)
        .where(and(eq(budgets.requestedBy, maker), eq(budgets.approvedBy, checker)))
        .limit(1),
      reader
        .select({ id: closures.id })
        .from(closures)
        .where(and(eq(closures.askedBy, maker), eq(closures.closedBy, checker)))
        .limit(1),
      reader
        .select({ id: services.id })
        .from(services)
        .where(and(eq(services.ratedBy, checker), eq(services.recordedBy, maker)))
        .limit(1),
      // Nobody records or rates their own hours.
      reader
        .select({ id: services.id })
        .from(services)
        .where(
          and(
            eq(services.member, member),
            or(eq(services.recordedBy, checker), eq(services.ratedBy, checker)),
          ),
        )
        .limit(1),
    ];
    for (const query of queries) if ((await query).length > 0) return true;
  }
  return false;
}
