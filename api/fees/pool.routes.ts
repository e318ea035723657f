/** 一起抵扣: whether somebody's points may pay along for a house of theirs. Only they themselves say so; nobody for them. */
import type { Context } from 'hono';
import { findPerson } from '../identity/index.ts';
import {
  dayIn,
  findHouse,
  getHouses,
  houseView,
  peopleOf,
  relationTo,
  residenciesOf,
  type ProductDeps,
} from '../places/index.ts';
import {
  answer,
  isProblem,
  json,
  maskName,
  newModule,
  noContent,
  personOf,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import { findRule } from '../programme/index.ts';
import { HouseParams } from './fees.schemas.ts';
import { agreeToPool, consentsOfHouse, leavePool, type PoolConsent } from './pool-consents.ts';
import * as examples from './pool.examples.ts';
import { NewPoolConsentSchema, PoolConsentSchema, PoolsSchema } from './pool.schemas.ts';
import { offsetRuleSchema } from './rules/offset.schemas.ts';

export const poolRoutes = (deps: ProductDeps) => {
  const { engine, places, clock } = deps;
  const today = () => dayIn(clock());
  const peopleOfHouse = async (c: Context): Promise<string[]> =>
    (await peopleOf(engine, c.req.param('house') ?? '', today())).map(({ person }) => person);
  const consentView = ({ since, until }: PoolConsent) => ({ since, ...(until !== null && { until }) });
  const relativeView = async ({ person, relation }: PoolConsent) => ({
    name: maskName((await findPerson(engine, person))?.name ?? ''),
    relation,
  });
  /** Who may offset at an estate by the rule in force; nobody where there is none. */
  const relationsAt = async (estate: string): Promise<readonly string[]> => {
    const found = await findRule({ engine, places }, { kind: 'offset', place: estate, at: clock() });
    return found ? offsetRuleSchema.parse(found.body).relations : [];
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/me/pools',
        summary: '我的房屋，谁同意用积分一起抵扣 · Who agreed to pay my houses’ fees together',
        access: { signedIn: true },
        responses: { 200: answer(PoolsSchema, '每套房屋一项 · One a house') },
        example: examples.pools,
      }),
      async (c) => {
        const [person, day] = [personOf(c), today()];
        const links = (await residenciesOf(engine, person, day)).slice(0, MOST_HOUSES);
        const houses = await getHouses(
          engine,
          links.map(({ house }) => house),
        );
        const items = links.map(async ({ house: id, relation }) => {
          const house = houses.get(id);
          if (!house) return undefined;
          const agreed = await consentsOfHouse(engine, { house: id, day });
          const mine = agreed.find((each) => each.person === person);
          const relations = await relationsAt(house.estate);
          const may = relations.includes(relation);
          // Whom the rule leaves out has nothing to know of the others.
          const others = may
            ? agreed.filter((each) => each !== mine && relations.includes(each.relation))
            : [];
          const { code, name } = houseView(house);
          return {
            house: { id, code, name },
            may,
            ...(mine && { mine: consentView(mine) }),
            others: await Promise.all(others.map(relativeView)),
          };
        });
        const found = (await Promise.all(items)).filter((item) => item !== undefined);
        return c.json({ items: found.sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1)) }, 200);
      },
    )
    .openapi(
      route({
        method: 'put',
        path: '/houses/{house}/my-pool-consent',
        summary: '同意用我的积分一起抵扣 · Agree to pay along',
        description:
          '家人抵扣这套房屋的费用时，他自己的积分不够的部分可以用您的。卖房、搬走、去世就不再算数，随时可以撤回。\n\nWhat the points of whoever offsets do not reach may be paid by yours. It ends with your link to the house, and whenever you take it back.',
        access: { who: [], own: peopleOfHouse },
        request: { params: HouseParams, body: json(NewPoolConsentSchema) },
        responses: { 200: answer(PoolConsentSchema, '已同意 · Agreed') },
        problems: ['not-owner-or-family', 'not-found'],
        example: examples.agree,
      }),
      async (c) => {
        const [person, day] = [personOf(c), today()];
        const { house } = c.req.valid('param');
        const { until = null } = c.req.valid('json');
        if (until !== null && until <= day) return refuse(c, problem('invalid-input', { fields: [past] }));
        const at = await findHouse(engine, house);
        const relation = await relationTo(engine, { person, house, day });
        if (!at || !relation) return refuse(c, problem('not-found'));
        if (!(await relationsAt(at.estate)).includes(relation))
          return refuse(c, problem('not-owner-or-family'));
        const done = await agreeToPool(deps, { house, person, until });
        return isProblem(done) ? refuse(c, done) : c.json(consentView(done), 200);
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: '/houses/{house}/my-pool-consent',
        summary: '撤回：不再一起抵扣 · Take it back',
        access: { who: [], own: peopleOfHouse },
        request: { params: HouseParams },
        responses: { 204: noContent },
        example: examples.leave,
      }),
      async (c) => {
        await leavePool(deps, { house: c.req.valid('param').house, person: personOf(c) });
        return c.body(null, 204);
      },
    );
};

/** The order of the houses. */
function nameOf({ house }: { house: { id: string; code: string } }): string {
  return `${house.code} ${house.id}`;
}

/** As many houses as 我的家 lists. */
const MOST_HOUSES = 20;
const past = { field: 'until', zh: '请选今天以后的日子', en: 'Choose a day after today' };
