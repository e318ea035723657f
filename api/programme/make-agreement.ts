/** An agreement is made for a redeemer from a day on; a later one with the same fund takes its place on its own day. */
import { worthMicro, type Terms } from '../ledger/index.ts';
import type { Place, ProductDeps } from '../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../platform/index.ts';
import { addAgreement, addAgreementWith, agreementsOf, type Settles } from './agreements.ts';
import { bindableFunds, mayBind } from './bindable-funds.ts';
import { capsCarried } from './carry-cap.ts';
import { getFund } from './funds.ts';
import { addDays, dayOf, startOfDay, type Day } from './rules/index.ts';
import { capBefore, stricterCap } from './rules/monthly-cap.ts';
import { inTermsTurn } from './terms-turn.ts';

export type AgreementInput = {
  redeemer: string;
  /** Of a fund, or '*' for any. */
  fund: string;
  mode: Terms['mode'];
  /** The clearing party, where the mode is clearing. */
  via?: string;
  /** In ten-thousandths. */
  factor: number;
  from: Day;
  basis: string;
  /** Left out, or looser than that of the shop: the one that the shop has stays. */
  monthlyCap?: number;
  settles?: Settles;
};

const REDEEMERS: readonly Place['kind'][] = ['merchant', 'firm'];
const FULL_FACTOR = 10_000;
const MOST_DAYS_AHEAD = 730;

export async function makeAgreement(
  deps: ProductDeps,
  input: AgreementInput & { actor: Actor },
): Promise<{ id: string } | Problem> {
  const { redeemer, fund, from, basis, monthlyCap, settles = {}, actor } = input;
  const place = await deps.places.find(redeemer);
  if (!place) return problem('not-found');
  const wrong = fieldProblem(place, input, dayOf(deps.clock()));
  if (wrong) return wrong;
  const terms = await termsOf(deps, place, input);
  if (isProblem(terms)) return terms;
  const inexact = await fundProblem(deps, place, input);
  if (inexact) return inexact;
  const validFrom = startOfDay(from);
  const said = { redeemer, fund, terms, basis, validFrom, settles, madeBy: actorText(actor) };
  if (fund !== '*') return addAgreement(deps, said);
  // A cap that is set meanwhile is one that this one finds.
  return inTermsTurn(deps.engine, redeemer, async (engine) => {
    const was = capBefore((await agreementsOf(engine, redeemer)) ?? [], validFrom);
    const now = stricterCap(was, monthlyCap ?? null);
    const carried = await capsCarried(engine, { redeemer, after: validFrom, was, now });
    const capped = { ...said, ...(now !== null && { monthlyCap: now }) };
    return addAgreementWith({ ...deps, engine }, capped, carried);
  });
}

const field = (name: string, zh: string, en: string) =>
  problem('invalid-input', { fields: [{ field: name, zh, en }] });

function fieldProblem(place: Place, input: AgreementInput, today: Day): Problem | undefined {
  const { fund, from, monthlyCap } = input;
  const last = addDays(today, MOST_DAYS_AHEAD);
  if (!REDEEMERS.includes(place.kind)) {
    return field('redeemer', '只有商户和物业公司能收积分', 'Only shops and property firms take points');
  }
  if (from < today) return field('from', `最早从今天（${today}）起`, `Today (${today}) at the earliest`);
  if (from > last) return field('from', `最晚写到 ${last}`, `At the latest ${last}`);
  if (input.mode === 'stocked' && Object.keys(input.settles ?? {}).length > 0) {
    const en = 'Nothing is owed for what the fund stocked';
    return field('mode', '由出资方备货的不另结算，不用写结算周期和未结限额', en);
  }
  if (monthlyCap === undefined) return undefined;
  // A till counts what it takes; of which fund the points are is known only when they are taken.
  if (place.kind !== 'merchant' || fund !== '*') {
    const en = 'Only a shop’s agreement with all funds has a monthly cap';
    return field('monthlyCap', '每月上限只能写在商户“所有经费”的约定里', en);
  }
  return undefined;
}

async function termsOf(
  { places }: ProductDeps,
  place: Place,
  { mode, via, factor }: AgreementInput,
): Promise<Terms | Problem> {
  if (mode === 'stocked') return { mode };
  if (mode === 'owed') return { mode, factor };
  const party = via === undefined ? undefined : await places.find(via);
  if (party?.kind !== 'clearing' || party.book !== place.book) {
    return field('via', '请选择结算方', 'Choose the clearing party');
  }
  return { mode, via: party.id, factor };
}

/**
 * Nobody binds the funds of others. A factor that leaves a broken micro-yuan is refused now, for any of the funds that
 * it would concern.
 */
async function fundProblem(
  deps: ProductDeps,
  place: Place,
  { fund, factor, actor }: AgreementInput & { actor: Actor },
): Promise<Problem | undefined> {
  if (fund !== '*') {
    const named = await getFund(deps.engine, fund);
    if (named?.book !== place.book) return problem('not-found');
    return (await mayBind(deps, actor, named)) ? undefined : problem('funds-of-others');
  }
  const { funds, isAll } = await bindableFunds(deps, actor, place);
  if (!isAll) return problem('funds-of-others');
  if (factor === FULL_FACTOR) return undefined;
  const rates = new Set(funds.map(({ rateMicro }) => rateMicro));
  return [...rates].every((rate) => worthMicro(1, rate, factor) !== undefined)
    ? undefined
    : problem('rate-not-exact');
}
