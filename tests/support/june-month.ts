/** June of an estate whose residents have put points against their bills, handed over to the firm, and its posted lists. */
import type { Engine } from '../../api/db/index.ts';
import { exportOffsets, importPostedList } from '../../api/fees/index.ts';
import type { PersonActor } from '../../api/platform/index.ts';
import { startApp } from './app.ts';
import {
  fileOf,
  givePoints,
  offsetBill,
  ok,
  openFeesWorld,
  residentOf,
  takeBills,
  takeRoster,
  type FeesWorld,
} from './fees-world.ts';

type OpenEngine = () => Promise<Engine>;

export const DAY_MS = 86_400_000;
export const POSTED_HEADER = '抵扣单号,房号,收费项目,计费月份,入账金额,入账日期,状态(已入账/已退回),备注';

/** Whoever hands over and takes in where it does not matter who. */
export const CLERK: PersonActor = { kind: 'person', person: 'accountant', roles: [] };

/** The first residents' offsets are DK-2606-0001, 0002 … in the order of `offsets`; rooms without one have a bill all the same. */
type June = {
  rooms: readonly string[];
  points: { vol?: number; con?: number };
  /** What each room puts against its bill; 10.00 where nothing is said. */
  offsets?: readonly (readonly [room: string, yuan: string])[];
};

/** The rooms of 3-2 with a resident, a bill of 118.32 and points each; nothing is offset. */
export async function openEstate(
  open: OpenEngine,
  { rooms, points }: Omit<June, 'offsets'>,
): Promise<FeesWorld> {
  const world = await openFeesWorld(await startApp(await open()));
  await takeRoster(
    world,
    rooms.map((room) => `3,2,${room},住户${room.at(-1)},1380000${room},业主,,`),
  );
  await takeBills(world, Object.fromEntries(rooms.map((room) => [room, '118.32'])), 'june.csv');
  for (const room of rooms) await givePoints(world, await residentOf(world, room), points);
  return world;
}

/** The same, with what residents put against their bills in the firm's hands. */
export async function openJune(open: OpenEngine, june: June): Promise<FeesWorld> {
  const world = await openEstate(open, june);
  const { offsets = june.rooms.map((room) => [room, '10.00'] as const) } = june;
  for (const [room, yuan] of offsets) await offsetBill(world, room, yuan);
  await handOver(world);
  return world;
}

export async function handOver({ deps, estate }: FeesWorld, key = 'june'): Promise<void> {
  const ask = { key, scope: `place:${estate.id}` };
  ok(await exportOffsets(deps, { estate: estate.id, actor: CLERK, ...ask }));
}

/** A row of the firm's list for DK-2606-000n on 3-2-050n. */
export function postedRow(nth: number, yuan: string, day = '2026-06-21', rest = '已入账,'): string {
  return `DK-2606-000${nth},3-2-050${nth},物业服务费,202606,${yuan},${day},${rest}`;
}

export async function takePosted(
  { deps, estate }: FeesWorld,
  fileName: string,
  rows: readonly string[],
  dryRun = false,
) {
  const file = fileOf([POSTED_HEADER, ...rows, ''].join('\n'), fileName);
  return ok(await importPostedList(deps, { estate: estate.id, file, actor: CLERK, dryRun }));
}

/** What a page that the accountant opens has. */
export async function read<Answer>({ app, accountant }: FeesWorld, path: string): Promise<Answer> {
  const answer = await app.request(`/api/v1${path}`, { by: accountant });
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  return (await answer.json()) as Answer;
}
