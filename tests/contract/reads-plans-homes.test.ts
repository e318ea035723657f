/** Every query of the first pages, and of what waits for whoever opens them, finds its rows by an index. */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { exchangeWaiting, signaturesWaiting } from '../../api/fees/index.ts';
import { inquiriesWaiting } from '../../api/inquiries/index.ts';
import { codesWaiting, messagesWaiting } from '../../api/notices/index.ts';
import type { Waiting, WaitingCounter } from '../../api/platform/index.ts';
import { budgetsWaiting } from '../../api/programme/index.ts';
import { rulesToCome } from '../../api/rulebook/index.ts';
import { ratingsWaiting } from '../../api/volunteering/index.ts';
import type { ProductDeps } from '../../api/places/index.ts';
import { startApp } from '../support/app.ts';
import { actorNamed, demoTown, type DemoTown } from '../support/demo-programme.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';
import { fillWithWaiting } from '../support/waiting-things.ts';

const MANY = 200;
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
};

describe('reads by an index', () => {
  // The funds of a person's sixty places at most; what waits for them comes in the order of its index.
  eachReadByAnIndex(() => watch, reads, ['budgets to approve']);
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
