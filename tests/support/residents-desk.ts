/** The desk of an estate whose roster is in, and whoever works at it. */
import { expect } from 'vitest';
import type { Engine } from '../../api/db/index.ts';
import { startApp, type TestPerson } from './app.ts';
import { openFeesWorld, takeRoster } from './fees-world.ts';

const ROSTER = [
  '3,2,0501,王玉兰,13800000501,业主,,',
  '3,2,0501,王小明,13800000777,家属,,',
  '3,2,0502,张伟,13800001234,租客,,',
  '1,,0501,欧阳娜娜,13900001234,业主,,',
  '1,,0102,吴亦凡,,业主,2019-01-01,2020-01-01',
  '1,,1001,王亚楼,13900005678,业主,,',
  '1,,1234,赵一,13700000000,业主,,',
  '1,,1301,钱二,13600000000,业主,,',
  '1,,1302,孙三,13500000000,业主,,',
];

type Found = { person: string; name: string; tail: string; relation: string; house: { code: string } };
export type ResidentsDesk = Awaited<ReturnType<typeof openResidentsDesk>>;

export async function openResidentsDesk(open: () => Promise<Engine>, more: readonly string[] = []) {
  const app = await startApp(await open());
  const world = await openFeesWorld(app);
  await takeRoster(world, [...ROSTER, ...more]);
  const staff = await app.person({ role: 'staff', place: world.community.id });
  const residents = () => `/api/v1/estates/${world.estate.id}/residents`;
  const find = async (text: string, query = '', by: TestPerson = staff) => {
    const answer = await app.request(`${residents()}?find=${encodeURIComponent(text)}${query}`, { by });
    expect(answer.status, await answer.clone().text()).toBe(200);
    return (await answer.json()) as { items: Found[]; next?: string };
  };
  /** As the list shows them: the house, the masked name and the end of the phone. */
  const found = async (text: string) =>
    (await find(text)).items.map(({ house, name, tail }) => `${house.code} ${name} ${tail}`);
  return { app, world, staff, residents, find, found };
}
