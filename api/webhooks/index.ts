/** 事件推送: partners' machines are told of sales, by signed messages. */
export type { WebhookDeps } from './change-webhooks.ts';
export { deliverWebhooks } from './deliver-webhooks.ts';
export { createSeals } from './seal-secret.ts';
export { tellWebhooks } from './tell-webhooks.ts';
export { webhookRoutes } from './webhooks.routes.ts';
