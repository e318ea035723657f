/** Every query of a household's page and of the units' finds its rows by an index. */
import { beforeAll, describe } from 'vitest';
import { eq } from 'drizzle-orm';
import type { Engine } from '../../api/db/index.ts';
import { dueOnHouse } from '../../api/fees/due.ts';
import { codesOfBook, namedUnits, unitNamesOf, unitsOfBook, useOfUnit } from '../../api/programme/units.ts';
import { householdsOf } from '../../api/places/household.ts';
import { startApp } from '../support/app.ts';
import { openFeesWorld, residentOf, takeBills, takeRoster } from '../support/fees-world.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';

let watch: QueryWatch;
let watched: Engine;
let person: string;
let house: string;

beforeAll(async () => {
  watch = await watchQueries();
  watched = watch.watched;
  const world = await openFeesWorld(await startApp(watch.engine));
  await takeRoster(world, ['3,2,0501,王小明,13800000001,业主,,', '3,2,0501,李芳,13800000002,家庭成员,,']);
  await takeBills(world, { '0501': '118.32' }, 'june.csv');
  person = await residentOf(world, '0501');
  const { residencies: t } = watch.engine.tables;
  const [home] = await watch.engine.db.select({ house: t.house }).from(t).where(eq(t.person, person));
  house = home!.house;
});

describe('what the pages of a household and of the units read', () => {
  eachReadByAnIndex(() => watch, {
    'the houses of a person with who else belongs to them': () =>
      householdsOf(watched, { person, day: '2026-06-20' }),
    'what is due on a house': () => dueOnHouse(watched, house),
    'the units of a book': () => unitsOfBook(watched, 1),
    'the codes of a book': () => codesOfBook(watched, 1),
    'the names that communities gave': () => namedUnits(watched),
    'what units are called': () => unitNamesOf(watched, ['VOL', 'GRN']),
    'who gives a unit, and how much of it is alive': () =>
      useOfUnit(watched, { book: 1, code: 'VOL', now: Date.UTC(2026, 5, 15) }),
  });
});
