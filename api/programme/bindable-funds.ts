/**
 * Whose points somebody may make terms about: a fund owes what is taken on an agreement, so whoever binds it answers
 * for the place that pays. Terms about all funds are for whoever answers for the whole book:
 * they bind those of a neighbour, too, who joins it later.
 */
import type { Places } from '../places/index.ts';
import { mayAt, type Actor } from '../platform/index.ts';
import type { Engine } from '../db/index.ts';
import { fundsOf, type Fund } from './funds.ts';

export const AGREEMENT_MAKERS = ['staff', 'operator'] as const;

type Sources = { engine: Engine; places: Places };

export function mayBind({ places }: Pick<Sources, 'places'>, actor: Actor, fund: Fund): Promise<boolean> {
  return mayAt(actor, AGREEMENT_MAKERS, fund.place, places);
}

/** Whether the actor answers for the whole book of a place, and so for terms about all its funds ('*'). */
export async function mayBindAll(
  { places }: Pick<Sources, 'places'>,
  actor: Actor,
  place: string,
): Promise<boolean> {
  const root = (await places.lineage(place)).at(-1);
  return root !== undefined && (await mayAt(actor, AGREEMENT_MAKERS, root.id, places));
}

/** The funds of a place's book that the actor may bind; `isAll`: also '*', those that are opened later with it. */
export async function bindableFunds(
  { engine, places }: Sources,
  actor: Actor,
  { id, book }: { id: string; book: number },
): Promise<{ funds: Fund[]; isAll: boolean }> {
  const all = await fundsOf(engine, book);
  const isAll = await mayBindAll({ places }, actor, id);
  if (isAll) return { funds: all, isAll };
  const funds: Fund[] = [];
  for (const fund of all) if (await mayBind({ places }, actor, fund)) funds.push(fund);
  return { funds, isAll };
}
