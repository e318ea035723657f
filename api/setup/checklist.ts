/** What a community still lacks before its first points can be given, read from what is there: nothing is ticked off. */
import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { countInPosts } from '../identity/index.ts';
import { allChildren, type Place, type ProductDeps } from '../places/index.ts';
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

/** Posts without which a month does not run; staff twice, since nobody checks their own work. */
const POSTS: readonly { role: Role; least: number }[] = [
  { role: 'staff', least: 2 },
  { role: 'accountant', least: 1 },
  { role: 'clerk', least: 1 },
  { role: 'auditor', least: 1 },
];

export async function checklistOf(
  { engine, clock }: Pick<ProductDeps, 'engine' | 'clock'>,
  community: Place,
): Promise<Checklist> {
  const within = (kind: Place['kind']) => allChildren(engine, { place: community.id, kind });
  const [estates, firms, merchants] = await Promise.all([
    within('estate'),
    within('firm'),
    within('merchant'),
  ]);
  const idsOf = (places: readonly Place[]) => places.map(({ id }) => id);
  const all = idsOf([community, ...estates, ...firms, ...merchants]);
  const [holders, roster, programme, budget, award] = await Promise.all([
    countInPosts(engine, {
      roles: POSTS.map(({ role }) => role),
      // Who acts at the street acts in its communities too.
      places: [community.id, community.parent],
      ...{ under: community.id, now: clock() },
    }),
    hasHouses(engine, idsOf(estates)),
    rulesOf(engine, community.id),
    hasBudget(engine, all),
    hasAward(engine, idsOf([community, ...estates])),
  ]);
  const vacant = POSTS.filter(({ role, least }) => (holders.get(role) ?? 0) < least).map(({ role }) => role);
  const people = [...holders.values()].reduce((sum, held) => sum + held, 0);
  const counts: Record<Step, number> = {
    ...{ estate: estates.length, firm: firms.length, merchant: merchants.length },
    ...{ people, roster, programme, budget, award },
  };
  const isDone = (step: Step) => (step === 'people' ? vacant.length === 0 : counts[step] > 0);
  const steps = STEPS.map((step) => ({ step, count: counts[step], done: isDone(step) }));
  return { community, estates, firms, merchants, vacant, steps };
}

/** One where there is one: of these steps the first is what counts. */
async function hasHouses(
  { reader, tables: { houses: t } }: Engine,
  estates: readonly string[],
): Promise<number> {
  if (estates.length === 0) return 0;
  const at = inArray(t.estate, [...estates]);
  return (await reader.select({ id: t.id }).from(t).where(at).limit(1)).length;
}

async function rulesOf({ reader, tables: { ruleVersions: t } }: Engine, community: string): Promise<number> {
  const stands = and(eq(t.place, community), isNull(t.withdrawnAt));
  const rows = await reader.selectDistinct({ kind: t.kind }).from(t).where(stands);
  return rows.length;
}

async function hasBudget({ reader, tables }: Engine, at: readonly string[]): Promise<number> {
  const { funds, budgets } = tables;
  const rows = await reader
    .select({ id: budgets.id })
    .from(budgets)
    .innerJoin(funds, eq(funds.id, budgets.fund))
    .where(and(inArray(funds.place, [...at]), isNotNull(budgets.transaction)))
    .limit(1);
  return rows.length;
}

async function hasAward({ reader, tables: { services: t } }: Engine, at: readonly string[]): Promise<number> {
  const released = and(inArray(t.place, [...at]), eq(t.state, 'released'));
  return (await reader.select({ id: t.id }).from(t).where(released).limit(1)).length;
}
