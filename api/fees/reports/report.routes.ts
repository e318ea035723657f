/** Offsets by month, estate, fee item and fund: of a place, or of all estates that somebody works for; also as a file. */
import type { Context } from 'hono';
import { FormatQuery, giveTable, tableAnswer } from '../../identity/index.ts';
import { estatesWithin, workplaces, type Place, type ProductDeps } from '../../places/index.ts';
import {
  actorOf,
  answer,
  isProblem,
  MonthSchema,
  newModule,
  problem,
  refuse,
  route,
  z,
  type AppEnv,
  type Problem,
} from '../../platform/index.ts';
import { addMonths, monthOf, type Month } from '../../programme/index.ts';
import { PlaceParams } from '../closure.schemas.ts';
import { countOffsets } from './count-offsets.ts';
import {
  estatesOfFirm,
  MOST_MONTHS,
  monthsBetween,
  offsetReport,
  type OffsetReport,
} from './offset-report.ts';
import * as examples from './report.examples.ts';
import { offsetReportRows, offsetReportView } from './report.views.ts';

const READS = ['accountant', 'finance_lead', 'staff', 'operator', 'auditor'] as const;

/** What a request counts on by itself; a book that was never counted is counted by the jobs. */
const COUNTED_AT_ONCE = 2_000;
type Counted = OffsetReport & { complete: boolean };
type Range = { from?: Month | undefined; to?: Month | undefined };

const RangeQuery = z.object({
  from: MonthSchema.optional().openapi({ description: '从哪个月；不写是最近 12 个月 · The first month' }),
  to: MonthSchema.optional().openapi({ description: '到哪个月，含 · The last month' }),
});
const Yuan = z.string().openapi({ example: '35.49', description: '元 · In yuan' });
const sums = {
  count: z.int(),
  value: Yuan.openapi({ description: '账单减少的金额 · By how much bills fell' }),
  borne: Yuan.openapi({ description: '出资方承担 · What funds bear' }),
  concession: Yuan.openapi({ description: '物业让利 · What the firm gives itself' }),
};
const OffsetReportSchema = z
  .object({
    ...{ from: MonthSchema, to: MonthSchema, total: z.object(sums) },
    months: z.array(z.object({ month: MonthSchema, ...sums })),
    estates: z.array(z.object({ estate: z.object({ id: z.string(), name: z.string() }), ...sums })),
    items: z.array(z.object({ item: z.string(), count: z.int(), value: Yuan })),
    funds: z.array(
      z.object({
        fund: z.object({ id: z.string(), name: z.string(), unit: z.string() }),
        ...{ count: z.int(), points: z.string(), borne: Yuan },
      }),
    ),
    complete: z.boolean().openapi({ description: '都统计到了；否则稍后再看 · Whether all are counted' }),
    fundsMore: z.int().openapi({ description: '没有列出的经费 · Funds not listed' }),
  })
  .openapi('OffsetReport');

