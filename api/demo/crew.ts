/** The people of the demo who can sign in, and who they are to each other: maker and checker are two. */
import { createSignIn, grantRole, personRow, type IdentityDeps } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import type { PersonActor, RoleAt } from '../platform/index.ts';
import { must } from './must.ts';
import type { DemoPlaces } from './places.ts';

export type DemoDeps = ProductDeps & Pick<IdentityDeps, 'identity'>;

/** Whoever can read this can sign in, so `npm start` refuses a folder with these people. */
export const DEMO_PASSWORD = 'linli-demo-2026';

/** The five of the bar, in its order. */
export const FIVE = ['volunteer', 'clerk', 'accountant', 'staff', 'auditor'] as const;
/**
 * Needed where a second person has to act: another rater, another outlet, the shop's manager, another accountant, who
 * approves, and who answers for all communities of the street.
 */
export const OTHERS = ['rater', 'outlet', 'manager', 'checker', 'lead', 'street'] as const;
export type Who = (typeof FIVE)[number] | (typeof OTHERS)[number];

/** As GET /api/v1/demo and demo.json show them. */
export type DemoPerson = { who: Who; zh: string; en: string; name: string; person: string; username: string };

type Role = { zh: string; en: string; name: string; roleAt: (places: DemoPlaces) => RoleAt };

const CREW: Readonly<Record<Exclude<Who, 'volunteer'>, Role>> = {
  clerk: {
    ...{ zh: '店员', en: 'Clerk', name: '孙晓梅' },
    roleAt: ({ shops }) => ({ role: 'clerk', place: shops[0].id }),
  },
  accountant: {
    ...{ zh: '物业会计', en: 'Accountant', name: '郑国平' },
    roleAt: ({ estate }) => ({ role: 'accountant', place: estate.id }),
  },
  staff: {
    ...{ zh: '社区工作人员', en: 'Community staff', name: '周敏' },
    roleAt: ({ community }) => ({ role: 'staff', place: community.id }),
  },
  auditor: {
    ...{ zh: '审计员', en: 'Auditor', name: '韩正' },
    roleAt: ({ street }) => ({ role: 'auditor', place: street.id }),
  },
  rater: {
    ...{ zh: '社区工作人员（评价）', en: 'Community staff, rating', name: '田静' },
    roleAt: ({ community }) => ({ role: 'staff', place: community.id }),
  },
  outlet: {
    ...{ zh: '另一家店的店员', en: 'Clerk of the other outlet', name: '罗凯' },
    roleAt: ({ shops }) => ({ role: 'clerk', place: shops[1].id }),
  },
  manager: {
    ...{ zh: '店长', en: 'Shop manager', name: '冯永强' },
    roleAt: ({ shops }) => ({ role: 'merchant_manager', place: shops[0].id }),
  },
  checker: {
    ...{ zh: '物业会计（复核）', en: 'Accountant, checking', name: '沈慧' },
    roleAt: ({ estate }) => ({ role: 'accountant', place: estate.id }),
  },
  lead: {
    ...{ zh: '财务负责人', en: 'Finance lead', name: '何建军' },
    roleAt: ({ estate }) => ({ role: 'finance_lead', place: estate.id }),
  },
  street: {
    ...{ zh: '街道工作人员', en: 'Street staff', name: '蒋文博' },
    roleAt: ({ street }) => ({ role: 'staff', place: street.id }),
  },
};

export type Crew = { actors: Readonly<Record<Who | 'operator', PersonActor>>; people: DemoPerson[] };

/** The operator who gives everybody their role has no sign-in of its own. */
export async function createOperator(deps: DemoDeps): Promise<PersonActor> {
  const { engine, ids, clock } = deps;
  const id = ids();
  await engine.db.insert(engine.tables.people).values(personRow({ id, name: '演示管理员' }, clock()));
  return { kind: 'person', person: id, roles: [{ role: 'operator', place: '' }] };
}

export async function createCrew(
  deps: DemoDeps,
  input: {
    places: DemoPlaces;
    operator: PersonActor;
    volunteer: { person: string; name: string };
    nextPhone: () => string;
  },
): Promise<Crew> {
  const { places, operator, volunteer } = input;
  const titles = { who: 'volunteer' as const, zh: '志愿者', en: 'Volunteer' };
  const member = { role: 'member' as const, place: places.estate.id };
  const people = [await admit(deps, operator, { ...titles, ...volunteer, roleAt: member })];
  for (const [who, { roleAt, ...title }] of Object.entries(CREW) as [Exclude<Who, 'volunteer'>, Role][]) {
    const person = deps.ids();
    const row = personRow({ id: person, name: title.name, phone: input.nextPhone() }, deps.clock());
    await deps.engine.db.insert(deps.engine.tables.people).values(row);
    people.push(await admit(deps, operator, { ...title, who, person, roleAt: roleAt(places) }));
  }
  const actors = Object.fromEntries([
    ['operator', operator],
    ...people.map(({ shown, actor }) => [shown.who, actor]),
  ]) as Crew['actors'];
  return { actors, people: people.map(({ shown }) => shown) };
}

async function admit(
  deps: DemoDeps,
  operator: PersonActor,
  input: Omit<DemoPerson, 'username'> & { roleAt: RoleAt },
): Promise<{ shown: DemoPerson; actor: PersonActor }> {
  const { engine, ids, clock, places } = deps;
  const { roleAt, ...title } = input;
  const { person, who: username } = title;
  const now = clock();
  const grant = { id: ids(), person, ...roleAt, validFrom: now, validTo: null, now };
  must(await grantRole({ engine, places }, operator, grant));
  const signIn = { person, username, password: DEMO_PASSWORD, now, by: 'operator:demo', place: roleAt.place };
  must(await createSignIn({ engine, ids, auth: deps.identity.auth }, signIn));
  return { shown: { ...title, username }, actor: { kind: 'person', person, roles: [roleAt] } };
}
