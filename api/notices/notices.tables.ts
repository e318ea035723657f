import { sql } from 'drizzle-orm';
import type { Kit } from '../db/index.ts';
import type { Channel, ChosenKind, Facts, NoticeKind, Way } from './rules/index.ts';

/** What people are told, by which way, and how far the job that makes it has read. */
export const noticesTables = (kit: Kit) => ({
  notices: kit.table(
    'notices',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      person: kit.text().notNull(),
      kind: kit.text().$type<NoticeKind>().notNull(),
      /** What it tells of: a transaction, an end of points, a word. Each is told to a person once, for ever. */
      event: kit.text().notNull(),
      facts: kit.json<Facts>().notNull(),
      /** The transaction that it leads to. */
      transaction: kit.integer(),
      createdAt: kit.instant().notNull(),
      readAt: kit.instant(),
    },
    (t) => [
      kit.uniqueIndex('notices_once').on(t.person, t.kind, t.event),
      kit.index('notices_person').on(t.person, t.id),
      kit
        .index('notices_unread')
        .on(t.person, t.id)
        .where(sql`${t.readAt} is null`),
    ],
  ),

  /** The outbox. `queued`: for the provider; `sending`: handed to it just now; `waiting`: at a desk, to be told or printed. */
  deliveries: kit.table(
    'deliveries',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      /** One a notice. */
      notice: kit.text().notNull(),
      person: kit.text().notNull(),
      /** The estate whose staff tell the person. */
      place: kit.text().notNull(),
      channel: kit.text().$type<Channel>().notNull(),
      state: kit.text().$type<'queued' | 'sending' | 'waiting' | 'sent' | 'told'>().notNull(),
      tries: kit.integer().notNull(),
      /** Of what is queued: the next try; of what is being sent: when that counts as lost; null for all else. */
      dueAt: kit.instant(),
      createdAt: kit.instant().notNull(),
      doneAt: kit.instant(),
      doneBy: kit.text(),
    },
    (t) => [
      kit.uniqueIndex('deliveries_notice').on(t.notice),
      kit.index('deliveries_place').on(t.place, t.state, t.id),
      kit.index('deliveries_person').on(t.person),
      kit
        .index('deliveries_due')
        .on(t.dueAt, t.id)
        .where(sql`${t.dueAt} is not null`),
      kit.check(
        'deliveries_state_known',
        sql`${t.state} in ('queued', 'sending', 'waiting', 'sent', 'told')`,
      ),
    ],
  ),

  noticeSettings: kit.table('notice_settings', {
    /** The person. */
    id: kit.id(),
    version: kit.integer().notNull(),
    channel: kit.text().$type<Channel>().notNull(),
    ways: kit.json<Readonly<Record<ChosenKind, Way>>>().notNull(),
    changedAt: kit.instant().notNull(),
  }),

  /** How far a reader has come: in a book's transactions, or through its accounts for one end of points. */
  noticeCursors: kit.table('notice_cursors', {
    id: kit.id(),
    position: kit.integer().notNull(),
    doneAt: kit.instant(),
  }),
});
