/**
 * The demo programme in one estate, through the real use cases: a community that pays for volunteer points, a merchant
 * that pays for its own, a firm that takes both, everything through one clearing party.
 */
import { and, eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { expect } from 'vitest';
import { confirmOffset, demoOffsetRule, importBills } from '../../api/fees/index.ts';
import { post, type Command } from '../../api/ledger/index.ts';
import { addPlace, importRoster, type Place } from '../../api/places/index.ts';
import { isProblem, type PersonActor, type Problem } from '../../api/platform/index.ts';
import { addAgreement, addFund, publishRule, type Fund } from '../../api/programme/index.ts';
import type { Server } from '../../api/server.ts';
import type { TestApp, TestPerson } from './whole-app.ts';

export type FeesWorld = {
  app: TestApp;
  deps: Server['deps'];
  community: Place;
  estate: Place;
  merchant: Place;
  firm: Place;
  clearing: Place;
  vol: Fund;
  con: Fund;
  accountant: TestPerson;
};

export const JUNE_20 = Date.parse('2026-06-20T10:00:00+08:00');

export function ok<Value>(value: Value | Problem): Value {
  if (isProblem(value))
    throw new Error(`${value.code} ${JSON.stringify(value.detail ?? value.fields ?? '')}`);
  return value;
}

export async function openFeesWorld(app: TestApp): Promise<FeesWorld> {
  app.clock.now = JUNE_20;
  const { deps } = app.server;
  const place = async (parent: string, kind: Place['kind'], name: string) =>
    ok(await addPlace(deps, { book: 1, parent, kind, name }));
  const community = await place('', 'community', '金康社区');
  const estate = await place(community.id, 'estate', '和美苑（演示）');
  const merchant = await place(community.id, 'merchant', '便民超市');
  const firm = await place(estate.id, 'firm', '和美物业');
  const clearing = await place(community.id, 'clearing', '结算中心');
  const fund = async (of: Place, unit: string, rateMicro: number) =>
    ok(await addFund(deps, { book: 1, place: of.id, name: unit, unit, rateMicro, budgetReturns: true }));
  const [vol, con] = [await fund(community, 'VOL', 100_000), await fund(merchant, 'CON', 10_000)];
  await publishRule(deps, {
    place: community.id,
    kind: 'offset',
    body: demoOffsetRule,
    validFrom: 0,
    reason: 'demo',
    actor: 'test',
  });
  const terms = { mode: 'clearing' as const, via: clearing.id, factor: 10_000 };
  ok(await addAgreement(deps, { redeemer: firm.id, fund: '*', terms, validFrom: 0 }));
  const world = { app, deps, community, estate, merchant, firm, clearing, vol, con };
  await book(world, { do: 'open', code: 'test', name: 'test' });
  for (const { id, unit } of [vol, con]) {
    await book(world, { do: 'budget', fund: id, unit, amount: 1_000_000 });
  }
  return { ...world, accountant: await app.person({ role: 'accountant', place: estate.id }) };
}

/** Books one command as the test itself. */
export async function book(
  { deps, community }: Pick<FeesWorld, 'deps' | 'community'>,
  command: Command,
): Promise<number> {
  const ask = { book: 1, scope: 'test', key: uuid(), request: command };
  const posted = ok(await post(deps, ask, { actor: 'test', place: community.id, commands: [command] }));
  return posted.transactions[0]!;
}

/** Gives a member points as the demo's rules would: VOL to the end of next year, CON to the end of the month + 12. */
export async function givePoints(world: FeesWorld, member: string, points: { vol?: number; con?: number }) {
  const end = { VOL: '2028-01-01T00:00:00+08:00', CON: '2027-07-01T00:00:00+08:00' };
  for (const [fund, amount = 0] of [
    [world.vol, points.vol],
    [world.con, points.con],
  ] as const) {
    if (amount === 0) continue;
    const { id, unit, rateMicro, budgetReturns } = fund;
    const expiresAt = Date.parse(end[unit as 'VOL' | 'CON']);
    await book(world, {
      do: 'credit',
      member,
      fund: id,
      unit,
      amount,
      series: { expiresAt, rateMicro, budgetReturns },
    });
  }
}

export const fileOf = (text: string, fileName: string) => ({ source: Buffer.from(text), fileName });

const ROSTER_HEADER = '小区,楼栋,单元,房号,姓名,手机,与房屋关系,起始日期,截止日期';

/** `rows` like `3,2,0501,王玉兰,13800000001,业主,,` */
export async function takeRoster(world: FeesWorld, rows: readonly string[]) {
  const called = world.estate.name.replace('（演示）', '');
  const text = [ROSTER_HEADER, ...rows.map((row) => `${called},${row}`)].join('\n');
  const file = fileOf(text, 'roster.csv');
  return ok(
    await importRoster(world.deps, {
      estate: world.estate.id,
      file,
      dryRun: false,
      actor: 'person:staff',
      confirmed: ['new-houses', 'shared-phones'],
    }),
  );
}

/** The person who lives in a house such as `0501` of 3-2, as the roster made them. */
export async function residentOf(world: FeesWorld, room: string): Promise<string> {
  const { db, tables } = world.app.engine;
  const [row] = await db
    .select({ person: tables.residencies.person })
    .from(tables.residencies)
    .innerJoin(tables.houses, eq(tables.houses.id, tables.residencies.house))
    .where(and(eq(tables.houses.estate, world.estate.id), eq(tables.houses.room, room)));
  expect(row, room).toBeDefined();
  return row!.person;
}

/** June's bills of houses of 3-2, by room. */
export async function takeBills(
  { deps, estate }: FeesWorld,
  yuanByRoom: Readonly<Record<string, string>>,
  fileName: string,
  confirmed: readonly string[] = [],
) {
  const lines = Object.entries(yuanByRoom).map(([room, yuan]) => `3-2-${room},物业服务费,2026-06,${yuan}`);
  const file = fileOf(['房号,收费项目,计费月份,应收金额', ...lines].join('\n'), fileName);
  const by = { actor: 'person:accountant', dryRun: false, confirmed: ['touches-offsets', ...confirmed] };
  return ok(await importBills(deps, { estate: estate.id, file, ...by }));
}

/** The resident of a room puts points against the room's first bill. */
export async function offsetBill(world: FeesWorld, room: string, yuan: string) {
  const { bills: t, houses } = world.app.engine.tables;
  const member = await residentOf(world, room);
  const [bill] = await world.app.engine.db
    .select({ id: t.id })
    .from(t)
    .innerJoin(houses, eq(houses.id, t.house))
    .where(and(eq(t.estate, world.estate.id), eq(houses.room, room)))
    // Points pay 物业费, which stands before 车位费 on both engines.
    .orderBy(t.item, t.issue);
  const input = { bill: bill!.id, member, valueFen: Math.round(Number(yuan) * 100) };
  const actor: PersonActor = { kind: 'person', person: member, roles: [] };
  return ok(await confirmOffset(world.deps, { input, actor, key: uuid(), scope: `person:${member}` }));
}

const seconds = new WeakMap<FeesWorld, Promise<TestPerson>>();

/** Another accountant, who signs second where nobody is finance lead. */
export function secondOf(world: FeesWorld): Promise<TestPerson> {
  const made = seconds.get(world) ?? world.app.person({ role: 'accountant', place: world.estate.id });
  seconds.set(world, made);
  return made;
}

/** The accountant asks for a month to be closed and the second closes it; whoever is refused first answers. */
export async function closeByTwo(
  world: FeesWorld,
  { month, key = uuid() }: { month: string; key?: string },
): Promise<Response> {
  const { app, estate, accountant } = world;
  const second = await secondOf(world);
  const path = `/api/v1/places/${estate.id}/closure-requests`;
  const asked = await app.request(path, { by: accountant, json: { month } });
  if (asked.status !== 201) return asked;
  const { id } = (await asked.json()) as { id: string };
  const of = `/api/v1/closure-requests/${id}`;
  const closed = await app.request(`${of}/approval`, { method: 'POST', by: second, key });
  if (!closed.ok) await app.request(of, { method: 'DELETE', by: second });
  return closed;
}

/** The second approves what waits of the firm's settings; the statuses of the answers. */
export async function approveFirmChanges(world: FeesWorld): Promise<number[]> {
  const { app, estate } = world;
  const by = await secondOf(world);
  const path = `/api/v1/estates/${estate.id}/firm-changes`;
  const { items } = (await (await app.request(path, { by })).json()) as {
    items: { id: string; state: string }[];
  };
  const waiting = items.filter(({ state }) => state === 'waiting');
  const approval = (id: string) => app.request(`${path}/${id}/approval`, { method: 'POST', by });
  return Promise.all(waiting.map(async ({ id }) => (await approval(id)).status));
}
