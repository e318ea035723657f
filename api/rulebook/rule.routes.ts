/** The rules of a place: read in words, published anew from a day on, compared, and called off before that day. */
import type { Context } from 'hono';
import type { ProductDeps } from '../places/index.ts';
import {
  actorOf,
  answer,
  cutPage,
  isProblem,
  json,
  newModule,
  parsePage,
  problem,
  refuse,
  route,
  type After,
  type Problem,
} from '../platform/index.ts';
import { publishVersion } from './publish-version.ts';
import { bodyOf, templates } from './rule-body.ts';
import * as examples from './rule.examples.ts';
import * as schemas from './rule.schemas.ts';
import { againstView, linesOf, versionView, versionViews } from './rule.views.ts';
import { findVersion, holdingAt, listVersions, type Standing } from './rule-versions.ts';
import { RULE_KINDS, type RuleBody } from './rules/rule-body.ts';
import { differencesOf } from './rules/rule-difference.ts';
import { withdrawVersion } from './withdraw-version.ts';

const READERS = [
  'staff',
  'leader',
  'operator',
  'accountant',
  'auditor',
  'merchant_manager',
  'clerk',
] as const;
const PUBLISHERS = ['staff', 'operator'] as const;

export const ruleRoutes = (deps: ProductDeps) => {
  const { engine, places, clock } = deps;
  const placeOfVersion = async (c: Context): Promise<string | undefined> =>
    (await findVersion(engine, c.req.param('ruleVersion') ?? ''))?.place;
  const viewOf = async (standing: Standing | undefined) => standing && (await versionView(deps, standing));
  const shown = async (id: string) => {
    const version = await findVersion(engine, id);
    return version && (await versionViews(deps, [version], clock()))[0];
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/rules',
        summary: '这里现行的规则 · The rules in force at a place',
        access: { who: READERS, at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams },
        responses: { 200: answer(schemas.RulesOfPlaceSchema, '规则 · Rules') },
        example: examples.rulesOfPlace,
      }),
      async (c) => {
        const place = await places.find(c.req.valid('param').place);
        if (!place) return refuse(c, problem('not-found'));
        const items = await Promise.all(
          RULE_KINDS.map(async (kind) => {
            const { inForce, next } = await holdingAt(deps, { place: place.id, kind, now: clock() });
            const [now, later] = [await viewOf(inForce), await viewOf(next)];
            return {
              kind,
              ...(now && { inForce: now }),
              ...(later && { next: later }),
              template: templates[kind],
            };
          }),
        );
        return c.json({ place: { id: place.id, name: place.name, kind: place.kind }, items }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/rule-versions',
        summary: '一处的规则版本 · Rule versions of a place',
        access: { who: READERS, at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams, query: schemas.VersionsQuery },
        responses: { 200: answer(schemas.VersionsSchema, '版本 · Versions') },
        example: examples.listVersions,
      }),
      async (c) => {
        const { kind, ...query } = c.req.valid('query');
        const page = parsePage(query, 'newest');
        if (isProblem(page)) return refuse(c, page);
        const { place } = c.req.valid('param');
        const after = page.after && readAfter(page.after);
        if (after && isProblem(after)) return refuse(c, after);
        const rows = await listVersions(engine, {
          place,
          kind,
          limit: page.limit + 1,
          ...(after && { after }),
        });
        const cut = cutPage(page, rows, ({ validFrom, id }) => ({ value: validFrom, id }));
        return c.json({ ...cut, items: await versionViews(deps, cut.items, clock()) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/places/{place}/rule-versions',
        summary: '发布规则的新版本 · Publish a new version of a rule',
        access: { who: PUBLISHERS, at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams, body: json(schemas.NewVersionSchema) },
        responses: { 201: answer(schemas.RuleVersionSchema, '已发布 · Published') },
        problems: ['not-found', 'already-exists'],
        example: examples.publishVersion,
      }),
      async (c) => {
        const { place } = c.req.valid('param');
        const made = await publishVersion(deps, { place, ...c.req.valid('json'), actor: actorOf(c) });
        if (isProblem(made)) return refuse(c, made);
        const version = await shown(made.id);
        return version ? c.json(version, 201) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/places/{place}/rule-drafts',
        summary: '草稿与现行规则的不同 · How a draft differs from the rule in force',
        access: { who: PUBLISHERS, at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams, body: json(schemas.DraftSchema) },
        responses: { 200: answer(schemas.ReadDraftSchema, '不同之处，什么也没有保存 · Nothing is kept') },
        example: examples.readDraft,
      }),
      async (c) => {
        const { body } = c.req.valid('json');
        const { place } = c.req.valid('param');
        const { inForce } = await holdingAt(deps, { place, kind: body.kind, now: clock() });
        const lines = await linesOf(engine, body);
        return c.json({ lines, ...(await comparedWith(inForce?.version, body)) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/rule-versions/{ruleVersion}',
        summary: '一个规则版本 · One rule version',
        access: { who: READERS, at: placeOfVersion },
        request: { params: schemas.VersionParams },
        responses: { 200: answer(schemas.RuleVersionSchema, '版本 · Version') },
        example: examples.oneVersion,
      }),
      async (c) => {
        const version = await shown(c.req.valid('param').ruleVersion);
        return version ? c.json(version, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/rule-versions/{ruleVersion}/differences',
        summary: '与前一个版本的不同 · The difference to the version before',
        access: { who: READERS, at: placeOfVersion },
        request: { params: schemas.VersionParams },
        responses: { 200: answer(schemas.DifferencesSchema, '不同之处 · Differences') },
        problems: ['not-found'],
        example: examples.differences,
      }),
      async (c) => {
        const version = await findVersion(engine, c.req.valid('param').ruleVersion);
        if (!version) return refuse(c, problem('not-found'));
        const { place, kind } = version;
        const [before] = await listVersions(engine, { place, kind, after: version, limit: 1 });
        return c.json(await comparedWith(before, bodyOf(version)), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/rule-versions/{ruleVersion}/differences/{earlier}',
        summary: '两个版本的不同 · The difference between two versions',
        access: { who: READERS, at: placeOfVersion },
        request: { params: schemas.TwoVersionsParams },
        responses: { 200: answer(schemas.DifferencesSchema, '不同之处 · Differences') },
        problems: ['not-found'],
        example: examples.twoVersions,
      }),
      async (c) => {
        const { ruleVersion, earlier } = c.req.valid('param');
        const [version, before] = [
          await findVersion(engine, ruleVersion),
          await findVersion(engine, earlier),
        ];
        // Of another place or kind there is nothing to compare, and nothing to tell a stranger.
        const isAlike = before && version?.place === before.place && version.kind === before.kind;
        if (!version || !isAlike) return refuse(c, problem('not-found'));
        return c.json(await comparedWith(before, bodyOf(version)), 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/rule-versions/{ruleVersion}/withdrawal',
        summary: '撤回还没有生效的版本 · Call a version off before it begins',
        access: { who: PUBLISHERS, at: placeOfVersion },
        request: { params: schemas.VersionParams, body: json(schemas.WithdrawVersionSchema) },
        responses: { 200: answer(schemas.RuleVersionSchema, '已撤回 · Called off') },
        problems: ['not-found', 'already-done', 'rule-began'],
        example: examples.withdrawVersion,
      }),
      async (c) => {
        const { ruleVersion: id } = c.req.valid('param');
        const { reason } = c.req.valid('json');
        const refused = await withdrawVersion(deps, { version: id, reason, actor: actorOf(c) });
        if (refused) return refuse(c, refused);
        const version = await shown(id);
        return version ? c.json(version, 200) : refuse(c, problem('not-found'));
      },
    );

  async function comparedWith(before: Standing['version'] | undefined, after: RuleBody) {
    const lines = before === undefined ? [] : await linesOf(engine, bodyOf(before));
    return {
      ...(before && { before: await againstView(deps, before) }),
      differences: differencesOf(lines, await linesOf(engine, after)),
    };
  }
};

/** A text for an instant would reach PostgreSQL as NaN, which answers with an error of its own. */
function readAfter({ value, id }: After): { validFrom: number; id: string } | Problem {
  if (typeof value === 'number') return { validFrom: value, id: String(id) };
  const fields = [{ field: 'cursor', zh: '请从第一页重新打开', en: 'Start again from the first page' }];
  return problem('invalid-input', { fields });
}
