/** Every query that a screen runs finds its rows by an index: the ledger, people, places, programme, volunteering. */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import {
  balancesAsBooked,
  balancesAsOf,
  balancesOf,
  listTransactions,
  statementOf,
  tallyTotals,
  transactionsById,
} from '../../api/ledger/index.ts';
import {
  findRunning,
  findVerification,
  isThere,
  listVerifications,
} from '../../api/ledger/verify/verifications.ts';
import { lookAtInvitation, needsSetUp } from '../../api/identity/accept-invitation.ts';
import { listInvitations } from '../../api/identity/invite.ts';
import { findResidents } from '../../api/places/find-residents.ts';
import { createPlaces, residenciesOf, type Places } from '../../api/places/index.ts';
import { parseWanted } from '../../api/places/wanted-resident.ts';
import { listRoles } from '../../api/identity/list-roles.ts';
import * as programme from '../../api/programme/index.ts';
import { waitingBudgets } from '../../api/programme/budgets.ts';
import { getRuleVersion } from '../../api/programme/find-rule-version.ts';
import { describeRule, nameOfActor, partiesOf } from '../../api/programme/who-took-part.ts';
import { checklistOf } from '../../api/setup/checklist.ts';
import { explainService, listServices, servicesOfPlace } from '../../api/volunteering/index.ts';
import { findService, presencesOf } from '../../api/volunteering/service.ts';
import { startApp } from '../support/app.ts';
import { demoTown, type DemoTown } from '../support/demo-programme.ts';
import { eachReadByAnIndex, isScan, watchQueries, type QueryWatch } from '../support/query-plans.ts';

const BOOK = 1;
let watch: QueryWatch;
let watched: Engine;
let places: Places;
let town: DemoTown;
let transaction: number;
const member = uuid();

beforeAll(async () => {
  watch = await watchQueries();
  watched = watch.watched;
  const app = await startApp(watch.engine);
  town = await demoTown(app);
  const merchant = await town.merchant();
  transaction = await town.give(member, merchant.fund, 50);
  const take = { points: 5, unit: 'CON' };
  const hold = {
    do: 'hold' as const,
    hold: uuid(),
    member,
    redeemer: merchant.id,
    take,
    endsAt: app.clock.now + 9,
    terms: { '*': { mode: 'stocked' as const } },
  };
  await town.posted([hold]);
  places = createPlaces(watched);
});

/** A page of each account put together, or the few versions that were ever in force at a place. */
const SORTED_AFTERWARDS = [
  'a statement',
  'the next page of a statement',
  'movements of a member',
  'the rule in force',
  'terms of a redeemer',
  // It asks for the rules of a place and the terms of a redeemer.
  'what a community still lacks',
];

