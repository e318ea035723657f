/** What a shop gives: made, changed, priced. Each change moves the goods' own counter, by which a sale notices it. */
import { findPosted, post, tallyTotals, untilFresh, type RowChange } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import {
  actorText,
  isProblem,
  mayAt,
  problem,
  type Actor,
  type Instant,
  type Problem,
  type Role,
} from '../../platform/index.ts';
import { isUnitOf, termsFor } from '../../programme/index.ts';
import type { Period } from '../rules/index.ts';
import { findGoods } from './find-goods.ts';

export type GoodsBody = {
  name: string;
  category: string;
  description: string;
  lowAt: number | null;
  limit: { quantity: number; period: Period; of: 'member' | 'household' } | null;
  keepDays: number;
  state: 'on' | 'off';
};
export type PriceBody = { points: number; yuanFen: number };
type Asked = { actor: Actor; key: string; scope: string };

/** How often a goods was changed; a sale says at which change it was worked out. */
export const changesKey = (goods: string): string => `goods:${goods}`;

const MANAGERS: readonly Role[] = ['merchant_manager'];

/** The community keeps the shelves of the shop that it stocks itself; every other shop keeps its own. */
export async function keeperProblem(
  { engine, places, clock }: ProductDeps,
  { place, actor, who = MANAGERS }: { place: string; actor: Actor; who?: readonly Role[] },
): Promise<Problem | undefined> {
  if (await mayAt(actor, who, place, places)) return undefined;
  const terms = Object.values(await termsFor(engine, { redeemer: place, at: clock() }));
  return terms.some(({ mode }) => mode === 'stocked') ? undefined : problem('not-allowed');
}

const NO_SUCH_UNIT = { zh: '没有这种积分', en: 'There are no points of this kind' };

export async function addGoods(
  deps: ProductDeps,
  {
    input,
    actor,
    key,
    scope,
  }: Asked & {
    input: GoodsBody & PriceBody & { place: string; kind: 'goods' | 'service'; unit: string };
  },
): Promise<{ goods: string; replayed: boolean } | Problem> {
  const { engine, places, clock, ids } = deps;
  const { place, kind, unit, points, yuanFen, ...body } = input;
  const book = await places.bookOf(place);
  if (book === undefined) return problem('not-found');
  const ask = { book, scope, key, request: ['add-goods', input] };
  const before = await findPosted(deps, ask);
  if (before) return isProblem(before) ? before : { goods: before.unit, replayed: true };
  const wrong = await keeperProblem(deps, { place, actor });
  if (wrong) return wrong;
  if (!(await isUnitOf(engine, { book, unit })))
    return problem('invalid-input', { fields: [{ field: 'unit', ...NO_SUCH_UNIT }] });
  const [id, now, by] = [ids(), clock(), actorText(actor)];
  const posted = await post(deps, ask, {
    id,
    actor,
    place,
    commands: [],
    tallies: [{ key: changesKey(id), add: 1 }],
    rows: [
      {
        insert: 'goods',
        values: { id, place, kind, unit, ...cellsOf(body), made_by: by, created_at: now },
      },
      priceRow(ids(), { goods: id, points, yuanFen, validFrom: now, by, now }),
    ],
  });
  return isProblem(posted) ? posted : { goods: posted.unit, replayed: posted.replayed };
}

function cellsOf({ name, category, description, lowAt, limit, keepDays, state }: GoodsBody) {
  return {
    ...{ name, category, description, low_at: lowAt, keep_days: keepDays, state },
    limit_quantity: limit?.quantity ?? null,
    limit_period: limit?.period ?? null,
    limit_of: limit?.of ?? null,
  };
}

function priceRow(
  id: string,
  p: PriceBody & { goods: string; validFrom: Instant; by: string; now: Instant },
): RowChange {
  return {
    insert: 'goods_prices',
    values: {
      ...{ id, goods: p.goods, points: p.points, yuan_fen: p.yuanFen },
      ...{ valid_from: p.validFrom, set_by: p.by, created_at: p.now },
    },
  };
}

type Changing = Asked & { goods: string };

/** What is said of a goods; its price has its own dates. */
export async function changeGoods(
  deps: ProductDeps,
  { goods, input, ...asked }: Changing & { input: GoodsBody & { version: number } },
): Promise<{ goods: string; replayed: boolean } | Problem> {
  const { version, ...body } = input;
  return changed(deps, { goods, ...asked, request: ['change-goods', goods, input] }, () => [
    { update: 'goods', id: goods, version, set: cellsOf(body) },
  ]);
}

/** From now on, or from a later moment. */
export function setPrice(
  deps: ProductDeps,
  { goods, input, ...asked }: Changing & { input: PriceBody & { from?: Instant } },
): Promise<{ goods: string; replayed: boolean } | Problem> {
  const request = ['set-price', goods, input];
  return untilFresh(() =>
    changed(deps, { goods, ...asked, request }, (now) => {
      if (input.from !== undefined && input.from < now) return problem('price-in-past');
      const of = { goods, points: input.points, yuanFen: input.yuanFen, validFrom: input.from ?? now };
      return [priceRow(deps.ids(), { ...of, by: actorText(asked.actor), now })];
    }),
  );
}

async function changed(
  deps: ProductDeps,
  { goods, actor, key, scope, request }: Changing & { request: unknown },
  rowsAt: (now: Instant) => RowChange[] | Problem,
): Promise<{ goods: string; replayed: boolean } | Problem> {
  const found = await findGoods(deps.engine, goods);
  const book = found && (await deps.places.bookOf(found.place));
  if (!found || book === undefined) return problem('not-found');
  const ask = { book, scope, key, request };
  const before = await findPosted(deps, ask);
  if (before) return isProblem(before) ? before : { goods, replayed: true };
  const wrong = await keeperProblem(deps, { place: found.place, actor });
  if (wrong) return wrong;
  const rows = rowsAt(deps.clock());
  if (isProblem(rows)) return rows;
  const changes = changesKey(goods);
  const was = (await tallyTotals(deps.engine, { book, keys: [changes] })).get(changes) ?? 0;
  const posted = await post(deps, ask, {
    actor,
    place: found.place,
    commands: [],
    tallies: [{ key: changes, add: 1, was }],
    rows,
  });
  return isProblem(posted) ? posted : { goods, replayed: posted.replayed };
}
