/** Who did something about breaks, by name. */
import type { Engine } from '../../db/index.ts';
import { ownersByName } from './own-break.ts';

/** Gives the name of each of these, as `actorText` has them; '' for who was erased, and for what is no person. */
export async function namesOfActors(
  engine: Engine,
  actors: readonly string[],
): Promise<(actor: string) => string> {
  const names = new Map((await ownersByName(engine, actors.map(personIn))).map(({ id, name }) => [id, name]));
  return (actor) => names.get(personIn(actor)) ?? '';
}

function personIn(actor: string): string {
  return actor.replace(/^person:/, '');
}