export const reportRoutes = (deps: ProductDeps) => {
  const { engine, places, clock } = deps;
  const access = { who: READS, at: (c: Context) => c.req.param('place') };

  const monthsOf = ({ from, to = monthOf(clock()) }: Range): Month[] | undefined =>
    monthsBetween(from ?? addMonths(to, -11), to);
  const countAll = async (books: Iterable<number>): Promise<boolean> => {
    let complete = true;
    for (const book of new Set(books))
      complete &&= (await countOffsets(engine, { book, most: COUNTED_AT_ONCE })) < COUNTED_AT_ONCE;
    return complete;
  };
  const report = async (estates: readonly Place[], range: Range): Promise<Counted | Problem> => {
    const months = monthsOf(range);
    if (!months) return problem('invalid-input', { fields: [rangeWrong] });
    const complete = await countAll(estates.map(({ book }) => book));
    return { ...(await offsetReport(engine, { estates, months })), complete };
  };
  /** A firm's own: what it took itself, whoever serves the estate by now, and nothing of whoever served it before. */
  const reportOfFirm = async ({ id: firm, book }: Place, range: Range): Promise<Counted | Problem> => {
    const months = monthsOf(range);
    if (!months) return problem('invalid-input', { fields: [rangeWrong] });
    const complete = await countAll([book]);
    const found = await Promise.all(
      (await estatesOfFirm(engine, { firm, months })).map((id) => places.find(id)),
    );
    const estates = found.filter((one) => one !== undefined);
    return { ...(await offsetReport(engine, { estates, months, redeemer: firm })), complete };
  };
  const reportOf = async (id: string, range: Range): Promise<Counted | Problem> => {
    const place = await places.find(id);
    if (!place) return problem('not-found');
    if (place.kind === 'firm') return reportOfFirm(place, range);
    return report(await estatesWithin(engine, place), range);
  };
  /** Whoever works for several estates sees them together. */
  const ownEstates = async (c: Context<AppEnv>): Promise<Place[]> => {
    const actor = actorOf(c);
    if (actor.kind !== 'person') return [];
    return workplaces({ engine, places }, actor, { roles: READS, kinds: ['estate'], most: 'all' });
  };
  const give = (
    c: Context<AppEnv>,
    found: Counted,
    of: { place: string; format: z.infer<typeof FormatQuery>['format'] },
  ) =>
    giveTable(deps, c, {
      ...{ subject: 'offset-report', ...of, name: `抵扣报表-${found.from}-${found.to}` },
      ...{ rows: offsetReportRows(found), widths: [12, 24, 10, 14, 14, 14, 12] },
    });

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/offset-report',
        summary: '抵扣报表 · Offsets by month, estate, item and fund',
        description:
          '已入账的，按入账月份；物业公司看到的是它自己收分的，换了物业也一样。Those that were posted, by month; of a firm: what it took itself, whoever serves the estate by now.',
        access,
        request: { params: PlaceParams, query: RangeQuery },
        responses: { 200: answer(OffsetReportSchema, '报表 · Report') },
        problems: ['invalid-input'],
        example: examples.ofPlace,
      }),
      async (c) => {
        const found = await reportOf(c.req.valid('param').place, c.req.valid('query'));
        return isProblem(found) ? refuse(c, found) : c.json(offsetReportView(found), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/offset-report/file',
        summary: '下载抵扣报表 · The report of offsets as a file',
        access,
        request: { params: PlaceParams, query: FormatQuery.extend(RangeQuery.shape) },
        responses: tableAnswer,
        problems: ['invalid-input'],
        example: examples.fileOfPlace,
      }),
      async (c) => {
        const { place } = c.req.valid('param');
        const { format, ...range } = c.req.valid('query');
        const found = await reportOf(place, range);
        return isProblem(found) ? refuse(c, found) : give(c, found, { place, format });
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/offset-report',
        summary: '我负责的全部小区的抵扣报表 · Offsets of all estates that one works for',
        access: { who: READS },
        request: { query: RangeQuery },
        responses: { 200: answer(OffsetReportSchema, '报表 · Report') },
        problems: ['invalid-input'],
        example: examples.ofAll,
      }),
      async (c) => {
        const found = await report(await ownEstates(c), c.req.valid('query'));
        return isProblem(found) ? refuse(c, found) : c.json(offsetReportView(found), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/offset-report/file',
        summary: '下载全部小区的抵扣报表 · The same as a file',
        access: { who: READS },
        request: { query: FormatQuery.extend(RangeQuery.shape) },
        responses: tableAnswer,
        problems: ['invalid-input'],
        example: examples.fileOfAll,
      }),
      async (c) => {
        const { format, ...range } = c.req.valid('query');
        const estates = await ownEstates(c);
        const found = await report(estates, range);
        return isProblem(found) ? refuse(c, found) : give(c, found, { place: estates[0]?.id ?? '', format });
      },
    );
};

const rangeWrong = {
  field: 'from',
  zh: `起始月份要在截止月份以前，最多 ${MOST_MONTHS} 个月`,
  en: `The first month comes before the last, and they are ${MOST_MONTHS} at most`,
};
