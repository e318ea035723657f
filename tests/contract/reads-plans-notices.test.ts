/** Every query of the pages of notices, and of the job that makes them, finds its rows by an index. */
import { beforeAll, describe } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import { answersToTell } from '../../api/inquiries/index.ts';
import { findSettings } from '../../api/notices/choose-settings.ts';
import { countUnread, listNotices, markRead } from '../../api/notices/find-notices.ts';
import { findDelivery, listOutbox } from '../../api/notices/outbox.ts';
import { dueDeliveries } from '../../api/notices/send-queued.ts';
import { endsToCome, lastAccount, pointsEnding } from '../../api/notices/tell-of-endings.ts';
import { transactionsAfter } from '../../api/notices/tell-of-movements.ts';
import { writeNotices } from '../../api/notices/write-notices.ts';
import { BOOK_SPAN } from '../../api/ledger/index.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';

let watch: QueryWatch;
let watched: Engine;

beforeAll(async () => {
  watch = await watchQueries();
  watched = watch.watched;
});

const [person, place] = [uuid(), uuid()];
const telling = {
  ...{ person, kind: 'expiry-7' as const, event: 'end:1', transaction: null },
  facts: { day: '2026-06-30', points: [] },
};
const reads: Record<string, () => Promise<unknown>> = {
  'a person’s notices': () => listNotices(watched, { person, before: uuid(), limit: 20 }),
  'how many are unread': () => countUnread(watched, person),
  'what was read': () => markRead(watched, { person, upTo: uuid(), now: 1 }),
  'how somebody wants to be told': () => findSettings(watched, person),
  'what waits at a desk': () => listOutbox(watched, { place, state: 'waiting', after: uuid(), limit: 20 }),
  'what was told there': () => listOutbox(watched, { place, state: 'told', after: uuid(), limit: 20 }),
  'one message': () => findDelivery(watched, uuid()),
  'what is to be sent': () => dueDeliveries(watched, { now: 1, limit: 20 }),
  'transactions that nobody was told of': () => transactionsAfter(watched, 1, BOOK_SPAN + 5),
  'ends to come': () => endsToCome(watched, { book: 1, now: 1 }),
  'the last account': () => lastAccount(watched, 1),
  'who has points that end': () => pointsEnding(watched, { from: BOOK_SPAN, to: BOOK_SPAN + 2_000, end: 5 }),
  'answers that nobody was told of': () => answersToTell(watched, { now: 5, limit: 20 }),
  'who is told, and was told before': () =>
    writeNotices(
      { engine: { ...watched, atomically: () => Promise.resolve() }, clock: () => 1, ids: uuid },
      [telling],
      () => [],
    ),
};

describe('reads by an index', () => {
  eachReadByAnIndex(() => watch, reads);
});
