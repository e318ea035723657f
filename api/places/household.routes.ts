/** 我的家: what a resident sees of the houses they belong to. */
import { findPerson } from '../identity/index.ts';
import { answer, maskName, newModule, route, subjectIn } from '../platform/index.ts';
import { householdsOf } from './household.ts';
import { dayIn, type Residency } from './houses.ts';
import type { ProductDeps } from './index.ts';
import * as examples from './places.examples.ts';
import { HouseholdSchema } from './places.schemas.ts';
import { houseView } from './places.views.ts';
import { SINCE_EVER } from './roster-plan.ts';

export const householdRoutes = (deps: ProductDeps) => {
  const { engine, places, clock } = deps;
  const linkView = ({ relation, since }: Residency) => ({
    relation,
    ...(since === SINCE_EVER ? {} : { since }),
  });
  const otherView = async (residency: Residency) => ({
    name: maskName((await findPerson(engine, residency.person))?.name ?? ''),
    ...linkView(residency),
  });

  return newModule(deps).openapi(
    route({
      method: 'get',
      path: '/me/household',
      summary: '我的家：我的房屋，还有谁住在一起 · My houses and who else belongs to them',
      description:
        '别人只显示姓和与房屋的关系，没有手机号；最多列 20 套房，每套房最多列 20 人。Others by family name and relation only, at most 20 houses and 20 people a house.',
      access: { signedIn: true, acting: 'view' },
      responses: { 200: answer(HouseholdSchema, '我的家 · Household') },
      example: examples.household,
    }),
    async (c) => {
      const { households, more } = await householdsOf(engine, { person: subjectIn(c), day: dayIn(clock()) });
      const items = households.map(async ({ house, own, others, othersMore }) => ({
        ...houseView(house),
        estateName: (await places.find(house.estate))?.name ?? '',
        ...linkView(own),
        others: await Promise.all(others.map(otherView)),
        othersMore,
      }));
      return c.json({ items: await Promise.all(items), more }, 200);
    },
  );
};
