/** Every query of the first pages, and of what waits for whoever opens them, finds its rows by an index. */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { closingsOfBook } from '../../api/fees/closings-of-book.ts';
import { exchangeWaiting, signaturesWaiting } from '../../api/fees/index.ts';
import { estateAtWork } from '../../api/fees/months-at-work.ts';
import { inquiriesWaiting } from '../../api/inquiries/index.ts';
import { codesWaiting, messagesWaiting } from '../../api/notices/index.ts';
import type { Waiting, WaitingCounter } from '../../api/platform/index.ts';
import { BOOK_SPAN, listTransactions } from '../../api/ledger/index.ts';
import { budgetOutlook } from '../../api/programme/budget-outlook.ts';
import { budgetsWaiting } from '../../api/programme/index.ts';
import { rulesToCome } from '../../api/rulebook/index.ts';
import { ratingsWaiting } from '../../api/volunteering/index.ts';
import { servicesRecorded } from '../../api/volunteering/services-of-day.ts';
import type { ProductDeps } from '../../api/places/index.ts';
import { startApp } from '../support/app.ts';
import { actorNamed, demoTown, type DemoTown } from '../support/demo-programme.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';
import { fillWithWaiting } from '../support/waiting-things.ts';

const MANY = 200;
/** Its rule: the versions of a place, of which it makes a handful a year. */
const IN_STEPS = 'the month that an estate is at';
let watch: QueryWatch;
let town: DemoTown;
let deps: ProductDeps;
let app: Awaited<ReturnType<typeof startApp>>;

beforeAll(async () => {
  watch = await watchQueries();
  app = await startApp(watch.engine);
  town = await demoTown(app);
  const { estate, community, volunteerFund } = town;
  const place = { estate, community, fund: volunteerFund.id, now: app.clock.now };
  await fillWithWaiting(watch.engine, place, MANY);
  const { signInCodes } = watch.engine.tables;
  const ends = { createdAt: app.clock.now, endsAt: app.clock.now + 60_000 };
  for (let at = 0; at < 3; at += 1) {
    const person = await app.resident({ role: 'member', place: estate });
    const row = { id: app.server.deps.ids(), phoneKey: uuid(), person, place: estate, ...ends };
    await watch.engine.db.insert(signInCodes).values(row);
  }
  deps = { ...app.server.deps, engine: watch.watched };
});

const everything = () =>
  actorNamed(
    uuid(),
    ...(['staff', 'accountant', 'finance_lead'] as const).map((role) => ({ role, place: town.street })),
  );
const count = (of: (sources: ProductDeps) => WaitingCounter): Promise<readonly Waiting[]> =>
  of(deps)(everything());

const reads: Record<string, () => Promise<unknown>> = {
  'services to rate': () => count(ratingsWaiting),
  'budgets to approve': () => count(budgetsWaiting),
  'what is to be signed': () => count(signaturesWaiting),
  'what the firm waits for': () => count(exchangeWaiting),
  'questions to answer': () => count(inquiriesWaiting),
  'messages to tell': () => count(messagesWaiting),
  'codes to read out': () => count(codesWaiting),
  'rules to come': () => count(rulesToCome),
  'the month that an estate is at': async () => {
    const estate = await deps.places.find(town.estate);
    await estateAtWork(deps, estate!);
  },
  'how long budgets last': () => budgetOutlook(deps, town.estate),
  'what was recorded today': () =>
    servicesRecorded(watch.watched, {
      ...{ place: town.estate, limit: 100 },
      ...{ from: app.clock.now - 86_400_000, to: app.clock.now },
    }),
  'months of a book that were closed or opened again': () =>
    closingsOfBook(deps, { book: 1, after: 5, before: 2 * BOOK_SPAN, limit: 20 }),
  'transactions that took effect before they were booked': () =>
    listTransactions(watch.watched, { book: 1, late: true, before: BOOK_SPAN + 500, limit: 20 }),
  'points given back and taken back': () =>
    listTransactions(watch.watched, { book: 1, refunds: true, before: BOOK_SPAN + 500, limit: 20 }),
};

describe('reads by an index', () => {
  // The funds of a person's sixty places at most; what waits for them comes in the order of its index.
  eachReadByAnIndex(() => watch, reads, ['budgets to approve', 'how long budgets last', IN_STEPS]);
});

it('of 200 things of a kind 99 are counted, and of none more rows are read than that takes', async () => {
  const found: Waiting[] = [];
  for (const of of [ratingsWaiting, budgetsWaiting, signaturesWaiting, exchangeWaiting, inquiriesWaiting])
    found.push(...(await count(of)));
  for (const of of [messagesWaiting, codesWaiting, rulesToCome]) found.push(...(await count(of)));
  const told = found.map(({ kind, count: many, more }) => [kind, many, more]);
  expect(Object.fromEntries(told.map(([kind, ...rest]) => [kind, rest]))).toEqual({
    'rate-service': [99, true],
    'approve-budget': [99, true],
    'approve-closing': [1, false],
    'approve-write-off': [99, true],
    'take-batch-back': [99, true],
    'resolve-break': [99, true],
    'hand-over': [99, true],
    'bring-posted-list': [99, true],
    'answer-inquiry': [99, true],
    'tell-message': [99, true],
    'read-code': [3, false],
    'rule-begins': [99, true],
  });
  const limits = watch.sent.flatMap(({ sql, params }) => (sql.includes(' limit ') ? [params.at(-1)] : []));
  for (const limit of limits) expect(Number(limit)).toBeLessThanOrEqual(500);
});

it('an estate that is a year behind asks the database no oftener than one that is a month behind', async () => {
  const estate = await deps.places.find(town.estate);
  const asked = async (behind: number) => {
    watch.forget();
    const clock = () => app.clock.now + behind * 31 * 86_400_000;
    const { open } = await estateAtWork({ ...deps, clock }, estate!);
    return { months: open.length, queries: watch.sent.length };
  };
  const [one, year] = [await asked(1), await asked(12)];
  expect([one.months, year.months]).toEqual([2, 12]);
  expect(year.queries).toBe(one.queries);
});
