/** June of an estate whose two offsets are posted, with goods, a refund and a clawback; and whoever settles it. */
import { expect } from 'vitest';
import type { Engine } from '../../api/db/index.ts';
import { codeOf, type TestPerson } from './app.ts';
import { book, offsetBill, residentOf } from './fees-world.ts';
import { DAY_MS, handOver, openEstate, postedRow, takePosted } from './june-month.ts';

export const JULY_2 = Date.parse('2026-07-02T09:00:00+08:00');
export const SEPTEMBER_15 = Date.parse('2026-09-15T09:00:00+08:00');
const HEADER = '收分方,期初应付,积分,本期应付,冲回金额,已付金额,期末应付';

const sent = { host: 'linli.test', origin: 'http://linli.test', 'content-type': 'text/csv' };

export type Row = Record<string, string>;
export type Money = { opening: string; accepted: string; reversed: string; paid: string; closing: string };
export type Party = {
  party: { name: string };
  settles: string;
  points: string;
  accepted: string;
  balance?: Row;
};
type Open = { rows: number; sum: string };
type OpenKind = { field: string; theirs: Open; ours: Open; difference: string };
export type Statement = {
  id: string;
  number: number;
  latest: boolean;
  comparison: { ours: string; theirs?: string; difference?: string; matched: number; differences: number } & {
    paired: number;
  };
  mayPair: boolean;
  open?: { theirs: number; ours: number; kinds: OpenKind[] };
  handwork: { pairs: number; splits: number; lastAt?: string };
  agreed: { side: string; remark?: string }[];
  mayAgree: string[];
  rejected: number;
  remarkNeeded: boolean;
  reason?: string;
};
export type FundMonth = {
  over: boolean;
  budget: Row;
  points: Row;
  debt: Row;
  owed: Money;
  parties: Party[];
  statements: Statement[];
  maySend: boolean;
};
export type Difference = {
  id: string;
  kind: string;
  field?: string;
  written: string;
  number: string;
  ours?: string;
  theirs?: string;
  tie: boolean;
  pair?: number;
};
export type Pair = { id: string; number: number; made: { name: string }; split?: object; reason?: string };
export type Ages = { owed: string; to30: string; to60: string; to90: string; over90: string };
export type Debts = { sums: Ages; rows: (Ages & { payer: { name: string }; payee: { name: string } })[] };
export type Sums = { count: number; value: string; borne: string; concession: string };
export type Report = {
  total: Sums;
  months: (Sums & { month: string })[];
  estates: (Sums & { estate: { name: string } })[];
  items: { item: string; count: number; value: string }[];
  funds: { fund: { name: string }; count: number; points: string; borne: string }[];
};

export type FundedJune = Awaited<ReturnType<typeof openFundedJune>>;

/** On 2 July: 45.49 of offsets are posted, goods for 5.00 taken, of which 2.00 came back, and 5.00 waits to be posted. */
export async function openFundedJune(open: () => Promise<Engine>) {
  const world = await openEstate(open, { rooms: ['0501', '0502', '0503'], points: { con: 3_189, vol: 36 } });
  const { app, community, merchant, clearing, con } = world;
  const staff = await app.person({ role: 'staff', place: community.id });
  const colleague = await app.person({ role: 'staff', place: community.id });
  const manager = await app.person({ role: 'merchant_manager', place: merchant.id });
  const auditor = await app.person({ role: 'auditor', place: community.id });

  const get = async <Answer>(path: string, by: TestPerson): Promise<Answer> => {
    const answer = await world.app.request(`/api/v1${path}`, { by });
    expect(answer.status, `${path} ${await answer.clone().text()}`).toBe(200);
    return (await answer.json()) as Answer;
  };
  const june = (of: { id: string }, by = staff) => get<FundMonth>(`/funds/${of.id}/months/2026-06`, by);
  const upload = (text: string, by: TestPerson, { query = '', of = world.con.id } = {}) =>
    world.app.server.app.request(
      `http://linli.test/api/v1/funds/${of}/months/2026-06/statements?fileName=x.csv${query}`,
      { method: 'POST', body: text, headers: { ...by.headers, ...sent } },
    );
  const send = (rows: string, by: TestPerson, of = {}) => upload(`${HEADER}\n${rows}\n`, by, of);
  const agree = (statement: string, side: string, by: TestPerson, remark?: string, seen?: object) =>
    world.app.request(`/api/v1/funder-statements/${statement}/agreements`, {
      json: { side, ...(remark !== undefined && { remark }), ...(seen && { seen }) },
      by,
    });

  const pairingOf = (statement: string) => ({
    openRows: async (side: 'theirs' | 'ours') => {
      const path = `/funder-statements/${statement}/differences?side=${side}`;
      return (await get<{ items: Difference[] }>(path, staff)).items;
    },
    pair: (theirs: Difference, ours: readonly Difference[], reason = '', by = manager) =>
      world.app.request(`/api/v1/funder-statements/${statement}/pairings`, {
        json: { theirs: theirs.id, ours: ours.map(({ id }) => id), reason },
        by,
      }),
  });

  await offsetBill(world, '0501', '35.49');
  await offsetBill(world, '0502', '10.00');
  await handOver(world);
  app.clock.now += 2 * DAY_MS;
  await takePosted(world, 'june.csv', [postedRow(1, '35.49'), postedRow(2, '10.00')]);
  const member = await residentOf(world, '0503');
  const terms = { '*': { mode: 'clearing' as const, via: clearing.id, factor: 10_000 } };
  const take = { points: 500, unit: 'CON' };
  const bought = await book(world, { do: 'spend', member, redeemer: merchant.id, take, terms });
  await book(world, { do: 'refund', of: bought, points: 200 });
  const { id: fund, unit, rateMicro, budgetReturns } = con;
  const series = { expiresAt: Date.parse('2027-07-01T00:00:00+08:00'), rateMicro, budgetReturns };
  const given = await book(world, { do: 'credit', member, fund, unit, amount: 100, series });
  await book(world, { do: 'clawback', of: given, points: 40 });
  // One that the firm has not posted.
  await offsetBill(world, '0503', '5.00');
  // Nothing of the month is compared while it runs.
  expect(await codeOf(await send('结算中心,0,0,0,0,0,0', manager))).toBe('month-still-runs');
  app.clock.now = JULY_2;
  return { world, staff, colleague, manager, auditor, get, june, upload, send, agree, pairingOf };
}
