/** Budgets that wait for a colleague's approval, and that this person has not asked for, nor whoever is behind them. */
import { peopleBehindMany } from '../identity/index.ts';
import { workplaces, type ProductDeps } from '../places/index.ts';
import { actorText, MOST_WAITING, waitingOf, type WaitingCounter } from '../platform/index.ts';
import { waitingBudgets } from './budgets.ts';
import { fundsAtAll } from './funds.ts';

/** A shop's manager may approve as well, through the API: the page where budgets are approved is the community's. */
const APPROVING = ['staff', 'operator'] as const;
const PAYING_KINDS = ['street', 'community', 'estate', 'merchant', 'firm'] as const;

export const budgetsWaiting =
  (deps: ProductDeps): WaitingCounter =>
  async (actor) => {
    const { engine, clock } = deps;
    const places = await workplaces(deps, actor, { roles: APPROVING, kinds: PAYING_KINDS });
    const funds = await fundsAtAll(
      engine,
      places.map(({ id }) => id),
    );
    const placeOf = new Map(funds.map(({ id, place }) => [id, place]));
    const rows = await waitingBudgets(engine, { funds: [...placeOf.keys()], limit: MOST_WAITING + 1 });
    const behind = peopleBehindMany(engine);
    const checkers = await behind({ actor: actorText(actor), at: clock() });
    const found = [];
    for (const { fund, requestedBy, createdAt } of rows) {
      const makers = await behind({ actor: requestedBy, at: createdAt });
      if ([...makers].some((maker) => checkers.has(maker))) continue;
      found.push({ place: placeOf.get(fund) ?? '', since: createdAt });
    }
    return waitingOf('approve-budget', found, rows.length > MOST_WAITING);
  };
