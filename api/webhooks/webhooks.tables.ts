import { sql } from 'drizzle-orm';
import type { Kit } from '../db/index.ts';
import type { EventType } from './event-types.ts';
import type { Attempt } from './send-message.ts';

/** Where partners want to be told of what happens at a place, and what they were told. */
export const webhookTables = (kit: Kit) => ({
  webhooks: kit.table(
    'webhooks',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      place: kit.text().notNull(),
      url: kit.text().notNull(),
      events: kit.json<readonly EventType[]>().notNull(),
      /** Sealed with the installation's secret: it is needed to sign, and a copy of the database is not to tell it. */
      secret: kit.text().notNull(),
      oldSecret: kit.text(),
      oldSecretUntil: kit.instant(),
      state: kit.text().$type<'on' | 'off'>().notNull(),
      createdBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.index('webhooks_place').on(t.place, t.id),
      kit.check('webhooks_state_known', sql`${t.state} in ('on', 'off')`),
    ],
  ),

  /** One a webhook and event, written with the event itself. `sending`: taken up just now, until `dueAt`. */
  webhookMessages: kit.table(
    'webhook_messages',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      webhook: kit.text().notNull(),
      event: kit.text().$type<EventType | 'webhook.test'>().notNull(),
      /** The purchase or the redemption. */
      thing: kit.text().notNull(),
      state: kit.text().$type<'due' | 'sending' | 'delivered' | 'failed'>().notNull(),
      tries: kit.integer().notNull(),
      attempts: kit.json<readonly Attempt[]>().notNull(),
      /** The next try, or when one under way counts as broken off; null for what is done. */
      dueAt: kit.instant(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.index('webhook_messages_webhook').on(t.webhook, t.id),
      kit
        .index('webhook_messages_due')
        .on(t.dueAt, t.id)
        .where(sql`${t.dueAt} is not null`),
      kit.check('webhook_messages_state_known', sql`${t.state} in ('due', 'sending', 'delivered', 'failed')`),
    ],
  ),
});
