import { sql } from 'drizzle-orm';
import type { Kit } from '../db/index.ts';

export type OffsetState = 'held' | 'exported' | 'posted' | 'cancelled' | 'returned' | 'reversed';

/** A household that pays together: who agreed to it, and whose points an offset took. */
export const poolTables = (kit: Kit) => ({
  /** Somebody's word that their points may pay the fees of a house of theirs (一起抵扣). It ends with the residency it was given in. */
  poolConsents: kit.table(
    'pool_consents',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      house: kit.text().notNull(),
      person: kit.text().notNull(),
      /** The link to the house that stood when it was given: one that begins anew is asked for anew. */
      residency: kit.text().notNull(),
      /** Calendar days; `until` is the first day on which it no longer holds, null while it goes on. */
      since: kit.date().notNull(),
      until: kit.date(),
      /** `person:<id>`: always their own. */
      givenBy: kit.text().notNull(),
      endedAt: kit.instant(),
      endedBy: kit.text(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit
        .uniqueIndex('pool_consents_standing')
        .on(t.house, t.person)
        .where(sql`${t.endedAt} is null`),
      kit.index('pool_consents_person').on(t.person, t.id),
    ],
  ),

  /** What each member gives to an offset that several pay; one that is paid by whoever made it alone has none. */
  offsetParts: kit.table(
    'offset_parts',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      offsetId: kit.text().notNull(),
      /** 0, 1 … as their commands stand in the unit; the hold of the first is the offset's own. */
      nth: kit.integer().notNull(),
      member: kit.text().notNull(),
      hold: kit.text().notNull(),
      /** Points by unit, e.g. {"CON":3189,"VOL":36}. */
      points: kit.json<Readonly<Record<string, number>>>().notNull(),
      valueFen: kit.amount().notNull(),
      holdTransaction: kit.integer(),
      settledTransaction: kit.integer(),
      reversedTransaction: kit.integer(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.uniqueIndex('offset_parts_identity').on(t.offsetId, t.nth),
      kit.index('offset_parts_member').on(t.member, t.offsetId),
      kit.index('offset_parts_hold').on(t.holdTransaction),
      kit.index('offset_parts_settled').on(t.settledTransaction),
      kit.index('offset_parts_reversed').on(t.reversedTransaction),
    ],
  ),
});
