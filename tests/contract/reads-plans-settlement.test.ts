/** Every query behind a fund's month, what is owed, and the reports of offsets finds its rows by an index. */
import { beforeAll, describe, expect } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import { partsOf, settledAfter } from '../../api/fees/reports/count-offsets.ts';
import { estatesOfFirm, offsetReport } from '../../api/fees/reports/offset-report.ts';
import { heldOf } from '../../api/ledger/index.ts';
import { ageingOf } from '../../api/settlement/ageing.ts';
import { liabilities } from '../../api/settlement/liability.ts';
import { knownNumbers, readFundMonth } from '../../api/settlement/read-fund-month.ts';
import { agedDebts, owedOf } from '../../api/settlement/read-owed.ts';
import {
  findPairing,
  lastNumber,
  openAmong,
  openOf,
  openSums,
  pairingOf,
  pairingsOf,
  pairsOf,
} from '../../api/settlement/pairings.ts';
import {
  agreementsOf,
  differencesOf,
  findFunderStatement,
  statementsOf,
} from '../../api/settlement/statements.ts';
import {
  latestOf,
  leftToPay,
  linesOfSettlement,
  listSettlements,
  paymentsOf,
  remarksOf,
} from '../../api/settlement/monthly/settlements.ts';
import type { Place } from '../../api/places/index.ts';
import { tiedStatement } from '../support/access-funds.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { demoTown, type DemoTown } from '../support/demo-programme.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';

const BOOK = 1;
let watch: QueryWatch;
let watched: Engine;
let app: TestApp;
let town: DemoTown;
let deps: Parameters<typeof ageingOf>[0];
let fund: string;
let community: Place;
let series: number[];

beforeAll(async () => {
  watch = await watchQueries();
  watched = watch.watched;
  app = await startApp(watch.engine);
  town = await demoTown(app);
  deps = { ...app.server.deps, engine: watched };
  const { fund: paying } = await town.merchant();
  fund = paying.id;
  // Something to read, so that nothing is skipped for want of it.
  const member = uuid();
  await town.give(member, paying, 50);
  const take = { points: 20, unit: paying.unit };
  const terms = { '*': { mode: 'owed' as const, factor: 10_000 } };
  const ends = { hold: uuid(), endsAt: app.clock.now + 1 };
  await town.posted([{ do: 'hold', member, redeemer: uuid(), take, terms, ...ends }]);
  const { assets } = app.engine.tables;
  series = (await app.engine.db.select({ id: assets.id }).from(assets)).map(({ id }) => id);
  community = (await app.server.deps.places.find(town.community))!;
});

const june = () => ({ fund, month: '2026-06' });
const months = ['2025-12', '2026-01', '2026-06'];
const reads: Record<string, () => Promise<unknown>> = {
  'a fund’s month': () =>
    readFundMonth(watched, { fund: { id: fund, book: BOOK }, month: '2026-06', now: Date.now() }),
  'numbers of offsets': () =>
    knownNumbers(watched, { fund, numbers: ['DK-2606-0001'], estates: [town.estate, uuid()] }),
  'what a fund owes when a month ends': () =>
    owedOf(watched, { fund: { id: fund, book: BOOK }, month: '2026-06' }),
  'how old what funds owe is': () =>
    agedDebts(watched, { book: BOOK, owners: [fund, uuid()], side: 'payable', now: Date.now() }),
  'how old what a community owes is': () =>
    ageingOf(deps, { place: community, actor: { kind: 'person', person: uuid(), roles: [] } }),
  'what funds answer for': () => liabilities(deps, { place: community, month: '2026-06' }),
  'what holds keep of points that ended': async () => {
    const { clock } = app.server.deps;
    const held = await heldOf(watched, { book: BOOK, seq: 1_000, at: clock(), series });
    expect([...held.values()]).toEqual([20]);
  },
  'statements of a month': () => statementsOf(watched, june()),
  'a statement': () => findFunderStatement(watched, uuid()),
  'differences after one': () => differencesOf(watched, { statement: uuid(), after: uuid(), limit: 20 }),
  'rows of one side in no pair': async () => {
    for (const side of ['theirs', 'ours'] as const)
      await openOf(watched, { statement: uuid(), side, after: uuid(), limit: 20 });
    await openSums(watched, uuid());
    await openAmong(watched, { statement: uuid(), ids: [uuid(), uuid()] });
  },
  'pairs of a statement': async () => {
    const { statement, theirs } = await tiedStatement(app, town.community);
    await pairsOf(watched, [statement, uuid()]);
    await pairingOf(watched, theirs);
    await lastNumber(watched, statement);
    await findPairing(watched, uuid());
    const { fundPairings } = watched.tables;
    const sums = { theirs: theirs[0]!, oursRows: 1, oursFen: 1, theirsFen: 1, reason: '' };
    const pair = { id: uuid(), version: 1, statement, number: 1, ...sums, by: 'person:test', at: 1 };
    await app.engine.db.insert(fundPairings).values(pair);
    await pairingsOf(watched, { statement, after: 0, limit: 20 });
    await pairingsOf(watched, { statement, since: 1, limit: 20 });
  },
  'who agreed': () => agreementsOf(watched, [uuid(), uuid()]),
  'offsets that are to be counted': () => settledAfter(watched, { book: BOOK, after: 1 }),
  'what funds bear of them': () => partsOf(watched, [1, 2, 3]),
  'the report of offsets': () =>
    offsetReport(watched, { estates: [{ id: town.estate, name: '和美苑' }], months }),
  'the report of a firm': () =>
    offsetReport(watched, { estates: [{ id: town.estate, name: '和美苑' }], months, redeemer: uuid() }),
  'the latest settlement of two': () => latestOf(watched, { payer: fund, payee: uuid() }),
  'what settlements leave to be paid': () => leftToPay(watched, uuid()),
  'settlements that a place is paid by': () =>
    listSettlements(watched, { places: [uuid()], side: 'payee', after: uuid(), limit: 20 }),
  'settlements that a place has to pay': () =>
    listSettlements(watched, { places: [uuid()], side: 'payer', state: 'agreed', limit: 20 }),
  'lines of a settlement': () => linesOfSettlement(watched, { settlement: uuid(), after: uuid(), limit: 20 }),
  'what is said and paid on it': async () => [
    await remarksOf(watched, uuid()),
    await paymentsOf(watched, { settlement: uuid(), limit: 50 }),
  ],
  'where a firm took points': () => estatesOfFirm(watched, { firm: uuid(), months }),
};

describe('what funds, firms and communities owe each other', () => {
  // The funds of a community and its shops come in the order of their places; there are few.
  const sorted = [
    ...['how old what a community owes is', 'what funds answer for'],
    // Summed by series, of which a member has few.
    'what holds keep of points that ended',
  ];
  eachReadByAnIndex(() => watch, reads, sorted);
});
