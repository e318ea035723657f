/** What the routes of houses answer; everybody is shown masked. */
import { asc, eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { findPerson } from '../identity/index.ts';
import { maskName } from '../platform/index.ts';
import { everyPage, type OutCell } from '../platform/files/index.ts';
import { dayIn, findHouse, type HouseName } from './houses.ts';
import type { ProductDeps } from './index.ts';
import { listOccupancy, type LivedIn, type OccupancyFilter } from './list-occupancy.ts';
import { houseView, residentView } from './places.views.ts';

/** More than ever lived in one house. */
const MOST_LINKS = 200;

export async function occupancyView(engine: Engine, { house, people }: LivedIn) {
  const owners = people.filter(({ relation }) => relation === 'owner');
  const names = owners.map(async ({ person }) => maskName((await findPerson(engine, person))?.name ?? ''));
  return {
    house: houseView(house),
    owners: await Promise.all(names),
    people: people.length,
    tenants: people.filter(({ relation }) => relation === 'tenant').length,
  };
}

export async function* occupancyTable(
  engine: Engine,
  filter: OccupancyFilter,
): AsyncGenerator<readonly OutCell[]> {
  yield ['房屋', '业主', '登记人数', '其中租户'];
  const pages = everyPage<LivedIn, HouseName>(
    ({ limit, before }) =>
      listOccupancy(engine, { ...filter, limit, ...(before !== undefined && { after: before }) }),
    ({ house }) => house,
  );
  for await (const rows of pages)
    for (const row of rows) {
      const { house, owners, people, tenants } = await occupancyView(engine, row);
      yield [house.code, owners.join('、'), people, tenants];
    }
}

/** Whoever belongs, will belong or belonged to a house, by the day on which they came. */
export async function houseDetail(
  { engine, places, clock }: Pick<ProductDeps, 'engine' | 'places' | 'clock'>,
  id: string,
) {
  const house = await findHouse(engine, id);
  if (!house) return undefined;
  const { residencies: t } = engine.tables;
  const rows = await engine.reader
    .select()
    .from(t)
    .where(eq(t.house, id))
    .orderBy(asc(t.house), asc(t.person))
    .limit(MOST_LINKS + 1);
  const today = dayIn(clock());
  const stateOf = ({ since, until }: { since: string; until: string | null }) =>
    since > today
      ? ('later' as const)
      : until !== null && until <= today
        ? ('over' as const)
        : ('now' as const);
  const sorted = rows.slice(0, MOST_LINKS).toSorted((a, b) => (a.since < b.since ? 1 : -1));
  const links = sorted.map(async (row) => ({
    ...{ id: row.id, ...(await residentView(engine, row)), state: stateOf(row) },
    ...(row.endReason !== null && { endReason: row.endReason }),
  }));
  return {
    house: houseView(house),
    estateName: (await places.find(house.estate))?.name ?? '',
    links: await Promise.all(links),
    more: rows.length > MOST_LINKS,
  };
}
