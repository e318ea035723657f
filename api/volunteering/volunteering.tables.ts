import { sql } from 'drizzle-orm';
import type { Kit } from '../db/index.ts';

/** A service record: hours served, and the points computed from them. Hours are never consumed by spending points. */
export const volunteeringTables = (kit: Kit) => ({
  services: kit.table(
    'services',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      place: kit.text().notNull(),
      member: kit.text().notNull(),
      /** A code of the rule's service types, e.g. 'environment'. */
      type: kit.text().notNull(),
      /** The activity as planned, and what was attended. */
      startsAt: kit.instant().notNull(),
      endsAt: kit.instant().notNull(),
      attendedFrom: kit.instant().notNull(),
      attendedTo: kit.instant().notNull(),
      trust: kit.text().$type<'scan' | 'roll-call' | 'paper' | 'typed'>().notNull(),
      state: kit.text().$type<'waiting' | 'released' | 'rejected' | 'no-points' | 'voided'>().notNull(),
      grade: kit.text(),
      points: kit.amount().notNull(),
      /** The steps of the calculation, in both languages, as they were shown. */
      steps: kit.json<readonly Record<string, unknown>[]>().notNull(),
      ruleVersion: kit.text().notNull(),
      recordedBy: kit.text().notNull(),
      ratedBy: kit.text(),
      /** The ledger's transactions: the award that waits, and its release or rejection. */
      awardTransaction: kit.integer(),
      settledTransaction: kit.integer(),
      createdAt: kit.instant().notNull(),
      /** Recorded by mistake: who said so, why, and the transaction that took back what it had brought. */
      voidedBy: kit.text(),
      voidedReason: kit.text(),
      voidedTransaction: kit.integer(),
    },
    (t) => [
      kit.index('services_place').on(t.place, t.state, t.id),
      kit.index('services_day').on(t.place, t.state, t.startsAt, t.id),
      kit.index('services_member').on(t.member, t.id),
      kit.index('services_award').on(t.awardTransaction),
      // Whether one of two who may be one human has rated what the other recorded.
      kit
        .index('services_rated')
        .on(t.ratedBy, t.recordedBy)
        .where(sql`${t.ratedBy} is not null`),
      kit.index('services_settled').on(t.settledTransaction),
      kit.index('services_voided').on(t.voidedTransaction),
      kit.check(
        'services_state_known',
        sql`${t.state} in ('waiting', 'released', 'rejected', 'no-points', 'voided')`,
      ),
      kit.check('services_trust_known', sql`${t.trust} in ('scan', 'roll-call', 'paper', 'typed')`),
    ],
  ),
});
