/**
 * An agreement ends with a day, at the earliest today's; what was taken before stays owed on its terms. Whoever pays on it
 * ends it: for the fund that it names the terms with all funds hold again, so its end binds that fund as its beginning did.
 */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { ifStill, type Engine, type Writes } from '../db/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { actorText, problem, type Actor, type Problem } from '../platform/index.ts';
import { agreementsOf } from './agreements.ts';
import { mayBind, mayBindAll } from './bindable-funds.ts';
import { capsCarried } from './carry-cap.ts';
import { getFund } from './funds.ts';
import { findAgreement, type Agreement } from './list-agreements.ts';
import { isCalledOff } from './rules/agreement-standing.ts';
import { addDays, dayOf, endOfDay, type Day } from './rules/index.ts';
import { capBefore } from './rules/monthly-cap.ts';
import { inTermsTurn } from './terms-turn.ts';

const MOST_DAYS_AHEAD = 730;

type EndInput = { agreement: string; version: number; on: Day; reason: string; actor: Actor };
type EndDeps = Pick<ProductDeps, 'engine' | 'clock' | 'places'>;

export async function endAgreement(deps: EndDeps, input: EndInput): Promise<Problem | undefined> {
  const agreement = await findAgreement(deps.engine, input.agreement);
  if (!agreement) return problem('not-found');
  if (!(await mayEnd(deps, agreement, input.actor))) return problem('funds-of-others');
  return inTermsTurn(deps.engine, agreement.redeemer, (engine) => endNow({ ...deps, engine }, input));
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
  const { id, version, validFrom } = agreement;
  if (version !== input.version) return problem('changed-meanwhile');
  // One that has not begun by then never holds.
  const validTo = Math.max(endOfDay(input.on), validFrom);
  const said = { endedBy: actorText(input.actor), endedAt: now, endedReason: input.reason };
  const still = and(eq(t.version, version), isNull(t.validTo));
  const carried = await capsAfter(engine, { ...agreement, validTo });
  await engine.atomically((db) => [
    db
      .update(t)
      .set({ ...said, validTo, version: ifStill(still, sql`${t.version} + 1`) })
      .where(eq(t.id, id)),
    ...carried(db),
  ]);
  return undefined;
}

/** One that is called off before its day takes its cap with it: what comes after finds the cap before. */
async function capsAfter(engine: Engine, ended: Agreement): Promise<Writes> {
  const { redeemer, fund, validFrom, monthlyCap } = ended;
  if (fund !== '*' || !isCalledOff(ended)) return () => [];
  const now = capBefore((await agreementsOf(engine, redeemer)) ?? [], validFrom);
  return capsCarried(engine, { redeemer, after: validFrom, was: monthlyCap, now });
}
