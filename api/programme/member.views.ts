/** Somebody's points and movements as they go over the wire: to themselves, and to the desk that serves them. */
import { actedByView } from '../identity/index.ts';
import { type Settled } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { cutPage, formatInstant, type Page } from '../platform/index.ts';
import { explainMovements, type Explainer, type Explanation } from './explanation.ts';
import { memberMovements, type Movement } from './member-movements.ts';
import { memberPoints } from './member-points.ts';
import { lastDayBefore } from './rules/index.ts';

/** Points that never end have no last day. */
function endingView(ending: { expiresAt: number; amount: number }): { lastDay?: string; amount: string } {
  const lastDay = lastDayBefore(ending.expiresAt);
  const amount = String(ending.amount);
  return lastDay === undefined ? { amount } : { lastDay, amount };
}

export function settledView(settled: Settled | undefined) {
  return (
    settled && {
      settled: { transaction: String(settled.transaction), bookedAt: formatInstant(settled.bookedAt) },
    }
  );
}

/** `book` is where the member's estate keeps its books; undefined while they belong to none. */
type Whose = { readonly book: number | undefined; readonly member: string };

export function memberViews({ engine, places, clock }: ProductDeps, explainers: readonly Explainer[]) {
  const nameOf = async (place: string): Promise<string> => (await places.find(place))?.name ?? '';

  const movementView = async (movement: Movement, why: Explanation | undefined) => ({
    transaction: String(movement.transaction),
    kind: movement.kind,
    place: await nameOf(movement.place),
    bookedAt: formatInstant(movement.bookedAt),
    effectiveAt: formatInstant(movement.effectiveAt),
    ...(movement.reverses === null ? {} : { reverses: String(movement.reverses) }),
    changes: movement.changes.map((c) => ({ ...c, amount: String(c.amount) })),
    ...(why === undefined ? {} : { text: { zh: why.zh, en: why.en } }),
    ...(why?.actedBy && { actedBy: await actedByView(engine, why.actedBy) }),
    ...settledView(movement.settled),
  });

  const viewsOf = async (movements: readonly Movement[]) => {
    const why = await explainMovements(explainers, engine, movements);
    return Promise.all(movements.map((m) => movementView(m, why.get(m.transaction))));
  };

  return {
    nameOf,

    /** Each movement in words. */
    viewsOf,

    /** Per unit: what can be used, what waits, what is reserved for whom, and what ends when. */
    async pointsView({ book, member }: Whose) {
      const units = book === undefined ? [] : await memberPoints(engine, { book, member, now: clock() });
      const views = units.map(async (u) => ({
        unit: u.unit,
        available: String(u.available),
        pending: String(u.pending),
        held: String(u.held),
        toSettle: String(u.toSettle),
        heldFor: await Promise.all(
          u.heldFor.map(async (h) => ({
            hold: h.hold,
            redeemer: await nameOf(h.redeemer),
            until: formatInstant(h.endsAt),
            amount: String(h.amount),
          })),
        ),
        ending: u.ending.map(endingView),
      }));
      return { units: await Promise.all(views) };
    },

    /** One page, newest first, each movement in words. */
    async movementsView({ book, member }: Whose, page: Page<string>) {
      if (book === undefined) return { items: [] };
      const movements = await memberMovements(engine, {
        ...{ book, member, limit: page.limit + 1 },
        ...(page.after === undefined ? {} : { before: Number(page.after.id) }),
      });
      const cut = cutPage(page, movements, (m) => ({ value: m.firstEntry, id: m.firstEntry }));
      return { ...cut, items: await viewsOf(cut.items) };
    },
  };
}
