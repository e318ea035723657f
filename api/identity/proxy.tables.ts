import { sql } from 'drizzle-orm';
import type { Kit } from '../db/index.ts';
import type { MayDo } from './rules/may-act-for.ts';

/** Whom residents let act for them (家人代办). Ids only; a consent that ended stays, so that it can be told who could do what when. */
export const proxyTables = (kit: Kit) => ({
  proxies: kit.table(
    'proxies',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      principal: kit.text().notNull(),
      proxy: kit.text().notNull(),
      may: kit.text().$type<MayDo>().notNull(),
      /** Days in Asia/Shanghai; `until` is the first on which it no longer holds. */
      since: kit.date().notNull(),
      until: kit.date().notNull(),
      /** Chosen among the people of the house, by the relative's code, or signed on paper at the desk. */
      given: kit.text().$type<'house' | 'code' | 'paper'>().notNull(),
      /** Number of the paper; '' where there is none. */
      paper: kit.text().notNull(),
      /** The estate whose staff see it and may end it. */
      place: kit.text().notNull(),
      recordedBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
      /** Before its day came; null while it stands. */
      endedAt: kit.instant(),
      endedBy: kit.text(),
    },
    (t) => [
      kit.index('proxies_principal').on(t.principal, t.id),
      kit.index('proxies_proxy').on(t.proxy, t.id),
      // One at a time between two people: giving it anew ends the one before.
      kit
        .uniqueIndex('proxies_standing')
        .on(t.proxy, t.principal)
        .where(sql`${t.endedAt} is null`),
      kit.check('proxies_may_known', sql`${t.may} in ('view', 'spend')`),
      kit.check('proxies_given_known', sql`${t.given} in ('house', 'code', 'paper')`),
      kit.check('proxies_two_people', sql`${t.proxy} <> ${t.principal}`),
    ],
  ),

  /** What a relative shows so that they can be named; of the digits only a keyed hash is kept. */
  helperCodes: kit.table(
    'helper_codes',
    {
      id: kit.id(),
      person: kit.text().notNull(),
      hash: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
      endsAt: kit.instant().notNull(),
      usedAt: kit.instant(),
    },
    (t) => [
      kit.index('helper_codes_hash').on(t.hash, t.id),
      kit.index('helper_codes_person').on(t.person, t.id),
      kit.index('helper_codes_end').on(t.endsAt),
    ],
  ),
});
