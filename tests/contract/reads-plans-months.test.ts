/** Every query behind the months of an estate, its statement and its voucher finds its rows by an index. */
import { beforeAll, describe } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import { closingChecklist } from '../../api/fees/statement/checklist.ts';
import { readFigures } from '../../api/fees/statement/read-figures.ts';

import {
  carriedFrom,
  editionsOf,
  editionsOfMonth,
  findStatement,
  workOutStatement,
} from '../../api/fees/statement/statements.ts';
import { listAccounts } from '../../api/fees/voucher/firm-accounts.ts';
import { statementsAsClaimed as statements } from '../../api/fees/index.ts';
import { startApp } from '../support/app.ts';
import { demoTown, type DemoTown } from '../support/demo-programme.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';

const BOOK = 1;
let watch: QueryWatch;
let watched: Engine;
let town: DemoTown;
let deps: Parameters<typeof workOutStatement>[0] & Parameters<typeof closingChecklist>[0];

beforeAll(async () => {
  watch = await watchQueries();
  watched = watch.watched;
  const app = await startApp(watch.engine);
  town = await demoTown(app);
  deps = { ...app.server.deps, engine: watched };
});

const june = { start: Date.parse('2026-06-01T00:00+08:00'), end: Date.parse('2026-07-01T00:00+08:00') };
const nobody = { prepared: null, approved: null };

const reads: Record<string, () => Promise<unknown>> = {
  'what is looked at before a month is closed': () =>
    closingChecklist(deps, { place: town.estate, book: BOOK }),
  'the figures of a month': () =>
    readFigures(watched, { book: BOOK, estate: town.estate, firm: town.firm, readThrough: 1_000, ...june }),
  'what the month before leaves': () => carriedFrom(watched, { place: town.estate, month: '2026-05' }),
  'a draft of its statement': () =>
    workOutStatement(deps, { place: town.estate, month: '2026-06', book: BOOK, ...nobody }),
  'the statement of a closing': () => findStatement(watched, uuid()),
  'which closings have one': () => editionsOf(watched, [uuid(), uuid()]),
  'the editions of a month': () => editionsOfMonth(watched, { place: town.estate, month: '2026-06' }),
  'statements kept by these transactions': () =>
    statements.between(watched, { from: 1, to: 100, limit: 1_000 }),
  'statements of these closings': () => statements.behind(watched, { ids: [uuid()], made: [] }),
  'the accounts of a firm': () => listAccounts(watched, { firm: town.firm, limit: 1 }),
  'the accounts before these': () => listAccounts(watched, { firm: town.firm, before: 7, limit: 10 }),
};

describe('the months of an estate', () => {
  eachReadByAnIndex(() => watch, reads);
});
