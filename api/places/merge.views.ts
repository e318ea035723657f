/** What the routes of merges answer: both sides masked, whether they are alike in full, and what approving will do. */
import { findPerson, type Person } from '../identity/index.ts';
import { entryOf, formatInstant, maskName, maskPhone } from '../platform/index.ts';
import type { ProductDeps } from './index.ts';
import type { MergeRequest } from './merge-requests.ts';
import type { Side, Sides } from './merge-sides.ts';
import { personViewer } from './person.views.ts';

export function mergeViews(deps: Pick<ProductDeps, 'engine' | 'places' | 'clock'>) {
  const { engine, places } = deps;
  const personView = personViewer(deps);

  async function sideView({ hasPoints, canSignIn, openLinks, ...known }: Side) {
    return { ...(await personView(known)), hasPoints, canSignIn, openLinks };
  }

  async function comparisonView({ keeper, duplicate, plan, seen, against }: Sides) {
    const [one, other] = [keeper.person, duplicate.person];
    const { residencies, roles, signIn, phone } = plan;
    const words = against && entryOf(against.code);
    return {
      keeper: await sideView(keeper),
      duplicate: await sideView(duplicate),
      alike: { name: one.name === other.name, phone: one.phone !== null && one.phone === other.phone },
      plan: {
        ...{ residenciesMoved: residencies.moved.length, residenciesCollapsed: residencies.collapsed.length },
        ...{ rolesMoved: roles.moved.length, rolesEnded: roles.ended.length },
        ...{ signIn, phone, links: duplicate.openLinks },
      },
      seen,
      ...(against && words && { against: { code: against.code, title: words.title, advice: words.advice } }),
    };
  }

  async function mergeView(row: MergeRequest) {
    const { id, version, state, place, reason, askedBy, createdAt, decidedBy, decidedAt, answer } = row;
    const nameOf = async (actor: string) =>
      maskedName(await findPerson(engine, actor.replace(/^person:/, '')));
    const [keeper, duplicate] = await Promise.all([
      findPerson(engine, row.keeper),
      findPerson(engine, row.duplicate),
    ]);
    return {
      ...{ id, version, state, place, placeName: (await places.find(place))?.name ?? '' },
      ...{ keeper: briefView(row.keeper, keeper), duplicate: briefView(row.duplicate, duplicate) },
      ...{ reason, askedBy, askedByName: await nameOf(askedBy), askedAt: formatInstant(createdAt) },
      ...(decidedBy === null ? {} : { decidedByName: await nameOf(decidedBy) }),
      ...(decidedAt === null ? {} : { decidedAt: formatInstant(decidedAt) }),
      ...(answer === null ? {} : { answer }),
    };
  }

  return { comparisonView, mergeView };
}

function briefView(person: string, found: Person | undefined) {
  return { person, name: maskedName(found), phone: maskPhone(found?.phone ?? '') };
}

function maskedName(person: Person | undefined): string {
  return maskName(person?.name ?? '');
}
