/** Somebody's points and movements as they go over the wire: to themselves, and to the desk that serves them. */
import { type Settled } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { cutPage, formatInstant, type Page } from '../platform/index.ts';
import { explainAll, type Explainer, type Explanation } from './explanation.ts';
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

  /** What nobody knows by itself, such as the part of an award that was not earned, is told by what it reverses. */
  const explain = async (
    movements: readonly Pick<Movement, 'transaction' | 'reverses'>[],
  ): Promise<Map<number, Explanation>> => {
    const ids = movements.flatMap((m) =>
      m.reverses === null ? [m.transaction] : [m.transaction, m.reverses],
    );
    const known = await explainAll(explainers, engine, ids);
    return new Map(
      movements.flatMap(({ transaction, reverses }) => {
        const why = known.get(transaction) ?? (reverses === null ? undefined : known.get(reverses));
        return why ? [[transaction, why]] : [];
      }),
    );
  };

  const movementView = async (movement: Movement, why: Explanation | undefined) => ({
    transaction: String(movement.transaction),
    kind: movement.kind,
    place: await nameOf(movement.place),
    bookedAt: formatInstant(movement.bookedAt),
    effectiveAt: formatInstant(movement.effectiveAt),
    ...(movement.reverses === null ? {} : { reverses: String(movement.reverses) }),
    changes: movement.changes.map((c) => ({ ...c, amount: String(c.amount) })),
    ...(why === undefined ? {} : { text: { zh: why.zh, en: why.en } }),
    ...settledView(movement.settled),
  });

  const viewsOf = async (movements: readonly Movement[]) => {
    const why = await explain(movements);
    return Promise.all(movements.map((m) => movementView(m, why.get(m.transaction))));
  };

  return {
    nameOf,
    explain,

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
