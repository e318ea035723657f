/** Webhooks of a place, and what each was told, newest first. */
import { and, asc, desc, eq, gt, lt } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';

export type Webhook = NonNullable<Awaited<ReturnType<typeof findWebhook>>>;
export type WebhookMessage = NonNullable<Awaited<ReturnType<typeof findMessage>>>;

export async function findWebhook({ db, tables: { webhooks: t } }: Engine, id: string) {
  const [row] = await db.select().from(t).where(eq(t.id, id));
  return row;
}

export async function findMessage({ db, tables: { webhookMessages: t } }: Engine, id: string) {
  const [row] = await db.select().from(t).where(eq(t.id, id));
  return row;
}

type Asked = { after?: string | undefined; limit: number };

export async function listWebhooks(
  { reader, tables: { webhooks: t } }: Engine,
  { place, after, limit }: Asked & { place: string },
) {
  return reader
    .select()
    .from(t)
    .where(and(eq(t.place, place), after === undefined ? undefined : gt(t.id, after)))
    .orderBy(asc(t.id))
    .limit(limit);
}

export async function webhooksOn(
  { db, tables: { webhooks: t } }: Engine,
  { place, limit }: { place: string; limit: number },
) {
  return db
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.place, place), eq(t.state, 'on')))
    .limit(limit);
}

export async function listMessages(
  { reader, tables: { webhookMessages: t } }: Engine,
  { webhook, after, limit }: Asked & { webhook: string },
) {
  return reader
    .select()
    .from(t)
    .where(and(eq(t.webhook, webhook), after === undefined ? undefined : lt(t.id, after)))
    .orderBy(desc(t.id))
    .limit(limit);
}
