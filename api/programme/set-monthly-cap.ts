/**
 * The most points that a shop's tills take in a month, set, changed or lifted from today on by whoever answers for the
 * shop. A cap binds nobody's funds: the terms are copied from the agreement in force, and only its successor's cap differs,
 * so who pays, and how much, is as it was; ending either still takes somebody who answers for the whole book. What is to come
 * for the shop follows (`rules/monthly-cap.ts`).
 */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { ifStill } from '../db/index.ts';
import type { Terms } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { actorText, problem, type Actor, type Problem } from '../platform/index.ts';
import { addAgreementWith, type Settles } from './agreements.ts';
import { capsCarried } from './carry-cap.ts';
import { standingAgreement, type Agreement } from './list-agreements.ts';
import { dayOf, startOfDay } from './rules/index.ts';
import { inTermsTurn } from './terms-turn.ts';

export type CapInput = {
  agreement: string;
  version: number;
  /** Of one unit; left out: no cap. */
  monthlyCap?: number;
  basis: string;
  actor: Actor;
};

export async function setMonthlyCap(deps: ProductDeps, input: CapInput): Promise<{ id: string } | Problem> {
  const { redeemer } = (await standingAgreement(deps.engine, at(deps, input))) ?? {};
  if (redeemer === undefined) return problem('not-found');
  // An ending that is registered meanwhile must not be outlived by a successor without one.
  return inTermsTurn(deps.engine, redeemer, async (engine) => {
    const base = await standingAgreement(engine, at(deps, input));
    if (!base || base.fund !== '*' || (await deps.places.find(redeemer))?.kind !== 'merchant')
      return problem('not-found');
    const { version, monthlyCap, basis, actor } = input;
    if (base.version !== version || base.state !== 'in-force' || base.validTo !== null)
      return problem('changed-meanwhile');
    const validFrom = startOfDay(dayOf(deps.clock()));
    const wrong = capProblem(base, { monthlyCap, validFrom });
    if (wrong) return wrong;
    const said = { madeBy: actorText(actor), basis, ...(monthlyCap !== undefined && { monthlyCap }) };
    const settles = settlesIn(base);
    const added = { redeemer, fund: '*', terms: termsIn(base), settles, validFrom, ...said };
    const { agreements: t } = engine.tables;
    const still = and(eq(t.version, version), isNull(t.validTo));
    const change = { was: base.monthlyCap, now: monthlyCap ?? null };
    const carried = await capsCarried(engine, { redeemer, after: validFrom, ...change });
    return addAgreementWith({ ...deps, engine }, added, (db) => [
      db
        .update(t)
        .set({ version: ifStill(still, sql`${t.version} + 1`) })
        .where(eq(t.id, base.id)),
      ...carried(db),
    ]);
  });
}

const at = ({ clock }: ProductDeps, { agreement }: CapInput) => ({ id: agreement, now: clock() });

function termsIn({ mode, via, factor }: Agreement): Terms {
  if (mode === 'stocked') return { mode };
  return mode === 'clearing' ? { mode, via, factor } : { mode, factor };
}

function settlesIn({ period, exposureFen, overExposure }: Agreement): Settles {
  return {
    ...(period !== null && { period }),
    ...(exposureFen !== null && { exposureFen }),
    ...(overExposure !== null && { overExposure }),
  };
}

function capProblem(
  base: Agreement,
  { monthlyCap, validFrom }: { monthlyCap: number | undefined; validFrom: number },
): Problem | undefined {
  const field = (zh: string, en: string) =>
    problem('invalid-input', { fields: [{ field: 'monthlyCap', zh, en }] });
  if ((base.monthlyCap ?? undefined) === monthlyCap)
    return field('和现在的一样，不用再登记', 'It is so already');
  // One day has one agreement.
  return base.validFrom >= validFrom
    ? field('这份约定今天才开始，请明天再改', 'This agreement began today; change it tomorrow')
    : undefined;
}
