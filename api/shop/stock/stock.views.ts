import type { Engine } from '../../db/index.ts';
import { actorText, formatInstant, type Actor } from '../../platform/index.ts';
import { nameOfActor } from '../../programme/index.ts';
import { findGoods } from '../goods/find-goods.ts';
import type { listMovements } from './record-movement.ts';
import type { countsOf, Stocktaking } from './take-stock.ts';

type Movement = Awaited<ReturnType<typeof listMovements>>[number];

export async function movementView(engine: Engine, row: Movement) {
  const { id, kind, free, kept, freeAfter, keptAfter, reason, createdAt } = row;
  const [goods, by] = [await findGoods(engine, row.goods), await nameOfActor(engine, row.by)];
  return {
    ...{ id, kind, free, kept, freeAfter, keptAfter, reason },
    goods: { id: row.goods, name: goods?.name ?? '' },
    by: by ?? '',
    at: formatInstant(createdAt),
  };
}

export async function stocktakingView(engine: Engine, row: Stocktaking, actor: Actor) {
  const { id, state, note, createdAt, reason, countedBy, decidedBy } = row;
  return {
    ...{ id, state, note, reason: reason ?? '', mine: countedBy === actorText(actor) },
    countedBy: (await nameOfActor(engine, countedBy)) ?? '',
    decidedBy: (decidedBy && (await nameOfActor(engine, decidedBy))) ?? '',
    at: formatInstant(createdAt),
  };
}

export function countView({ goods, name, expected, counted }: Awaited<ReturnType<typeof countsOf>>[number]) {
  return { goods: { id: goods, name }, expected, counted };
}
