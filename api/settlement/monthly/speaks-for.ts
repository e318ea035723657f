/** Who speaks for the two sides of a settlement: those with a post at the place that pays, and at the one that is paid. */
import { firmServing, listChildren, type Place, type ProductDeps } from '../../places/index.ts';
import { mayAt, placesOf, type Actor, type Role } from '../../platform/index.ts';
import { dayOf, fundsAtAll, getFund, type Fund } from '../../programme/index.ts';
import { LOOKS } from '../fund-month.routes.ts';
import { FOR_A_FIRM, worksForFirm } from '../works-for-firm.ts';
import type { Settlement, SettlementSide } from './settlements.ts';

type Deps = Pick<ProductDeps, 'engine' | 'places' | 'clock'>;

const FIRMS = ['accountant', 'finance_lead'] as const satisfies readonly Role[];
const STAFF = ['staff', 'operator'] as const satisfies readonly Role[];

/** For a shop its manager, for a firm its accountants, for a clearing party and a community the community's staff. */
export async function speaksFor(
  deps: Deps,
  { place: id, actor }: { place: string; actor: Actor },
): Promise<boolean> {
  const { places, clock } = deps;
  const place = await places.find(id);
  if (!place || actor.kind !== 'person') return false;
  if (place.kind === 'merchant') return mayAt(actor, ['merchant_manager'], id, places);
  if (place.kind === 'firm') return worksForFirm(deps, { firm: id, actor, roles: FIRMS, now: clock() });
  return mayAt(actor, STAFF, id, places);
}

export async function speaksForSide(
  deps: Deps,
  { settlement, side, actor }: { settlement: Settlement; side: SettlementSide; actor: Actor },
): Promise<boolean> {
  return speaksFor(deps, { place: side === 'payee' ? settlement.payee : settlement.payerPlace, actor });
}

/** The place by which somebody may look at a settlement: either side's, or that of the firm's estates. */
export async function placeToLook(
  { engine, places, clock }: Deps,
  { settlement, actor }: { settlement: Settlement; actor: Actor },
): Promise<string> {
  const { payerPlace, payee, place } = settlement;
  if (await mayAt(actor, LOOKS, payerPlace, places)) return payerPlace;
  const isFirm = (await places.find(payee))?.kind === 'firm';
  // What a firm is owed everywhere is not for the staff of one of its communities.
  const who = isFirm ? FOR_A_FIRM : LOOKS;
  for (const one of isFirm ? [payee, place] : [payee]) if (await mayAt(actor, who, one, places)) return one;
  if (
    !isFirm ||
    !(await worksForFirm({ engine, places }, { firm: payee, actor, roles: FIRMS, now: clock() }))
  )
    return payerPlace;
  return placesOf(actor, FIRMS)[0] ?? payerPlace;
}

/** More clearing parties than a place has. */
const MOST_PARTIES = 20;
const MOST_FUNDS = 200;

export type Parties = {
  /** The places that speak for a payer, or are paid themselves. */
  places: string[];
  /** What pays: funds, and clearing parties. */
  payers: { id: string; place: string }[];
};

/** Of a place: itself and its clearing parties; of an estate the firm that serves it, for those who work for it. */
export async function partiesAt(
  deps: Deps,
  { place, actor }: { place: Place; actor: Actor },
): Promise<Parties> {
  const { engine, places, clock } = deps;
  const now = clock();
  const own =
    place.kind === 'estate'
      ? await firmServing({ engine, places }, { estate: place.id, day: dayOf(now) })
      : place;
  if (
    !own ||
    (own.kind === 'firm' && !(await worksForFirm(deps, { firm: own.id, actor, roles: FOR_A_FIRM, now })))
  )
    return { places: [], payers: [] };
  const clearing = await listChildren(engine, { place: own.id, kind: 'clearing', limit: MOST_PARTIES });
  const ids = [own.id, ...clearing.map(({ id }) => id)];
  const funds = await fundsAtPlaces(deps, ids);
  return {
    places: ids,
    payers: [
      ...funds.map(({ id, place: at }) => ({ id, place: at })),
      ...(own.kind === 'clearing' ? [own] : clearing).map(({ id }) => ({ id, place: id })),
    ],
  };
}

async function fundsAtPlaces({ engine }: Pick<Deps, 'engine'>, ids: readonly string[]): Promise<Fund[]> {
  return (await fundsAtAll(engine, ids)).slice(0, MOST_FUNDS);
}

/** The place that speaks for a payer: a fund's, or the clearing party itself. */
export async function placeOfPayer(
  { engine, places }: Pick<Deps, 'engine' | 'places'>,
  payer: string,
): Promise<string | undefined> {
  return (await getFund(engine, payer))?.place ?? (await places.find(payer))?.id;
}
