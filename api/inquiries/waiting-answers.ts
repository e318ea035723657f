/** Questions at this person's own desks that they may answer: not what they asked or recorded themselves. */
import { peopleBehindMany } from '../identity/index.ts';
import { waitingAt, workplaces, type ProductDeps } from '../places/index.ts';
import { actorText, waitingOf, type Waiter, type WaitingCounter } from '../platform/index.ts';
import { listInquiries } from './find-inquiries.ts';
import { DESKS, roleOfDesk } from './rules/index.ts';

export const inquiriesWaiting =
  (deps: ProductDeps): WaitingCounter =>
  async (actor) => {
    const { engine, clock } = deps;
    const behind = peopleBehindMany(engine);
    const answering = await behind({ actor: actorText(actor), at: clock() });
    const found: Waiter[] = [];
    let isAnyCut = false;
    for (const desk of DESKS) {
      const kinds = desk === 'shop' ? (['merchant'] as const) : (['estate'] as const);
      const places = await workplaces(deps, actor, { roles: [roleOfDesk(desk)], kinds });
      const { rows, isCut } = await waitingAt(places, (place, limit) =>
        listInquiries(engine, { place, desk, waits: true, order: 'oldest', limit }),
      );
      isAnyCut ||= isCut;
      for (const { member, maker, madeAt, actedBy, place, createdAt } of rows) {
        const made = await behind({ actor: maker, at: madeAt });
        if (member === actor.person || actedBy?.by === actorText(actor)) continue;
        if ([...made].some((one) => answering.has(one))) continue;
        found.push({ place, since: createdAt });
      }
    }
    return waitingOf('answer-inquiry', found, isAnyCut);
  };
