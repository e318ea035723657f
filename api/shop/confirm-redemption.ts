/** 收分: points are taken at a counter, in one step with using the code up, on the terms of the day. */
import type { ProductDeps } from '../places/index.ts';
import { byConsent } from '../identity/index.ts';
import { findPosted, post, untilFresh } from '../ledger/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../platform/index.ts';
import { isUnitOf, monthlyCapFor, monthOf, takenKey, termsFor } from '../programme/index.ts';
import { customerAt, doneOf, explainRefusal, useOfCode, type CounterDone, type Customer } from './counter.ts';
import type { ShownRedemption } from './shop.views.ts';

export type RedemptionInput = {
  place: string;
  customer: Customer;
  points: number;
  unit: string;
  goods: string;
};

type Asked = { input: RedemptionInput; actor: Actor; key: string; scope: string };

/** Of a code that a relative shows and the end of their consent at the same moment, one is first. */
export function confirmRedemption(
  deps: ProductDeps,
  asked: Asked,
): Promise<CounterDone<ShownRedemption> | Problem> {
  return untilFresh(() => confirmOnce(deps, asked));
}

async function confirmOnce(
  deps: ProductDeps,
  { input, actor, key, scope }: Asked,
): Promise<CounterDone<ShownRedemption> | Problem> {
  const { engine, places, clock } = deps;
  const { place, points, unit, goods } = input;
  const book = await places.bookOf(place);
  if (book === undefined) return problem('not-found');
  const ask = { book, scope, key, request: ['confirm-redemption', input] };
  const before = await findPosted(deps, ask);
  if (before) return doneOf(await explainRefusal(deps, before, input));
  const now = clock();
  const [customer, terms, cap] = await Promise.all([
    customerAt(deps, { customer: input.customer, place, book, actor }),
    termsFor(engine, { redeemer: place, at: now }),
    monthlyCapFor(engine, { redeemer: place, at: now }),
  ]);
  if (isProblem(customer)) return customer;
  const { member, person, code } = customer;
  if (Object.keys(terms).length === 0) return problem('terms-missing');
  if (!(await isUnitOf(engine, { book, unit }))) {
    const fields = [{ field: 'unit', zh: '没有这种积分', en: 'There are no points of this kind' }];
    return problem('invalid-input', { fields });
  }
  const id = deps.ids();
  const consent = await byConsent(engine, code?.actedBy ?? null, now);
  if (isProblem(consent)) return problem('code-ended');
  const use = useOfCode(code, { place, actor, used: `redemption:${id}` });
  const clerk = actorText(actor);
  const sale = { id, member, points, unit, goods, clerk, state: 'taken' as const, createdAt: now };
  const { createdAt, ...cells } = sale;
  const posted = await post(deps, ask, {
    id,
    actor,
    place,
    uniques: use.uniques,
    // Counted only where there is a cap: what was taken before it was agreed does not count against it.
    tallies:
      cap === undefined
        ? []
        : [{ key: takenKey({ redeemer: place, unit, month: monthOf(now) }), add: points, max: cap }],
    commands: [{ do: 'spend', member, redeemer: place, take: { points, unit }, terms }],
    rows: [
      ...use.rows,
      ...consent,
      {
        insert: 'redemptions',
        values: {
          ...cells,
          place,
          code: code?.id ?? id,
          transaction: { planned: 'transaction' },
          created_at: createdAt,
        },
      },
    ],
  });
  return doneOf(await explainRefusal(deps, posted, input), { sale, person });
}