const now = Date.UTC(2026, 5, 15, 4);
const reads: Record<string, () => Promise<unknown>> = {
  'balances now': () => balancesOf(watched, { book: BOOK, owner: member }),
  'balances as of a past time': () =>
    balancesAsOf(watched, { book: BOOK, owner: town.volunteerFund.id, effectiveAt: now - 1 }),
  'balances as of before the first': () =>
    balancesAsOf(watched, { book: BOOK, owner: member, effectiveAt: 0 }),
  'balances as booked at a transaction': () =>
    balancesAsBooked(watched, { book: BOOK, owner: town.volunteerFund.id, seq: 3 }),
  'a statement': () => statementOf(watched, { book: BOOK, owner: member, limit: 20 }),
  'the next page of a statement': () =>
    statementOf(watched, { book: BOOK, owner: member, roles: ['available'], limit: 1, before: 2 ** 45 }),
  'transactions of a book': () => listTransactions(watched, { book: BOOK, limit: 20 }),
  'the next page of transactions': () =>
    listTransactions(watched, { book: BOOK, limit: 20, before: transaction }),
  'one transaction': () => transactionsById(watched, [transaction, transaction - 1]),
  'verifications of a book': () =>
    listVerifications({ engine: watched, clock: () => now }, { book: BOOK, limit: 20 }),
  'the next page of verifications': () =>
    listVerifications({ engine: watched, clock: () => now }, { book: BOOK, limit: 20, before: uuid() }),
  'one verification': () =>
    findVerification({ engine: watched, clock: () => now }, { book: BOOK, id: uuid() }),
  'whether a book is there': () => isThere(watched, 99),
  'the verification that runs': () => findRunning(watched, BOOK),
  counters: () => tallyTotals(watched, { book: BOOK, keys: ['a', 'b'] }),
  'points of a member': () => programme.memberPoints(watched, { book: BOOK, member, now }),
  'movements of a member': () => programme.memberMovements(watched, { book: BOOK, member, limit: 20 }),
  'who took part': async () => {
    const [found] = await transactionsById(watched, [transaction]);
    await partiesOf({ engine: watched, places }, found!);
    await nameOfActor(watched, `person:${member}`);
    await nameOfActor(watched, `key:${member}`);
    await describeRule({ engine: watched, places }, { id: uuid() });
  },
  'the rule in force': () =>
    programme.findRule({ engine: watched, places }, { kind: 'award', place: town.estate, at: now }),
  'a rule version': () => getRuleVersion(watched, uuid()),
  'the rules that a book cites': () =>
    programme.checkCitedRules(watched, new Map([[`${uuid()}:${'0'.repeat(64)}`, { first: 1, count: 1 }]])),
  'the fund of a place': () =>
    programme.findFund({ engine: watched, places }, { place: town.estate, unit: 'VOL' }),
  'funds of a book': () => programme.fundsOf(watched, BOOK),
  'budgets of a fund': () =>
    programme.listBudgets(watched, { fund: town.volunteerFund.id, limit: 20, before: uuid() }),
  'budgets that wait': () => waitingBudgets(watched, { funds: [town.volunteerFund.id, uuid()], limit: 20 }),
  'the next page of budgets that wait': () => {
    const after = { fund: town.volunteerFund.id, id: uuid() };
    return waitingBudgets(watched, { funds: [town.volunteerFund.id, uuid()], limit: 20, after });
  },
  'terms of a redeemer': () => programme.termsFor(watched, { redeemer: town.firm, at: now }),
  'services that wait': () => servicesOfPlace(watched, { place: town.estate, state: 'waiting', limit: 20 }),
  'services of a member': () => listServices(watched, { member, limit: 20, before: uuid() }),
  'services of a member that wait': () =>
    listServices(watched, { member, state: 'waiting', limit: 20, before: uuid() }),
  'what a service earned': () => explainService(watched, [transaction, transaction + 1]),
  'one service, and where its member was': async () => {
    await findService(watched, uuid());
    await presencesOf(watched, member);
  },
  'residents who are meant': async () => {
    const at = { estate: town.estate, day: '2026-06-15', limit: 20 };
    const after = { building: '3', unit: '2', room: '0501', person: uuid() };
    for (const text of ['3-2-0501', '0501', 'wyl', '玉兰']) {
      await findResidents(watched, { ...at, wanted: parseWanted(text)! });
      await findResidents(watched, { ...at, wanted: parseWanted(text)!, after });
    }
  },
  'where a person lives': async () => {
    await residenciesOf(watched, member, '2026-06-15');
    await places.homesOf(member, now);
  },
  'roles given at a place': () =>
    listRoles(watched, { place: town.estate, limit: 20, after: { id: uuid(), value: '' } }),
  'invitations to a place': () =>
    listInvitations(watched, { place: town.estate, limit: 20, before: uuid(), now }),
  'what a link is for': () => lookAtInvitation(watched, { token: 'x'.repeat(43), now }),
  'whether somebody administers': () => needsSetUp(watched),
  'what a community still lacks': async () => {
    const community = await places.find(town.community);
    await checklistOf({ engine: watched, places, clock: () => now }, community!);
  },
};

describe('reads by an index', () => {
  eachReadByAnIndex(() => watch, reads, SORTED_AFTERWARDS);

  it('the verification that runs is found without those before it', async () => {
    watch.forget();
    await findRunning(watched, BOOK);
    expect(watch.plansOf(watch.sent)).toEqual([expect.stringContaining('book_verifications_running')]);
  });

  it('the watch itself sees a scan', () => {
    const [one] = watch.plansOf([{ sql: 'select * from entries where amount > ?', params: [1] }]);
    expect(isScan(one!)).toBe(true);
    const [two] = watch.plansOf([
      { sql: 'select * from transactions where book = ? and kind = ?', params: [1, 'x'] },
    ]);
    expect(isScan(two!)).toBe(true);
  });
});
