/**
 * An agreement ends with a day, at the earliest today's; what was taken before stays owed on its terms. Whoever pays on it
 * ends it: for the fund that it names the terms with all funds hold again, so its end binds that fund as its beginning did.
 */
import { and, eq, isNull } from 'drizzle-orm';
import type { ProductDeps } from '../places/index.ts';
import { actorText, problem, type Actor, type Problem } from '../platform/index.ts';
import { mayBind, mayBindAll } from './bindable-funds.ts';
import { getFund } from './funds.ts';
import { findAgreement, termsTurn, type Agreement } from './list-agreements.ts';
import { addDays, dayOf, endOfDay, type Day } from './rules/index.ts';

const MOST_DAYS_AHEAD = 730;

type EndInput = { agreement: string; version: number; on: Day; reason: string; actor: Actor };
type EndDeps = Pick<ProductDeps, 'engine' | 'clock' | 'places'>;

export async function endAgreement(deps: EndDeps, input: EndInput): Promise<Problem | undefined> {
  const agreement = await findAgreement(deps.engine, input.agreement);
  if (!agreement) return problem('not-found');
  if (!(await mayEnd(deps, agreement, input.actor))) return problem('funds-of-others');
  return deps.engine.exclusively(termsTurn(agreement.redeemer), (engine) =>
    endNow({ ...deps, engine }, input),
  );
}

/** Whoever could make it; one with all funds ends for the neighbours', too. */
async function mayEnd(deps: EndDeps, { fund, redeemer }: Agreement, actor: Actor): Promise<boolean> {
  if (fund === '*') return mayBindAll(deps, actor, redeemer);
  const named = await getFund(deps.engine, fund);
  return named !== undefined && mayBind(deps, actor, named);
}

async function endNow({ engine, clock }: EndDeps, input: EndInput): Promise<Problem | undefined> {
  const { agreements: t } = engine.tables;
  const agreement = await findAgreement(engine, input.agreement);
  if (!agreement) return problem('not-found');
  if (agreement.validTo !== null) return problem('already-done');
  const now = clock();
  const [today, last] = [dayOf(now), addDays(dayOf(now), MOST_DAYS_AHEAD)];
  if (input.on < today || input.on > last) {
    const [zh, en] = [`请选 ${today} 到 ${last} 之间的一天`, `A day from ${today} to ${last}`];
    return problem('invalid-input', { fields: [{ field: 'on', zh, en }] });
  }
  const done = await engine.db
    .update(t)
    .set({
      version: agreement.version + 1,
      // One that has not begun by then never holds.
      validTo: Math.max(endOfDay(input.on), agreement.validFrom),
      endedBy: actorText(input.actor),
      endedAt: now,
      endedReason: input.reason,
    })
    .where(and(eq(t.id, agreement.id), eq(t.version, input.version), isNull(t.validTo)))
    .returning({ id: t.id });
  return done.length === 1 ? undefined : problem('changed-meanwhile');
}
