/** Every query that a page of questions runs finds its rows by an index. */
import { beforeAll, describe } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import {
  countWaiting,
  findInquiry,
  listInquiries,
  listOwnInquiries,
  wordsOf,
} from '../../api/inquiries/find-inquiries.ts';
import { peopleAtDesk } from '../../api/inquiries/who-answers.ts';
import { startApp } from '../support/app.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';

let watch: QueryWatch;
let watched: Engine;
let places: Awaited<ReturnType<typeof startApp>>['server']['deps']['places'];

beforeAll(async () => {
  watch = await watchQueries();
  watched = watch.watched;
  ({ places } = (await startApp(watch.engine)).server.deps);
});

const [member, place] = [uuid(), uuid()];
const desk = { place, desk: 'staff' as const };
const reads: Record<string, () => Promise<unknown>> = {
  'one question with its words': async () => {
    await findInquiry(watched, uuid());
    await wordsOf(watched, [uuid(), uuid()]);
  },
  'a member’s questions': () => listOwnInquiries(watched, { member, before: uuid(), limit: 20 }),
  'a member’s questions about a transaction': () =>
    listOwnInquiries(watched, { member, transaction: 5, before: uuid(), limit: 20 }),
  'a member’s questions that an estate’s desk sees': () =>
    listOwnInquiries(watched, { member, around: [place, uuid()], before: uuid(), limit: 20 }),
  'what waits at a desk': () =>
    listInquiries(watched, { ...desk, waits: true, order: 'oldest', after: uuid(), limit: 20 }),
  'what a desk has answered': () =>
    listInquiries(watched, { ...desk, waits: false, order: 'newest', after: uuid(), limit: 20 }),
  'how many wait': () => countWaiting(watched, desk),
  'who is at a desk': () => peopleAtDesk({ engine: watched, places, clock: () => 0 }, desk),
};

describe('reads by an index', () => {
  eachReadByAnIndex(() => watch, reads);
});
