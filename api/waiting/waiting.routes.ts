import { personActor } from '../identity/index.ts';
import { workplacesLeftOut, type ProductDeps } from '../places/index.ts';
import {
  answer,
  formatInstant,
  newModule,
  route,
  type Waiting,
  type WaitingCounter,
} from '../platform/index.ts';
import * as examples from './waiting.examples.ts';
import { WaitingSchema } from './waiting.schemas.ts';

export const waitingRoutes = (deps: ProductDeps, counters: readonly WaitingCounter[]) =>
  newModule(deps).openapi(
    route({
      method: 'get',
      path: '/me/tasks',
      summary: '待我处理 · What waits for me',
      description:
        '只有本人在自己的岗位和地方能办的事，每一种一行：有几件、最早从什么时候等起、从哪里办起。Only what this very person may do, by their posts and places: a line a kind, with how many, since when, and where to begin.',
      access: { signedIn: true },
      responses: { 200: answer(WaitingSchema, '待办 · What waits') },
      example: examples.myTasks,
    }),
    async (c) => {
      const actor = personActor(c);
      const found = (await Promise.all(counters.map((count) => count(actor)))).flat();
      const items = found.toSorted(byUrgency).map(async ({ place, since, due, ...of }) => {
        const name = (await deps.places.find(place))?.name ?? '';
        const times = { since: formatInstant(since), ...(due !== undefined && { due: formatInstant(due) }) };
        return { ...of, ...times, place: { id: place, name } };
      });
      const placesLeftOut = await workplacesLeftOut(deps, actor);
      return c.json({ items: await Promise.all(items), placesLeftOut }, 200);
    },
  );

/** What ends comes first, the soonest before; then what has waited longest. */
function byUrgency(a: Waiting, b: Waiting): number {
  return (a.due ?? Infinity) - (b.due ?? Infinity) || a.since - b.since;
}
