import { sql } from 'drizzle-orm';
import type { Kit } from '../db/index.ts';
import type { ActedBy } from '../identity/index.ts';
import type { Deed, Desk, InquiryState } from './rules/index.ts';

/** What members ask about their transactions (对这笔有疑问), and every word that was said, dated and by whom. */
export const inquiriesTables = (kit: Kit) => ({
  inquiries: kit.table(
    'inquiries',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      transaction: kit.integer().notNull(),
      member: kit.text().notNull(),
      /** Where it is answered, and by which post there. */
      place: kit.text().notNull(),
      desk: kit.text().$type<Desk>().notNull(),
      state: kit.text().$type<InquiryState>().notNull(),
      /** Whether somebody of the desk has to answer. */
      waits: kit.boolean().notNull(),
      /** A member may ask on once. */
      reopened: kit.boolean().notNull(),
      /** Who recorded the transaction, as `person:<id>` or `key:<id>`, and when; they do not answer. */
      maker: kit.text().notNull(),
      madeAt: kit.instant().notNull(),
      /** Who asked for the member; null where they asked themselves. */
      actedBy: kit.json<ActedBy>(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.index('inquiries_desk').on(t.place, t.desk, t.waits, t.id),
      kit.index('inquiries_member').on(t.member, t.id),
      kit.index('inquiries_transaction').on(t.member, t.transaction, t.id),
      // One question at a time about one transaction, whoever presses twice.
      kit
        .uniqueIndex('inquiries_open')
        .on(t.member, t.transaction)
        .where(sql`${t.state} <> 'closed'`),
      kit.check('inquiries_desk_known', sql`${t.desk} in ('staff', 'shop', 'fees')`),
      kit.check('inquiries_state_known', sql`${t.state} in ('open', 'answered', 'reopened', 'closed')`),
    ],
  ),

  inquiryWords: kit.table(
    'inquiry_words',
    {
      id: kit.id(),
      inquiry: kit.text().notNull(),
      deed: kit.text().$type<Deed>().notNull(),
      /** Null where nothing was said, and once the member is erased. */
      text: kit.text(),
      by: kit.text().notNull(),
      at: kit.instant().notNull(),
      /** Of an answer that its member was not told of yet: since when. */
      tellFrom: kit.instant(),
    },
    (t) => [
      kit.index('inquiry_words_inquiry').on(t.inquiry, t.id),
      kit
        .index('inquiry_words_to_tell')
        .on(t.tellFrom, t.id)
        .where(sql`${t.tellFrom} is not null`),
      kit.check('inquiry_words_deed_known', sql`${t.deed} in ('ask', 'answer', 'reopen', 'close')`),
    ],
  ),
});
