import type { Context } from 'hono';
import { actorOf, type AppEnv, type PersonActor } from '../platform/index.ts';

/** Who asks, on a route that declares no scope, so that the kit lets no key in. */
export function personActor(c: Context<AppEnv>): PersonActor {
  const actor = actorOf(c);
  if (actor.kind !== 'person') throw new Error(`A key reached a person's route.`);
  return actor;
}
