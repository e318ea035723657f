/**
 * Every query that a screen runs finds its rows by an index: a page must cost the same when a district has kept its
 * books for ten years. SQLite tells how it would run each query that the reads really send.
 */
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Database, Engine, SqliteEngine } from '../../api/db/index.ts';
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
import { findImportedAt, listBills, offsetNotCounted } from '../../api/fees/bills.ts';
import { listClosures } from '../../api/fees/close-month.ts';
import { listBatches, waitingForExport } from '../../api/fees/export-offsets.ts';
import { findBills, totalBills } from '../../api/fees/find-bills.ts';
import { openBreaksOfMonth } from '../../api/fees/open-breaks.ts';
import { lookAtInvitation, needsSetUp } from '../../api/identity/accept-invitation.ts';
import { listInvitations } from '../../api/identity/invite.ts';
import { listRoles } from '../../api/identity/roles.ts';
import { createPlaces, type Places } from '../../api/places/index.ts';
import * as programme from '../../api/programme/index.ts';
import { waitingBudgets } from '../../api/programme/budgets.ts';
import { getRuleVersion } from '../../api/programme/find-rule-version.ts';
import { describeRule, nameOfActor, partiesOf } from '../../api/programme/who-took-part.ts';
import { findCode, makeCode, resolveCode } from '../../api/shop/codes.ts';
import { explainShop, listPurchases, listRedemptions, totalsOfDay } from '../../api/shop/list-sales.ts';
import { findPurchase, findRedemption } from '../../api/shop/undo.ts';
import { checklistOf } from '../../api/setup/checklist.ts';
import { explainService, listServices } from '../../api/volunteering/index.ts';
import { findService, presencesOf } from '../../api/volunteering/service.ts';
import { startApp } from '../support/app.ts';
import { withSqlite } from '../support/database.ts';
import { demoTown, type DemoTown } from '../support/demo-programme.ts';

type Sent = { sql: string; params: unknown[] };
const BOOK = 1;
/** Tables with a handful of rows for ever. */
const SMALL = new Set(['books']);
/** What an index narrows to is no less than the whole book. */
const WHOLE_BOOK = /^SEARCH (transactions|entries|accounts|tallies|keys|holds) .*\(book=\?\)$/;

let engine: SqliteEngine;
let watched: Engine;
let places: Places;
let town: DemoTown;
let transaction: number;
const member = uuid();
const sent: Sent[] = [];

beforeAll(async () => {
  engine = await withSqlite();
  const app = await startApp(engine);
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
  const logger = { logQuery: (sql: string, params: unknown[]) => void sent.push({ sql, params }) };
  const logged = drizzle({ client: engine.sqlite, logger }) as unknown as Database;
  watched = { ...engine, db: logged, reader: logged };
  places = createPlaces(watched);
});

function plansOf(queries: readonly Sent[]): string[] {
  return queries.flatMap(({ sql, params }) => {
    const steps = engine.sqlite.prepare(`explain query plan ${sql}`).all(...params) as { detail: string }[];
    const details = steps.map(({ detail }) => detail);
    // Walking what an index has just given is no scan of a table.
    const given = details.map((detail) => /^(?:CO-ROUTINE|MATERIALIZE) (\w+)$/.exec(detail)?.[1]);
    return details.filter((detail) => !given.includes(/^SCAN (\w+)$/.exec(detail)?.[1] ?? ''));
  });
}

/** A page of each account put together, or the few versions that were ever in force at a place. */
const SORTED_AFTERWARDS = new Set([
  'a statement',
  'the next page of a statement',
  'movements of a member',
  'the rule in force',
  'terms of a redeemer',
]);

const isScan = (detail: string): boolean => {
  const table = /^SCAN (\w+)/.exec(detail)?.[1];
  return (table !== undefined && table !== 'CONSTANT' && !SMALL.has(table)) || WHOLE_BOOK.test(detail);
};

