/** The firm's first page: its estates, each with the month that it works on. */
import { personActor } from '../identity/index.ts';
import { workplaces, type ProductDeps } from '../places/index.ts';
import {
  actorText,
  answer,
  cutPage,
  formatInstant,
  isProblem,
  newModule,
  pageQuery,
  parsePage,
  refuse,
  route,
} from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import * as examples from './at-work.examples.ts';
import { AtWorkSchema } from './at-work.schemas.ts';
import { billTotalsView } from './fees.views.ts';
import { estateAtWork, type EstateAtWork } from './months-at-work.ts';

const WHO = ['accountant', 'finance_lead'] as const;

export const atWorkRoutes = (deps: ProductDeps) =>
  newModule(deps).openapi(
    route({
      method: 'get',
      path: '/months-at-work',
      summary: '我负责的小区正在办的月份 · The months that my estates are at',
      description:
        '每个小区一项：下一个要关的月份，账单、抵扣、入账和差异到哪一步，接下来做什么。Of each estate the month that is closed next, how far it is, and what comes next.',
      access: { who: WHO },
      request: { query: pageQuery(['estate']) },
      responses: { 200: answer(AtWorkSchema, '小区 · Estates') },
      example: examples.monthsAtWork,
    }),
    async (c) => {
      const page = parsePage(c.req.valid('query'), 'estate');
      if (isProblem(page)) return refuse(c, page);
      const actor = personActor(c);
      const estates = await workplaces(deps, actor, { roles: WHO, kinds: ['estate'], most: 'all' });
      const after = page.after === undefined ? '' : String(page.after.id);
      const rest = estates.filter(({ id }) => id > after).slice(0, page.limit + 1);
      const cut = cutPage(page, rest, ({ id }) => ({ value: id, id }));
      // One after the other: a page of a hundred estates leaves the connections to others, too.
      const items: ReturnType<typeof viewOf>[] = [];
      for (const estate of cut.items) items.push(viewOf(await estateAtWork(deps, estate), actorText(actor)));
      return c.json({ ...cut, items }, 200);
    },
  );

const sumView = ({ count, valueFen }: { count: number; valueFen: number }) => ({
  count,
  value: formatYuan(valueFen),
});

function viewOf(
  {
    estate,
    month,
    bills,
    offsets,
    breaks,
    cutOffDay,
    asked,
    open,
    openMore,
    importedAt,
    ...rest
  }: EstateAtWork,
  reader: string,
) {
  const { period: _, ...totals } = billTotalsView(month, bills);
  return {
    estate: { id: estate.id, name: estate.name },
    ...{ month, bills: totals, lastDay: rest.lastDay, over: rest.over, next: rest.next },
    ...{
      held: sumView(offsets.held),
      handedOver: sumView(offsets.exported),
      posted: sumView(offsets.posted),
    },
    openBreaks: { ...sumView(breaks), difference: formatYuan(breaks.differenceFen) },
    ...{ open, openMore },
    ...(importedAt !== undefined && { importedAt: formatInstant(importedAt) }),
    ...(cutOffDay !== undefined && { cutOffDay }),
    ...(asked && { asked: { mine: asked.askedBy === reader } }),
  };
}
