/** Services that wait for a rating which this person may give: not their own, nor what they recorded, nor a relative's. */
import { and, asc, eq, lte, ne } from 'drizzle-orm';
import { peopleBehindMany } from '../identity/index.ts';
import { waitingAt, workplaces, type ProductDeps } from '../places/index.ts';
import { actorText, waitingOf, type PersonActor, type WaitingCounter } from '../platform/index.ts';
import { neighboursOf, relativesAmong } from './relatives.ts';
import { ratingRefusal } from './rules/rating.ts';
import type { Service } from './service.ts';

export const ratingsWaiting =
  (deps: ProductDeps): WaitingCounter =>
  async (actor) => {
    const estates = await workplaces(deps, actor, { roles: ['staff', 'leader'], kinds: ['estate'] });
    const { rows, isCut } = await waitingAt(estates, (place, limit) => overAt(deps, { place, actor, limit }));
    const mine = await ratableBy(deps, actor, rows);
    return waitingOf(
      'rate-service',
      mine.map(({ place, endsAt }) => ({ place, since: endsAt })),
      isCut,
    );
  };

/** Recorded by others for others, and over: the first recorded first. */
async function overAt(
  { engine, clock }: ProductDeps,
  { place, actor, limit }: { place: string; actor: PersonActor; limit: number },
): Promise<Service[]> {
  const { services: t } = engine.tables;
  const others = and(ne(t.recordedBy, actorText(actor)), ne(t.member, actor.person));
  return engine.reader
    .select()
    .from(t)
    .where(and(eq(t.place, place), eq(t.state, 'waiting'), lte(t.endsAt, clock()), others))
    .orderBy(asc(t.id))
    .limit(limit);
}

async function ratableBy(
  { engine, clock }: ProductDeps,
  actor: PersonActor,
  services: readonly Service[],
): Promise<Service[]> {
  if (services.length === 0) return [];
  const [rater, at] = [actorText(actor), clock()];
  const behind = peopleBehindMany(engine);
  const behindRater = [...(await behind({ actor: rater, at }))];
  const near = await neighboursOf(engine, behindRater);
  const found: Service[] = [];
  for (const service of services) {
    const refusal = ratingRefusal({
      ...{ rater, behindRater, at, rated: false },
      ...{ volunteer: `person:${service.member}`, recordedBy: service.recordedBy, endsAt: service.endsAt },
      behindRecord: [...(await behind({ actor: service.recordedBy, at: service.createdAt }))],
      // Whoever never shared a house with them shared none on that day.
      relatives: near.has(service.member) ? await relativesAmong(engine, service, behindRater) : [],
    });
    if (!refusal) found.push(service);
  }
  return found;
}
