/** 王玉兰, who was registered twice, and two colleagues; for the tests of merging. */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { expect } from 'vitest';
import { personRow } from '../../api/identity/index.ts';
import { importRoster } from '../../api/places/index.ts';
import { post as postUnit } from '../../api/ledger/index.ts';
import { must } from './demo-programme.ts';
import type { TestApp, TestPerson } from './app.ts';

export type Comparison = {
  alike: { name: boolean; phone: boolean };
  plan: Record<string, unknown>;
  seen: string;
  against?: { code: string };
  keeper: { name: string; phone: string; hasPoints: boolean };
};
export type Merge = { id: string; version: number; state: string; comparison?: Comparison };

const HEAD = '小区,楼栋,单元,房号,姓名,手机,与房屋关系,起始日期,截止日期';

/** 王玉兰 lives in 3-2-0501 twice: with the right phone, and with a wrong one from a roster. */
/** Phones of one town alone; the last digits are as they are written. */
const townPhone = () => {
  const middle = String(Math.floor(Math.random() * 10_000)).padStart(4, '0');
  return (end: string) => `138${middle}${end}`;
};

export async function mergeTown(app: TestApp) {
  const phone = townPhone();
  const { tables, db } = app.engine;
  const community = await app.place('community');
  const estate = await app.place('estate', community);
  const house = async (room: string, at = estate) => {
    const row = { id: uuid(), version: 1, estate: at, building: '3', unit: '2', room, createdAt: 0 };
    await db.insert(tables.houses).values(row);
    return row.id;
  };
  const human = async (name: string, phone?: string) => {
    const row = personRow({ id: uuid(), name, ...(phone === undefined ? {} : { phone }) }, 1);
    await db.insert(tables.people).values(row);
    return row.id;
  };
  const lives = async (person: string, at: string, since = '2024-05-01', until: string | null = null) => {
    const row = { id: uuid(), version: 1, house: at, person, relation: 'owner' as const, since, until };
    await db.insert(tables.residencies).values({ ...row, createdAt: 0 });
    return row.id;
  };
  const acts = async (person: string, role: string, place: string) => {
    const row = { id: uuid(), person, role, place, validFrom: 0, validTo: null, grantedBy: 'test' };
    await db.insert(tables.roles).values(row);
    return row.id;
  };
  const home = await house('0501');
  const [keeper, duplicate] = [await human('王玉兰', phone('0101')), await human('王玉兰', phone('0102'))];
  await lives(keeper, home);
  await lives(duplicate, home, '2023-01-01');
  const staff = await app.person({ role: 'staff', place: community });
  const colleague = await app.person({ role: 'staff', place: community });
  /** Points of a fund that nobody else has to do with. */
  const credit = async (member: string) => {
    const [fund, unit] = [uuid(), 'VOL'];
    const ask = { book: 1, scope: 'test', key: uuid(), request: 'credit' };
    const series = { expiresAt: Date.UTC(2027, 0, 1), rateMicro: 100_000, budgetReturns: true };
    const commands = [
      { do: 'budget' as const, fund, unit, amount: 100 },
      { do: 'credit' as const, member, fund, unit, amount: 24, series },
    ];
    must(await postUnit(app.server.deps, ask, { actor: 'test', place: estate, commands }));
  };
  const post = (path: string, json: object, by: TestPerson = staff) =>
    app.request(`/api/v1${path}`, { json, by });
  const compare = async (pair = { keeper, duplicate }, by = staff) =>
    app.request(`/api/v1/people/${pair.keeper}/comparison/${pair.duplicate}`, { by });
  const seen = async (pair = { keeper, duplicate }) =>
    ((await (await compare(pair)).json()) as Comparison).seen;
  const ask = async (pair = { keeper, duplicate }, by = staff, seenThen?: string) =>
    post(
      `/people/${pair.keeper}/merges`,
      { duplicate: pair.duplicate, reason: '本人核对', seen: seenThen ?? (await seen(pair)) },
      by,
    );
  const asked = async (pair = { keeper, duplicate }) => {
    const answer = await ask(pair);
    expect(answer.status).toBe(201);
    return ((await answer.json()) as { id: string }).id;
  };
  const one = async (merge: string, by = colleague) =>
    (await (await app.request(`/api/v1/merges/${merge}`, { by })).json()) as Merge;
  const approve = async (merge: string, by = colleague) =>
    post(
      `/merges/${merge}/approval`,
      { version: 1, seen: (await one(merge)).comparison?.seen ?? 'x'.repeat(43) },
      by,
    );
  const person = async (id: string) =>
    (await db.select().from(tables.people).where(eq(tables.people.id, id)))[0]!;
  const homesOf = async (id: string) =>
    db.select().from(tables.residencies).where(eq(tables.residencies.person, id));
  const merged = async () => {
    const merge = await asked();
    expect((await approve(merge)).status).toBe(200);
    return merge;
  };
  /** A roster of the estate, as a file; other bytes each time. */
  const roster = (line: string) =>
    importRoster(app.server.deps, {
      ...{ estate, actor: 'person:test', dryRun: false, confirmed: ['new-houses'] },
      file: { source: Buffer.from(`${HEAD}\n,${line}\n,3,2,${uuid()},甲,,业主,,`), fileName: 'r.csv' },
    });
  return {
    ...{ merged, roster },
    ...{ app, db, tables, community, estate, home, house, human, lives, acts, keeper, duplicate, staff },
    ...{ phone, credit, colleague, post, compare, seen, ask, asked, one, approve, person, homesOf },
  };
}
