/**
 * Sends what is due. A message is taken up for a minute, sent, and then noted: two processes never send one at once, and
 * where one stops in between it is sent again under the same id, by which its receiver knows it.
 */
import { and, asc, eq, lte, notInArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { formatInstant, type Instant } from '../platform/index.ts';
import { switchWebhook, type WebhookDeps } from './change-webhooks.ts';
import { findWebhook, type Webhook, type WebhookMessage } from './find-webhooks.ts';
import { nextTry } from './rules/retries.ts';
import { headersOf } from './signature.ts';
import { sendMessage, type Attempt, type Resolve } from './send-message.ts';

/** Longer than any answer is waited for. */
const LEASE_MS = 60_000;
const MOST_A_RUN = 5_000;
const AT_ONCE = 20;
const KEPT_ATTEMPTS = 20;
const GONE = 410;

export async function dueMessages(
  { reader, tables: { webhookMessages: t } }: Engine,
  { now, without, limit }: { now: Instant; without: readonly string[]; limit: number },
) {
  const others = without.length === 0 ? undefined : notInArray(t.webhook, [...without]);
  return reader
    .select()
    .from(t)
    .where(and(lte(t.dueAt, now), others))
    .orderBy(asc(t.dueAt), asc(t.id))
    .limit(limit);
}

/** Answers how many were delivered, and how many tries failed. A webhook that failed is left alone until the next run. */
export async function deliverWebhooks(
  deps: WebhookDeps,
  { signal, resolve }: { signal?: AbortSignal; resolve?: Resolve } = {},
): Promise<{ delivered: number; failed: number }> {
  const done = { delivered: 0, failed: 0 };
  const down = new Set<string>();
  for (let taken = 0; taken < MOST_A_RUN && !signal?.aborted; taken += AT_ONCE) {
    const asked = { now: deps.clock(), without: [...down], limit: AT_ONCE };
    const due = await dueMessages(deps.engine, asked);
    if (due.length === 0) break;
    const tried = await Promise.all(due.map((message) => deliver(deps, message, resolve)));
    for (const [at, outcome] of tried.entries()) {
      if (outcome === 'delivered') done.delivered += 1;
      if (outcome === undefined || outcome === 'delivered') continue;
      done.failed += 1;
      down.add(due[at]!.webhook);
    }
  }
  return done;
}

/** Undefined where another process was first. */
async function deliver(
  deps: WebhookDeps,
  message: WebhookMessage,
  resolve: Resolve | undefined,
): Promise<Attempt['outcome'] | undefined> {
  const { engine, clock } = deps;
  const taken = await move(engine, message, { state: 'sending', dueAt: clock() + LEASE_MS });
  if (!taken) return undefined;
  const webhook = await findWebhook(engine, message.webhook);
  const [at, began] = [clock(), performance.now()];
  const tried = await attempt(deps, { webhook, message, at, resolve });
  const last: Attempt = { at, ...tried, ms: Math.round(performance.now() - began) };
  const attempts = [...message.attempts, last].slice(-KEPT_ATTEMPTS);
  const tries = message.tries + 1;
  const isOver = tried.outcome === 'switched-off' || tried.status === GONE;
  const dueAt = tried.outcome === 'delivered' || isOver ? undefined : nextTry(tries, at);
  const state = tried.outcome === 'delivered' ? 'delivered' : dueAt === undefined ? 'failed' : 'due';
  await move(engine, taken, { state, tries, attempts, dueAt: dueAt ?? null });
  // Whoever answers that it is gone does not want to be asked again.
  if (tried.status === GONE && webhook) await switchWebhook(deps, { id: webhook.id, state: 'off' });
  return tried.outcome;
}

async function attempt(
  { seals, config }: WebhookDeps,
  of: { webhook: Webhook | undefined; message: WebhookMessage; at: Instant; resolve: Resolve | undefined },
): Promise<Pick<Attempt, 'outcome' | 'status'>> {
  const { webhook, message, at, resolve } = of;
  if (webhook?.state !== 'on') return { outcome: 'switched-off' };
  const isOverlap = webhook.oldSecretUntil !== null && at < webhook.oldSecretUntil;
  const sealed = [webhook.secret, ...(isOverlap && webhook.oldSecret !== null ? [webhook.oldSecret] : [])];
  const [secret, ...older] = sealed.map((one) => seals.open(one));
  if (secret === undefined) return { outcome: 'no-secret' };
  const secrets = [secret, ...older.filter((one) => one !== undefined)];
  const body = JSON.stringify(payloadOf(webhook, message));
  const headers = headersOf({ id: message.id, at, body }, secrets);
  const { production } = config;
  return sendMessage({ url: webhook.url, headers, body }, { production, ...(resolve && { resolve }) });
}

/** Ids alone; what it is about is asked of the API, by who may. */
function payloadOf({ place }: Webhook, { event, thing, createdAt }: WebhookMessage) {
  const [kind] = event.split('.');
  return {
    type: event,
    timestamp: formatInstant(createdAt),
    data: { place, ...(kind !== undefined && event !== 'webhook.test' && { [kind]: thing }) },
  };
}

async function move(
  { db, tables: { webhookMessages: t } }: Engine,
  { id, version }: WebhookMessage,
  set: Partial<WebhookMessage>,
): Promise<WebhookMessage | undefined> {
  const [moved] = await db
    .update(t)
    .set({ ...set, version: version + 1 })
    .where(and(eq(t.id, id), eq(t.version, version)))
    .returning();
  return moved;
}
