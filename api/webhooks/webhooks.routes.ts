/** 事件推送: where a partner is told of a shop's sales, and what it was told. */
import type { Context } from 'hono';
import type { PlaceTree } from '../platform/index.ts';
import {
  actorOf,
  answer,
  cutPage,
  formatInstant,
  isProblem,
  json,
  newModule,
  parsePage,
  refuse,
  route,
  type RouteDeps,
} from '../platform/index.ts';
import { addWebhook, replayMessage, rotateSecret, sendTest, switchWebhook } from './change-webhooks.ts';
import type { WebhookDeps } from './change-webhooks.ts';
import { findMessage, findWebhook, listMessages, listWebhooks } from './find-webhooks.ts';
import type { Webhook, WebhookMessage } from './find-webhooks.ts';
import * as examples from './webhooks.examples.ts';
import * as schemas from './webhooks.schemas.ts';

export const webhookRoutes = (deps: WebhookDeps & RouteDeps & { readonly places: PlaceTree }) => {
  const { engine } = deps;
  const who = ['merchant_manager'] as const;
  const ofWebhook = async (c: Context) => (await findWebhook(engine, c.req.param('webhook') ?? ''))?.place;
  const ofMessage = async (c: Context) => {
    const message = await findMessage(engine, c.req.param('webhookMessage') ?? '');
    return message && (await findWebhook(engine, message.webhook))?.place;
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/merchants/{place}/webhooks',
        summary: '添加推送地址 · Add a webhook',
        description:
          '按 Standard Webhooks 签名（`webhook-id`、`webhook-timestamp`、`webhook-signature`）。内容只有编号；没有送到的从 5 秒到 10 小时重试七次。\n\nSigned by Standard Webhooks. A message has ids alone; what was not taken is tried again seven times, after 5 s up to 10 h.',
        access: { who, at: (c) => c.req.param('place') },
        request: { params: schemas.MerchantParams, body: json(schemas.NewWebhookSchema) },
        responses: { 201: answer(schemas.NewSecretSchema, '密钥只显示这一次 · The secret, shown this once') },
        example: examples.addWebhook,
      }),
      async (c) => {
        const { place } = c.req.valid('param');
        const made = await addWebhook(deps, { place, ...c.req.valid('json'), actor: actorOf(c) });
        return isProblem(made)
          ? refuse(c, made)
          : c.json({ ...webhookView(made.webhook), secret: made.secret }, 201);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/merchants/{place}/webhooks',
        summary: '推送地址 · Webhooks of a shop',
        access: { who, at: (c) => c.req.param('place') },
        request: { params: schemas.MerchantParams, query: schemas.ListQuery },
        responses: { 200: answer(schemas.WebhooksPageSchema, '推送地址 · Webhooks') },
        example: examples.listWebhooks,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'id');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listWebhooks(engine, {
          ...{ place: c.req.valid('param').place, limit: page.limit + 1 },
          after: page.after && String(page.after.id),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        return c.json({ ...cut, items: cut.items.map(webhookView) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/webhooks/{webhook}/secret',
        summary: '更换密钥 · A new secret',
        access: { who, at: ofWebhook },
        request: { params: schemas.WebhookParams },
        responses: { 200: answer(schemas.NewSecretSchema, '新密钥只显示这一次 · Shown this once') },
        problems: ['changed-meanwhile'],
        example: examples.rotateSecret,
      }),
      async (c) => {
        const made = await rotateSecret(deps, c.req.valid('param').webhook);
        return isProblem(made)
          ? refuse(c, made)
          : c.json({ ...webhookView(made.webhook), secret: made.secret }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/webhooks/{webhook}/switch',
        summary: '停用或启用 · Switch off and on',
        access: { who, at: ofWebhook },
        request: { params: schemas.WebhookParams, body: json(schemas.SwitchSchema) },
        responses: { 200: answer(schemas.WebhookSchema, '推送地址 · Webhook') },
        problems: ['changed-meanwhile'],
        example: examples.switchWebhook,
      }),
      async (c) => {
        const id = c.req.valid('param').webhook;
        const done = await switchWebhook(deps, { id, ...c.req.valid('json') });
        return isProblem(done) ? refuse(c, done) : c.json(webhookView(done), 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/webhooks/{webhook}/test',
        summary: '发一条试试 · Send a test',
        access: { who, at: ofWebhook },
        request: { params: schemas.WebhookParams },
        responses: { 201: answer(schemas.MessageSchema, '推送 · Message') },
        example: examples.sendTest,
      }),
      async (c) => {
        const sent = await sendTest(deps, c.req.valid('param').webhook);
        return isProblem(sent) ? refuse(c, sent) : c.json(messageView(sent), 201);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/webhooks/{webhook}/messages',
        summary: '推送记录 · Delivery log',
        access: { who, at: ofWebhook },
        request: { params: schemas.WebhookParams, query: schemas.ListQuery },
        responses: { 200: answer(schemas.MessagesPageSchema, '推送记录，新的在前 · Newest first') },
        example: examples.listMessages,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'id');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listMessages(engine, {
          ...{ webhook: c.req.valid('param').webhook, limit: page.limit + 1 },
          after: page.after && String(page.after.id),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        return c.json({ ...cut, items: cut.items.map(messageView) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/webhook-messages/{webhookMessage}/replay',
        summary: '重发 · Send again',
        access: { who, at: ofMessage },
        request: { params: schemas.MessageParams },
        responses: { 200: answer(schemas.MessageSchema, '推送 · Message') },
        problems: ['changed-meanwhile'],
        example: examples.replayMessage,
      }),
      async (c) => {
        const sent = await replayMessage(deps, c.req.valid('param').webhookMessage);
        return isProblem(sent) ? refuse(c, sent) : c.json(messageView(sent), 200);
      },
    );
};

function webhookView({ id, url, events, state, createdAt, oldSecretUntil }: Webhook) {
  return {
    ...{ id, url, events: [...events], state, createdAt: formatInstant(createdAt) },
    ...(oldSecretUntil !== null && { oldSecretUntil: formatInstant(oldSecretUntil) }),
  };
}

function messageView({ id, event, thing, state, createdAt, dueAt, attempts }: WebhookMessage) {
  return {
    ...{ id, event, thing, state, at: formatInstant(createdAt) },
    ...(dueAt !== null && state === 'due' && { nextTryAt: formatInstant(dueAt) }),
    attempts: attempts.map(({ at, ...tried }) => ({ at: formatInstant(at), ...tried })),
  };
}
