/** What of settlements waits for somebody: to be confirmed by who is paid, agreed to or answered, paid, and what of its payments does. */
import { and, asc, eq } from 'drizzle-orm';
import { areTwoPeople, type Deed } from '../../identity/index.ts';
import { firmServing, waitingAt, workplaces, type ProductDeps } from '../../places/index.ts';
import {
  actorText,
  waitingOf,
  type PersonActor,
  type Waiter,
  type WaitingCounter,
} from '../../platform/index.ts';
import { dayOf } from '../../programme/index.ts';
import { worksForFirm } from '../works-for-firm.ts';
import type { SettlementState } from './monthly.tables.ts';
import { paymentsWaiting } from './payments-waiting.ts';
import { lastObjection, type Settlement, type SettlementSide } from './settlements.ts';

const STAFF = ['staff', 'operator'] as const;
const FIRMS = ['accountant', 'finance_lead'] as const;

/** By the place that speaks; `at` is where the page is opened. */
export type Speaking = { id: string; at: string };

export const settlementsWaiting =
  (deps: ProductDeps): WaitingCounter =>
  async (actor) => {
    const shops = await workplaces(deps, actor, { roles: ['merchant_manager'], kinds: ['merchant'] });
    const own = await workplaces(deps, actor, { roles: STAFF, kinds: ['street', 'community', 'clearing'] });
    const both = [...shops.map(({ id }) => ({ id, at: id })), ...(await firmsOf(deps, actor))];
    const payees = [...both, ...own.flatMap(({ id, kind }) => (kind === 'clearing' ? [{ id, at: id }] : []))];
    const payers = [...both, ...own.map(({ id }) => ({ id, at: id }))];
    const deed = { actor: actorText(actor), at: deps.clock() };
    const drafts = await inState(deps, { speaking: payees, side: 'payee', states: ['draft'] });
    const asked = await inState(deps, { speaking: payers, side: 'payer', states: ['objected', 'confirmed'] });
    const sentBack = await inState(deps, { speaking: payees, side: 'payee', states: ['objected'] });
    const agreed = await inState(deps, { speaking: payers, side: 'payer', states: ['agreed'] });
    const toAgree: Waiter[] = [];
    for (const { row, place } of asked.found)
      if (await waitsFor(deps, { row, side: 'payer', deed }))
        toAgree.push({ place, since: row.confirmedAt ?? row.createdAt });
    const toConfirm = waiters(drafts.found);
    for (const { row, place } of sentBack.found)
      if (await waitsFor(deps, { row, side: 'payee', deed })) toConfirm.push({ place, since: row.createdAt });
    return [
      ...waitingOf('confirm-settlement', toConfirm, drafts.isCut || sentBack.isCut),
      ...waitingOf('agree-settlement', toAgree, asked.isCut),
      ...waitingOf('pay-settlement', waiters(agreed.found), agreed.isCut),
      ...(await paymentsWaiting(deps, { payers, payees, deed })),
    ];
  };

type Found = { row: Settlement; place: string };

function waiters(found: readonly Found[]): Waiter[] {
  return found.map(({ row, place }) => ({ place, since: row.agreedAt ?? row.createdAt }));
}

/** Nobody agrees to what they have confirmed for the other side; an objection waits for the side that did not raise it. */
async function waitsFor(
  { engine }: ProductDeps,
  { row, side, deed }: { row: Settlement; side: SettlementSide; deed: Deed },
): Promise<boolean> {
  const { id, state, confirmedBy, confirmedAt } = row;
  if (state === 'objected') {
    const objection = await lastObjection(engine, id);
    if (!objection) return side === 'payer';
    return objection.side !== side && areTwoPeople(engine, { actor: objection.by, at: objection.at }, deed);
  }
  if (state !== 'confirmed' || confirmedBy === null || confirmedAt === null) return true;
  return areTwoPeople(engine, { actor: confirmedBy, at: confirmedAt }, deed);
}

async function inState(
  { engine }: ProductDeps,
  of: { speaking: readonly Speaking[]; side: SettlementSide; states: readonly SettlementState[] },
): Promise<{ found: Found[]; isCut: boolean }> {
  const { settlements: t } = engine.tables;
  const whose = of.side === 'payee' ? t.payee : t.payerPlace;
  const at = new Map(of.speaking.map((one) => [one.id, one.at]));
  const found: Found[] = [];
  let isAnyCut = false;
  for (const state of of.states) {
    const { rows, isCut } = await waitingAt(of.speaking, (place, limit) =>
      engine.reader
        .select()
        .from(t)
        .where(and(eq(whose, place), eq(t.state, state)))
        .orderBy(asc(t.id))
        .limit(limit),
    );
    isAnyCut ||= isCut;
    const placeOf = (row: Settlement) => at.get(of.side === 'payee' ? row.payee : row.payerPlace) ?? '';
    found.push(...rows.map((row) => ({ row, place: placeOf(row) })));
  }
  return { found, isCut: isAnyCut };
}

/** The firms that somebody works for, at their own place or at an estate of theirs. */
async function firmsOf(deps: ProductDeps, actor: PersonActor): Promise<Speaking[]> {
  const { engine, places, clock } = deps;
  const now = clock();
  const found = new Map<string, string>();
  for (const { id, kind } of await workplaces(deps, actor, { roles: FIRMS, kinds: ['firm', 'estate'] })) {
    const firm =
      kind === 'firm' ? id : (await firmServing({ engine, places }, { estate: id, day: dayOf(now) }))?.id;
    if (firm === undefined || found.has(firm)) continue;
    if (await worksForFirm(deps, { firm, actor, roles: FIRMS, now })) found.set(firm, id);
  }
  return [...found].map(([id, at]) => ({ id, at }));
}
