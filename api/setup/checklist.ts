/** What a community still lacks before its first points can be given, read from what is there: nothing is ticked off. */
import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { listChildren, type Place, type ProductDeps } from '../places/index.ts';
import type { Role } from '../platform/index.ts';

export const STEPS = [
  'estate',
  'firm',
  'merchant',
  'people',
  'roster',
  'programme',
  'budget',
  'award',
] as const;
export type Step = (typeof STEPS)[number];
export type Checked = { step: Step; count: number; done: boolean };
export type Checklist = {
  community: Place;
  /** Where things of the steps are: the first estate for the roster, the posts nobody holds yet. */
  estates: Place[];
  firms: Place[];
  merchants: Place[];
  vacant: Role[];
  steps: Checked[];
};

const MOST = 100;
/** Posts without which a month does not run; staff twice, since nobody checks their own work. */
const POSTS: readonly { role: Role; least: number }[] = [
  { role: 'staff', least: 2 },
  { role: 'accountant', least: 1 },
  { role: 'clerk', least: 1 },
  { role: 'auditor', least: 1 },
];

export async function checklistOf({ engine }: ProductDeps, community: Place): Promise<Checklist> {
  const within = (kind: Place['kind']) => listChildren(engine, { place: community.id, kind, limit: MOST });
  const [estates, firms, merchants] = await Promise.all([
    within('estate'),
    within('firm'),
    within('merchant'),
  ]);
  const all = [community, ...estates, ...firms, ...merchants].map(({ id }) => id);
  // Who acts at the street acts in its communities too.
  const acting = [...all, community.parent];
  const [held, houses, rules, budgets, awards] = await Promise.all([
    rolesHeld(engine, acting),
    hasHouses(engine, estates),
    rulesOf(engine, community.id),
    approvedBudgets(engine, all),
    releasedServices(engine, all),
  ]);
  const vacant = POSTS.filter(({ role, least }) => {
    const people = new Set(held.filter((one) => one.role === role).map(({ person }) => person));
    return people.size < least;
  }).map(({ role }) => role);
  const counts: Record<Step, number> = {
    ...{ estate: estates.length, firm: firms.length, merchant: merchants.length, people: held.length },
    ...{ roster: houses, programme: rules, budget: budgets, award: awards },
  };
  const enough = (step: Step): boolean => {
    if (step === 'people') return vacant.length === 0;
    return counts[step] > 0;
  };
  const steps = STEPS.map((step) => ({ step, count: counts[step], done: enough(step) }));
  return { community, estates, firms, merchants, vacant, steps };
}

function rolesHeld({ reader, tables: { roles: t } }: Engine, at: readonly string[]) {
  return reader
    .select({ person: t.person, role: t.role })
    .from(t)
    .where(
      and(
        inArray(t.place, [...at]),
        inArray(
          t.role,
          POSTS.map(({ role }) => role),
        ),
        isNull(t.validTo),
      ),
    )
    .limit(MOST);
}

/** Estates with houses in them. */
async function hasHouses(
  { reader, tables: { houses: t } }: Engine,
  estates: readonly Place[],
): Promise<number> {
  const found = await Promise.all(
    estates.map(({ id }) => reader.select({ id: t.id }).from(t).where(eq(t.estate, id)).limit(1)),
  );
  return found.filter(({ length }) => length > 0).length;
}

async function rulesOf({ reader, tables: { ruleVersions: t } }: Engine, community: string): Promise<number> {
  const rows = await reader.selectDistinct({ kind: t.kind }).from(t).where(eq(t.place, community));
  return rows.length;
}

async function approvedBudgets({ reader, tables }: Engine, at: readonly string[]): Promise<number> {
  const { funds, budgets } = tables;
  const rows = await reader
    .select({ id: budgets.id })
    .from(budgets)
    .innerJoin(funds, eq(funds.id, budgets.fund))
    .where(and(inArray(funds.place, [...at]), isNotNull(budgets.transaction)))
    .limit(MOST);
  return rows.length;
}

async function releasedServices(
  { reader, tables: { services: t } }: Engine,
  at: readonly string[],
): Promise<number> {
  const found = await Promise.all(
    at.map((place) =>
      reader
        .select({ id: t.id })
        .from(t)
        .where(and(eq(t.place, place), eq(t.state, 'released')))
        .limit(1),
    ),
  );
  return found.filter(({ length }) => length > 0).length;
}
