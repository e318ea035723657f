/** Makes a webhook, gives it a new secret, switches it on and off, and sends again what was sent before. */
import { randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { actorText, problem, type Actor, type Deps, type Problem } from '../platform/index.ts';
import type { EventType } from './event-types.ts';
import { findMessage, findWebhook, webhooksOn, type Webhook, type WebhookMessage } from './find-webhooks.ts';
import { parseEndpoint } from './addresses.ts';
import { OVERLAP_MS, SECRET_BYTES, secretOf } from './signature.ts';
import type { Seals } from './seal-secret.ts';

export type WebhookDeps = Pick<Deps, 'engine' | 'clock' | 'ids' | 'config' | 'log'> & {
  readonly seals: Seals;
};
type Told = { webhook: Webhook; secret: string };

/** That are on: each sale is told to each. */
const MOST_AT_A_PLACE = 5;

async function limitProblem(
  { engine }: WebhookDeps,
  { place, field }: { place: string; field: string },
): Promise<Problem | undefined> {
  const on = await webhooksOn(engine, { place, limit: MOST_AT_A_PLACE });
  if (on.length < MOST_AT_A_PLACE) return undefined;
  const [zh, en] = [
    `最多同时启用 ${MOST_AT_A_PLACE} 个推送地址，请先停用一个`,
    `At most ${MOST_AT_A_PLACE} webhooks are on; switch one off first`,
  ];
  return problem('invalid-input', { fields: [{ field, zh, en }] });
}

export async function addWebhook(
  deps: WebhookDeps,
  input: { place: string; url: string; events: readonly EventType[]; actor: Actor },
): Promise<Told | Problem> {
  const { engine, ids, clock, seals, config } = deps;
  const { place, actor } = input;
  const url = parseEndpoint(input.url, config);
  if (!url) {
    const [zh, en] = [
      '请填公网上的 https:// 地址；内网地址、带用户名的地址都不行',
      'A public https:// address: none of a private network, and none with a user name',
    ];
    return problem('invalid-input', { fields: [{ field: 'url', zh, en }] });
  }
  const tooMany = await limitProblem(deps, { place, field: 'url' });
  if (tooMany) return tooMany;
  const secret = secretOf(randomBytes(SECRET_BYTES));
  const webhook: Webhook = {
    ...{ id: ids(), version: 1, place, url: url.href, events: [...new Set(input.events)] },
    ...{ secret: seals.seal(secret), oldSecret: null, oldSecretUntil: null, state: 'on' },
    ...{ createdBy: actorText(actor), createdAt: clock() },
  };
  await engine.db.insert(engine.tables.webhooks).values(webhook);
  return { webhook, secret };
}

/** The old secret signs along for a day, so that the receiver may change over in between. */
export async function rotateSecret(deps: WebhookDeps, id: string): Promise<Told | Problem> {
  const before = await findWebhook(deps.engine, id);
  if (!before) return problem('not-found');
  const secret = secretOf(randomBytes(SECRET_BYTES));
  const old = { oldSecret: before.secret, oldSecretUntil: deps.clock() + OVERLAP_MS };
  const webhook = await change(deps, before, { secret: deps.seals.seal(secret), ...old });
  return 'kind' in webhook ? webhook : { webhook, secret };
}

/** What is already so stays so. */
export async function switchWebhook(
  deps: WebhookDeps,
  { id, state }: { id: string; state: Webhook['state'] },
): Promise<Webhook | Problem> {
  const before = await findWebhook(deps.engine, id);
  if (!before) return problem('not-found');
  if (before.state === state) return before;
  const tooMany =
    state === 'on' ? await limitProblem(deps, { place: before.place, field: 'state' }) : undefined;
  return tooMany ?? change(deps, before, { state });
}

async function change(
  { engine }: WebhookDeps,
  before: Webhook,
  set: Partial<Webhook>,
): Promise<Webhook | Problem> {
  const { webhooks: t } = engine.tables;
  const [webhook] = await engine.db
    .update(t)
    .set({ ...set, version: before.version + 1 })
    .where(and(eq(t.id, before.id), eq(t.version, before.version)))
    .returning();
  return webhook ?? problem('changed-meanwhile');
}

/** A message that tells of nothing, to see whether it comes. */
export async function sendTest(deps: WebhookDeps, id: string): Promise<WebhookMessage | Problem> {
  const { engine, ids, clock } = deps;
  const webhook = await findWebhook(engine, id);
  if (!webhook) return problem('not-found');
  const now = clock();
  const message: WebhookMessage = {
    ...{ id: ids(), version: 1, webhook: id, event: 'webhook.test', thing: webhook.place },
    ...{ state: 'due', tries: 0, attempts: [], dueAt: now, createdAt: now },
  };
  await engine.db.insert(engine.tables.webhookMessages).values(message);
  return message;
}

/** Goes out once more at once, with the id that it had, by which its receiver knows it. */
export async function replayMessage(deps: WebhookDeps, id: string): Promise<WebhookMessage | Problem> {
  const { engine, clock } = deps;
  const { webhookMessages: t } = engine.tables;
  const before = await findMessage(engine, id);
  if (!before) return problem('not-found');
  if (before.state === 'sending') return problem('changed-meanwhile');
  const [message] = await engine.db
    .update(t)
    .set({ state: 'due', tries: 0, dueAt: clock(), version: before.version + 1 })
    .where(and(eq(t.id, id), eq(t.version, before.version)))
    .returning();
  return message ?? problem('changed-meanwhile');
}
