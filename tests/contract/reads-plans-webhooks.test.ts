/** Every query about webhooks finds its rows by an index: those of each sale, of the job that sends, and of the log. */
import { beforeAll, describe } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import { dueMessages } from '../../api/webhooks/deliver-webhooks.ts';
import {
  findMessage,
  findWebhook,
  listMessages,
  listWebhooks,
  webhooksOn,
} from '../../api/webhooks/find-webhooks.ts';
import { tellWebhooks } from '../../api/webhooks/tell-webhooks.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';

let watch: QueryWatch;
let watched: Engine;

beforeAll(async () => {
  watch = await watchQueries();
  watched = watch.watched;
});

const [place, webhook, after] = [uuid(), uuid(), uuid()];
const sale = { place, event: 'purchase.credited' as const, thing: uuid() };
const reads: Record<string, () => Promise<unknown>> = {
  'who is told of a sale': () => tellWebhooks({ engine: watched, ids: uuid }, sale),
  'what is due': () => dueMessages(watched, { now: 1, without: [], limit: 20 }),
  'what is due of others': () => dueMessages(watched, { now: 1, without: [webhook], limit: 20 }),
  'webhooks of a shop': () => listWebhooks(watched, { place, after, limit: 20 }),
  'how many are on': () => webhooksOn(watched, { place, limit: 5 }),
  'the log of one': () => listMessages(watched, { webhook, after, limit: 20 }),
  'one webhook': () => findWebhook(watched, webhook),
  'one message': () => findMessage(watched, webhook),
};

describe('reads by an index', () => {
  eachReadByAnIndex(() => watch, reads);
});
