import type { Engine } from '../db/index.ts';
import type { Places } from '../places/index.ts';
import { formatInstant, type Instant } from '../platform/index.ts';
import { nameOfActor, unitNamesOf } from '../programme/index.ts';
import { bodyOf } from './rule-body.ts';
import type { RuleBody } from './rules/rule-body.ts';
import { ruleLines, type RuleLine } from './rules/rule-words.ts';
import { standingOf, type Standing, type Version } from './rule-versions.ts';

/** A rule in words, its kinds of points by the names that the community gave them. */
export async function linesOf(engine: Engine, body: RuleBody): Promise<RuleLine[]> {
  const units = body.kind === 'offset' ? Object.keys(body.worthMicro) : [body.unit];
  return ruleLines(body, await unitNamesOf(engine, units));
}

type Sources = { engine: Engine; places: Places };

export async function versionView({ engine, places }: Sources, { version, state, until }: Standing) {
  const { id, place, kind, reason, basis, madeBy, withdrawnBy, withdrawnAt, withdrawnReason } = version;
  const placeName = (await places.find(place))?.name ?? '';
  const body = bodyOf(version);
  const [publishedByName, byName] = await Promise.all([
    nameOfActor(engine, madeBy),
    withdrawnBy === null ? undefined : nameOfActor(engine, withdrawnBy),
  ]);
  return {
    ...{
      id,
      place,
      placeName,
      kind,
      state,
      reason,
      publishedBy: madeBy,
      body,
      lines: await linesOf(engine, body),
    },
    from: formatInstant(version.validFrom),
    publishedAt: formatInstant(version.createdAt),
    ...(until !== undefined && { until: formatInstant(until) }),
    ...(basis !== null && { basis }),
    ...(publishedByName !== undefined && { publishedByName }),
    ...(withdrawnBy !== null &&
      withdrawnAt !== null && {
        withdrawal: {
          ...{ by: withdrawnBy, at: formatInstant(withdrawnAt), reason: withdrawnReason ?? '' },
          ...(byName !== undefined && { byName }),
        },
      }),
  };
}

/** Several versions of one place and kind. */
export async function versionViews(sources: Sources, versions: readonly Version[], now: Instant) {
  const standing = await standingOf(sources, versions, now);
  return Promise.all(standing.map((one) => versionView(sources, one)));
}

export async function againstView({ places }: Sources, version: Pick<Version, 'id' | 'place' | 'validFrom'>) {
  const placeName = (await places.find(version.place))?.name ?? '';
  return { id: version.id, placeName, from: formatInstant(version.validFrom) };
}