const now = Date.UTC(2026, 5, 15, 4);
const june = () => ({ estate: town.estate, period: '2026-06' });
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
  'services that wait': () => listServices(watched, { place: town.estate, state: 'waiting', limit: 20 }),
  'the next page of services': () =>
    listServices(watched, { place: town.estate, state: 'waiting', limit: 20, before: uuid() }),
  'services of a member': () => listServices(watched, { member, limit: 20, before: uuid() }),
  'what a service earned': () => explainService(watched, [transaction, transaction + 1]),
  'one service, and where its member was': async () => {
    await findService(watched, uuid());
    await presencesOf(watched, member);
  },
  'roles given at a place': () =>
    listRoles(watched, { place: town.estate, limit: 20, after: { id: uuid(), value: '' } }),
  'invitations to a place': () => listInvitations(watched, { place: town.estate, limit: 20, before: uuid() }),
  'what a link is for': () => lookAtInvitation(watched, { token: 'x'.repeat(43), now }),
  'whether somebody administers': () => needsSetUp(watched),
  'what a community still lacks': async () => {
    const community = await places.find(town.community);
    await checklistOf({ engine: watched }, community!);
  },
  'months that were closed': () => listClosures(watched, { place: town.estate, limit: 20, before: uuid() }),
  'bills of a month': () => findBills(watched, { ...june(), limit: 20, before: uuid() }),
  'bills of a month by house': () => findBills(watched, { ...june(), house: '3-2-0501', limit: 20 }),
  'bills of a month that are to be paid': () =>
    findBills(watched, { ...june(), state: 'open', house: '0501', limit: 20, before: uuid() }),
  'what the bills of a month add up to': () =>
    totalBills(watched, { ...june(), state: 'paid', house: '3-2-0501' }),
  'bills of a house': () => listBills(watched, { house: uuid(), limit: 20, before: uuid() }),
  'offsets that the firm had not counted': () =>
    offsetNotCounted(watched, { bills: [uuid(), uuid()], day: '2026-06-30' }),
  'when the file of a bill came': () => findImportedAt(watched, uuid()),
  'batches of an estate': () => listBatches(watched, { estate: town.estate, limit: 20 }),
  'the next page of batches': () => listBatches(watched, { estate: town.estate, limit: 20, before: uuid() }),
  'what an export would hand over': () => waitingForExport(watched, { estate: town.estate, now }),
  'breaks that a month is closed with': () =>
    openBreaksOfMonth(watched, { estate: town.estate, month: '2026-06' }),
  purchases: () => listPurchases(watched, { place: town.firm, limit: 20, before: uuid() }),
  redemptions: () => listRedemptions(watched, { place: town.firm, limit: 20, before: uuid() }),
  'the day of a merchant': () => totalsOfDay(watched, { place: town.firm, day: '2026-06-15' }),
  'a page of a merchant’s day': async () => {
    const of = { place: town.firm, day: '2026-06-15', limit: 20, before: uuid() };
    await listPurchases(watched, of);
    await listRedemptions(watched, of);
  },
  'what a sale was': () => explainShop(watched, [transaction, transaction + 1]),
  'one sale': async () => {
    await findPurchase(watched, uuid());
    await findRedemption(watched, uuid());
  },
  'a code': async () => {
    const clock = () => now;
    await findCode(watched, uuid());
    const till = { place: town.firm, book: BOOK };
    for (const isTyped of [true, false]) {
      await resolveCode({ engine: watched, clock }, { ...till, scan: { hash: 'x', isTyped } });
    }
    await makeCode(
      { engine: { ...watched, atomically: together }, ids: uuid, clock },
      { book: BOOK, member, origin: 'x' },
    );
  },
};

/** On the watched connection, so that its queries are seen as well. */
async function together(writes: (db: Database) => readonly PromiseLike<unknown>[]): Promise<void> {
  for (const query of writes(watched.db)) await query;
}

describe('reads by an index', () => {
  it.each(Object.keys(reads))('%s', async (name) => {
    sent.length = 0;
    await reads[name]!();
    expect(sent.length).toBeGreaterThan(0);
    expect(plansOf(sent).filter(isScan)).toEqual([]);
  });

  // A sort reads every row before it gives the first: a page would cost more with each year.
  const inOrder = Object.keys(reads).filter((name) => !SORTED_AFTERWARDS.has(name));
  it.each(inOrder)('%s: in the order of the index', async (name) => {
    sent.length = 0;
    await reads[name]!();
    expect(plansOf(sent).filter((detail) => detail.includes('TEMP B-TREE FOR ORDER BY'))).toEqual([]);
  });

  it('the verification that runs is found without those before it', async () => {
    sent.length = 0;
    await findRunning(watched, BOOK);
    expect(plansOf(sent)).toEqual([expect.stringContaining('book_verifications_running')]);
  });

  it('the watch itself sees a scan', () => {
    const [one] = plansOf([{ sql: 'select * from entries where amount > ?', params: [1] }]);
    expect(isScan(one!)).toBe(true);
    const [two] = plansOf([
      { sql: 'select * from transactions where book = ? and kind = ?', params: [1, 'x'] },
    ]);
    expect(isScan(two!)).toBe(true);
  });
});
