/** Versions of rules whose day comes soon: whoever answers for them should have looked once more before it does. */
import { and, gt, inArray, isNull, lte } from 'drizzle-orm';
import { workplaces, type ProductDeps } from '../places/index.ts';
import { MOST_WAITING, waitingOf, type WaitingCounter } from '../platform/index.ts';

const SOON_MS = 14 * 86_400_000;
const KINDS = ['award', 'purchase', 'offset'] as const;
const PLACES = ['district', 'street', 'community', 'firm', 'estate'] as const;

export const rulesToCome =
  (deps: ProductDeps): WaitingCounter =>
  async (actor) => {
    const { engine, clock } = deps;
    const now = clock();
    const places = await workplaces(deps, actor, { roles: ['staff', 'operator'], kinds: PLACES });
    if (places.length === 0) return [];
    const { ruleVersions: t } = engine.tables;
    const ids = places.map(({ id }) => id);
    const soon = and(gt(t.validFrom, now), lte(t.validFrom, now + SOON_MS), isNull(t.withdrawnAt));
    const rows = await engine.reader
      .select({ place: t.place, since: t.createdAt, due: t.validFrom })
      .from(t)
      .where(and(inArray(t.place, ids), inArray(t.kind, [...KINDS]), soon))
      .limit(MOST_WAITING + 1);
    return waitingOf('rule-begins', rows, rows.length > MOST_WAITING);
  };
