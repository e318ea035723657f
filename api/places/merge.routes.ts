/** One human who was registered twice: found, compared, asked for by one colleague and decided by another. */
import type { Context } from 'hono';
import { FormatQuery, giveTable, logAccess, personActor, tableAnswer } from '../identity/index.ts';
import {
  actorText,
  answer,
  cutPage,
  isProblem,
  json,
  maskName,
  maskPhone,
  newModule,
  parsePage,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import { askToMerge } from './ask-to-merge.ts';
import { approveMerge, refuseMerge, withdrawMerge } from './decide-merge.ts';
import { findNamesakes } from './find-namesakes.ts';
import { formatHouse } from './houses.ts';
import type { ProductDeps } from './index.ts';
import { isPresent, knownPerson } from './known-person.ts';
import * as examples from './merge.examples.ts';
import * as schemas from './merge.schemas.ts';
import { mergeTable } from './merge-table.ts';
import { mergeViews } from './merge.views.ts';
import { findMerge, listMerges } from './merge-requests.ts';
import { mergeSides, MERGES, type Sides } from './merge-sides.ts';
import { PersonParams } from './person.schemas.ts';
import { PlaceParams } from './places.schemas.ts';
import type { TellPeople } from './tell-people.ts';

export const mergeRoutes = (deps: ProductDeps & { readonly tell: TellPeople }) => {
  const { engine, ids, clock } = deps;
  const { comparisonView, mergeView } = mergeViews(deps);
  const placeOfMerge = async (c: Context): Promise<string | undefined> =>
    (await findMerge(engine, c.req.param('merge') ?? ''))?.place;

  /** Who lays two people side by side stands in the log before they are shown. */
  async function logComparison(by: ReturnType<typeof personActor>, { keeper, duplicate, place }: Sides) {
    const look = { at: clock(), actor: actorText(by), action: 'compare' as const, place, reason: '' };
    for (const { person } of [keeper, duplicate])
      await logAccess(engine, { ...look, id: ids(), subject: `person:${person.id}` });
  }

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/people/{person}/namesakes',
        summary: '可能是同一个人的其他登记 · Who else may be the same human',
        access: { who: MERGES },
        request: { params: PersonParams },
        responses: { 200: answer(schemas.NamesakesSchema, '最像的在前 · The likeliest first') },
        problems: ['not-found'],
        example: examples.namesakes,
      }),
      async (c) => {
        const by = personActor(c);
        const known = await knownPerson(deps, by, { person: c.req.valid('param').person, who: MERGES });
        if (!known) return refuse(c, problem('not-found'));
        const items = [];
        for (const { person, name, phone, why } of isPresent(known.person)
          ? await findNamesakes(deps, known)
          : []) {
          const theirs = await knownPerson(deps, by, { person, who: MERGES });
          if (!theirs) continue;
          const homes = [...new Set(theirs.residencies.map(({ at }) => formatHouse(at)))];
          const shown = { name: maskName(name ?? ''), phone: maskPhone(phone ?? '') };
          items.push({ person, ...shown, why, homes, roles: theirs.roles.length });
        }
        return c.json({ items }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/people/{person}/comparison/{other}',
        summary: '两份登记对照：保留前一份会怎样 · Two people side by side, keeping the first',
        description: '每次对照都会记下来。Each comparison stands in the access log.',
        access: { who: MERGES },
        request: { params: schemas.PairParams },
        responses: { 200: answer(schemas.ComparisonSchema, '姓名、手机号已脱敏 · Masked') },
        problems: ['not-found', 'not-allowed', 'person-merged', 'person-erased', 'invalid-input'],
        example: examples.comparison,
      }),
      async (c) => {
        const by = personActor(c);
        const { person: keeper, other: duplicate } = c.req.valid('param');
        const sides = await mergeSides(deps, by, { keeper, duplicate });
        if (isProblem(sides)) return refuse(c, sides);
        await logComparison(by, sides);
        return c.json(await comparisonView(sides), 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/people/{person}/merges',
        summary: '申请把另一份登记并入这一份 · Ask for another registration to be merged into this one',
        access: { who: MERGES },
        request: { params: PersonParams, body: json(schemas.AskToMergeSchema) },
        responses: { 201: answer(schemas.MergeAskedSchema, '等同事复核 · Waits for a colleague') },
        problems: [
          ...['not-found', 'not-allowed', 'second-person-needed', 'changed-meanwhile'],
          ...['both-have-points', 'keep-the-other', 'merge-waits', 'checked-each-other', 'one-has-died'],
          ...['person-merged', 'person-erased'],
        ] as const,
        example: examples.askToMerge,
      }),
      async (c) => {
        const { person: keeper } = c.req.valid('param');
        const done = await askToMerge(deps, personActor(c), { keeper, ...c.req.valid('json') });
        return isProblem(done) ? refuse(c, done) : c.json(done, 201);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/merges',
        summary: '这里等复核的合并 · Merges that wait at a place',
        access: { who: MERGES, at: (c) => c.req.param('place') },
        request: { params: PlaceParams, query: schemas.MergesQuery },
        responses: { 200: answer(schemas.MergesSchema, '等得最久的在前 · The longest wait first') },
        example: examples.listMerges,
      }),
      async (c) => {
        const query = c.req.valid('query');
        const page = parsePage(query, 'asked');
        if (isProblem(page)) return refuse(c, page);
        const { place } = c.req.valid('param');
        const after = page.after === undefined ? {} : { after: String(page.after.id) };
        const input = { place, state: query.state ?? ('waiting' as const), limit: page.limit + 1, ...after };
        const cut = cutPage(page, await listMerges(deps, input), ({ id }) => ({ value: id, id }));
        return c.json({ ...cut, items: await Promise.all(cut.items.map(mergeView)) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/merges/file',
        summary: '下载一处的合并 · Merges of a place as a file',
        access: { who: MERGES, at: (c) => c.req.param('place') },
        request: {
          params: PlaceParams,
          query: FormatQuery.extend(schemas.MergesQuery.pick({ state: true }).shape),
        },
        responses: tableAnswer,
        example: examples.mergeFile,
      }),
      (c) => {
        const { place } = c.req.valid('param');
        const { format, state = 'waiting' } = c.req.valid('query');
        const of = { subject: 'merges', place, format, name: '重复的人' };
        const rows = mergeTable(deps, { place, state });
        return giveTable(deps, c, { ...of, rows, widths: [12, 16, 10, 14, 10, 14, 30, 10, 10, 10, 30] });
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/merges/{merge}',
        summary: '一项合并，等复核时带对照 · One merge, with the comparison while it waits',
        access: { who: MERGES, at: placeOfMerge },
        request: { params: schemas.MergeParams },
        responses: { 200: answer(schemas.OneMergeSchema, '一项合并 · One merge') },
        problems: ['not-found'],
        example: examples.oneMerge,
      }),
      async (c) => {
        const by = personActor(c);
        const row = await findMerge(engine, c.req.valid('param').merge);
        if (!row) return refuse(c, problem('not-found'));
        const view = await mergeView(row);
        if (row.state !== 'waiting') return c.json(view, 200);
        const sides = await mergeSides(deps, by, row);
        if (isProblem(sides)) return c.json(view, 200);
        await logComparison(by, sides);
        return c.json({ ...view, comparison: await comparisonView(sides) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/merges/{merge}/approval',
        summary: '批准合并 · Approve a merge',
        description:
          '由申请人以外的同事批准；批准以后不能撤回。By a colleague who did not ask for it; it cannot be undone.',
        access: { who: MERGES, at: placeOfMerge },
        request: { params: schemas.MergeParams, body: json(schemas.ApproveMergeSchema) },
        responses: { 200: answer(schemas.MergeDecidedSchema, '已合并 · Merged') },
        problems: [
          ...['not-found', 'not-allowed', 'second-person-needed', 'changed-meanwhile', 'merge-decided'],
          ...['both-have-points', 'keep-the-other', 'checked-each-other', 'one-has-died'],
          ...['person-merged', 'person-erased'],
        ] as const,
        example: examples.approveMerge,
      }),
      async (c) => {
        const { merge } = c.req.valid('param');
        const done = await approveMerge(deps, personActor(c), { merge, ...c.req.valid('json') });
        return isProblem(done) ? refuse(c, done) : c.json(done, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/merges/{merge}/refusal',
        summary: '不同意合并 · Refuse a merge',
        access: { who: MERGES, at: placeOfMerge },
        request: { params: schemas.MergeParams, body: json(schemas.RefuseMergeSchema) },
        responses: { 200: answer(schemas.MergeDecidedSchema, '已退回 · Refused') },
        problems: ['not-found', 'second-person-needed', 'changed-meanwhile', 'merge-decided'],
        example: examples.refuseMerge,
      }),
      async (c) => {
        const { merge } = c.req.valid('param');
        const done = await refuseMerge(deps, personActor(c), { merge, ...c.req.valid('json') });
        return isProblem(done) ? refuse(c, done) : c.json(done, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/merges/{merge}/withdrawal',
        summary: '收回合并申请 · Take a request to merge back',
        access: { who: MERGES, at: placeOfMerge },
        request: { params: schemas.MergeParams, body: json(schemas.WithdrawMergeSchema) },
        responses: { 200: answer(schemas.MergeDecidedSchema, '已收回 · Withdrawn') },
        problems: ['not-found', 'not-allowed', 'changed-meanwhile', 'merge-decided'],
        example: examples.withdrawMerge,
      }),
      async (c) => {
        const { merge } = c.req.valid('param');
        const done = await withdrawMerge(deps, personActor(c), { merge, ...c.req.valid('json') });
        return isProblem(done) ? refuse(c, done) : c.json(done, 200);
      },
    );
};
