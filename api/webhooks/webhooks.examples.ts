import { named, type RouteExample } from '../platform/index.ts';

const pos = {
  id: named.webhook,
  url: 'https://pos.example.com/linli',
  events: ['purchase.credited', 'purchase.taken-back'],
  state: 'on',
  createdAt: '2026-06-20T04:00:00.000Z',
};
const told = {
  ...{ id: named.webhookMessage, event: 'webhook.test', thing: named.merchant, state: 'due' },
  ...{ at: '2026-06-20T04:00:00.000Z', nextTryAt: '2026-06-20T04:00:00.000Z', attempts: [] },
};
const secret = 'whsec_ExampleOnlyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
const webhook = { webhook: named.webhook };

export const addWebhook: RouteExample = {
  params: { place: named.merchant },
  body: { url: pos.url, events: pos.events },
  answer: { ...pos, secret },
};
export const listWebhooks: RouteExample = {
  params: { place: named.merchant },
  query: { limit: '20' },
  answer: { items: [pos] },
};
export const rotateSecret: RouteExample = {
  params: webhook,
  answer: { ...pos, oldSecretUntil: '2026-06-21T04:00:00.000Z', secret },
};
export const switchWebhook: RouteExample = {
  params: webhook,
  body: { state: 'off' },
  answer: { ...pos, state: 'off' },
};
export const sendTest: RouteExample = { params: webhook, answer: told };
export const listMessages: RouteExample = {
  params: webhook,
  query: { limit: '20' },
  answer: {
    items: [
      {
        ...{ id: named.webhookMessage, event: 'purchase.credited', thing: named.purchase },
        ...{ state: 'delivered', at: '2026-06-20T04:00:00.000Z' },
        attempts: [{ at: '2026-06-20T04:00:04.000Z', outcome: 'delivered', status: 200, ms: 84 }],
      },
    ],
  },
};
export const replayMessage: RouteExample = { params: { webhookMessage: named.webhookMessage }, answer: told };
