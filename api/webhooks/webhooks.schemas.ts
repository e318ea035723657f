import { IdSchema, InstantSchema, pageOf, pageQuery, say, z } from '../platform/index.ts';
import { EVENT_TYPES } from './event-types.ts';

export const MerchantParams = z.object({ place: IdSchema });
export const WebhookParams = z.object({ webhook: IdSchema });
export const MessageParams = z.object({ webhookMessage: IdSchema });
export const ListQuery = pageQuery(['id']);

export const NewWebhookSchema = z
  .strictObject({
    url: z.string().min(1).max(500).openapi({ example: 'https://pos.example.com/linli' }),
    events: z
      .array(z.enum(EVENT_TYPES))
      .min(1, say('至少选一种事件', 'Choose an event'))
      .max(EVENT_TYPES.length),
  })
  .openapi('NewWebhook');

export const SwitchSchema = z.strictObject({ state: z.enum(['on', 'off']) }).openapi('WebhookSwitch');

export const WebhookSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    events: z.array(z.enum(EVENT_TYPES)),
    state: z.enum(['on', 'off']),
    createdAt: InstantSchema,
    oldSecretUntil: InstantSchema.optional().openapi({
      description: '旧密钥还签到这时 · Until then the old secret signs along',
    }),
  })
  .openapi('Webhook');
export const NewSecretSchema = WebhookSchema.extend({
  secret: z.string().openapi({ description: '只显示这一次 · Shown this once' }),
}).openapi('WebhookWithSecret');
export const WebhooksPageSchema = pageOf(WebhookSchema).openapi('WebhooksPage');

export const MessageSchema = z
  .object({
    id: z.string().openapi({ description: '`webhook-id`，重发不变 · The same at every try' }),
    event: z.enum([...EVENT_TYPES, 'webhook.test']),
    thing: z.string(),
    state: z.enum(['due', 'sending', 'delivered', 'failed']),
    at: InstantSchema,
    nextTryAt: InstantSchema.optional(),
    attempts: z.array(
      z.object({
        at: InstantSchema,
        outcome: z.string(),
        status: z.number().int().optional(),
        ms: z.number(),
      }),
    ),
  })
  .openapi('WebhookMessage');
export const MessagesPageSchema = pageOf(MessageSchema).openapi('WebhookMessagesPage');
