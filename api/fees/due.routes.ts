/** What is due on the houses somebody belongs to. */
import { dayIn, getHouses, houseView, residenciesOf, type ProductDeps } from '../places/index.ts';
import { answer, newModule, route, subjectIn } from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { myDues } from './bill.examples.ts';
import { dueOnHouse } from './due.ts';
import { DuesSchema } from './fees.schemas.ts';

export const dueRoutes = (deps: ProductDeps) => {
  const { engine, clock } = deps;

  return newModule(deps).openapi(
    route({
      method: 'get',
      path: '/me/dues',
      summary: '我的房屋还要缴多少 · What is due on my houses',
      description:
        '账单应缴减去已收和积分抵扣；已作废和已重新出账的不算。Bills less what was paid and offset; those cancelled or issued anew do not count.',
      access: { signedIn: true, acting: 'view' },
      responses: { 200: answer(DuesSchema, '每套房屋的待缴金额 · By house') },
      example: myDues,
    }),
    async (c) => {
      const mine = await residenciesOf(engine, subjectIn(c), dayIn(clock()));
      const houses = await getHouses(
        engine,
        mine.map(({ house }) => house),
      );
      const items = [...houses.values()].map(async (house) => {
        const { bills, toPayFen } = await dueOnHouse(engine, house.id);
        const { id, code, name } = houseView(house);
        return { house: { id, code, name }, bills, toPay: formatYuan(toPayFen) };
      });
      return c.json({ items: await Promise.all(items) }, 200);
    },
  );
};
