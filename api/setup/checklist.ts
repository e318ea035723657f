/**
 * What a community still lacks before a month of it runs, read from what is there: nothing is ticked off. A step names
 * what it misses, so that nobody is told that all is there while a shop has no terms or an estate no accountant.
 */
import type { Engine } from '../db/index.ts';
import { allChildren, firmOf, firmsNear, type Place, type ProductDeps } from '../places/index.ts';
import { isProblem, type Role } from '../platform/index.ts';
import { dayOf, findFund, rulesAlong, termsFor, type Fund, type RuleKind } from '../programme/index.ts';
import { whoIsMissing } from './posts-missing.ts';
import { hasAward, withBudget, withHouses } from './what-is-there.ts';

export const STEPS = [
  'estate',
  'firm',
  'merchant',
  'people',
  'roster',
  'programme',
  'terms',
  'budget',
  'award',
] as const;
export type Step = (typeof STEPS)[number];

/** What a step misses: at which place (an estate's firm, a shop's terms …), which post, which kind of rule. */
export type Missing = {
  what: 'firm' | 'post' | 'roster' | 'rule' | 'terms' | 'fund' | 'budget';
  place?: Pick<Place, 'id' | 'name'>;
  role?: Role;
  rule?: RuleKind;
};
export type Checked = { step: Step; count: number; done: boolean; missing: Missing[] };
export type Checklist = {
  community: Place;
  /** Of its book: an auditor acts there. */
  root: Place;
  estates: Place[];
  firms: Place[];
  merchants: Place[];
  /** Posts with too few people. */
  vacant: Role[];
  steps: Checked[];
};

type Sources = Pick<ProductDeps, 'engine' | 'places' | 'clock'>;
type Found = Omit<Checklist, 'vacant' | 'steps'>;

const RULES = ['award', 'purchase', 'offset'] as const satisfies readonly RuleKind[];

export async function checklistOf(deps: Sources, community: Place): Promise<Checklist> {
  const within = (kind: Place['kind']) => allChildren(deps.engine, { place: community.id, kind });
  const [estates, firms, merchants] = await Promise.all([
    within('estate'),
    within('firm'),
    within('merchant'),
  ]);
  const root = (await deps.places.lineage(community.id)).at(-1) ?? community;
  const found: Found = { community, root, estates, firms, merchants };
  const [serving, people, rosters, rules, funds, award] = await Promise.all([
    firmsServing(deps, found),
    whoIsMissing(deps, found),
    withHouses(deps.engine, estates),
    publishedRules(deps, community),
    fundsOfGivers(deps, found),
    hasAward(deps.engine, [community, ...estates]),
  ]);
  const redeemers = [...new Map([...serving.firms, ...merchants].map((place) => [place.id, place])).values()];
  const unagreed = await withoutTerms(deps, redeemers);
  const noRoster = estates.filter(({ id }) => !rosters.has(id));
  const steps: Checked[] = [
    { step: 'estate', ...counted(estates.length) },
    { step: 'firm', ...counted(serving.count, at('firm', serving.unclear)) },
    { step: 'merchant', ...counted(merchants.length) },
    { step: 'people', ...counted(people.count, people.missing) },
    { step: 'roster', ...counted(rosters.size, at('roster', noRoster)) },
    {
      step: 'programme',
      ...counted(
        rules.length,
        RULES.filter((rule) => !rules.includes(rule)).map((rule) => ({ what: 'rule', rule })),
      ),
    },
    { step: 'terms', ...counted(redeemers.length - unagreed.length, at('terms', unagreed)) },
    { step: 'budget', ...counted(funds.count, funds.missing) },
    { step: 'award', ...counted(award) },
  ];
  return { ...found, vacant: people.vacant, steps };
}

function counted(count: number, missing: Missing[] = []) {
  return { count, done: count > 0 && missing.length === 0, missing };
}

function at(what: Missing['what'], places: readonly Place[]): Missing[] {
  return places.map(({ id, name }) => ({ what, place: { id, name } }));
}

/** The firms that take the points of its estates' bills, and the estates of which nobody has said which firm that is. */
async function firmsServing({ engine, places, clock }: Sources, { community, estates, firms }: Found) {
  const serving: Place[] = [];
  const unclear: Place[] = [];
  for (const estate of estates) {
    const firm = await firmOf({ engine, places }, { estate: estate.id, day: dayOf(clock()) });
    if (isProblem(firm)) unclear.push(estate);
    else serving.push(firm);
  }
  // A firm of the street serves as one of the community does; one that is here may have no estate yet.
  const count = new Set([...serving, ...firms].map(({ id }) => id)).size;
  const near = count > 0 ? [] : await firmsNear(engine, await places.lineage(community.id));
  return { firms: serving, count, unclear: count + near.length === 0 ? [] : unclear };
}

/** Kinds of rules that are published for a community, there or above; one of tomorrow is, too. */
async function publishedRules(deps: Sources, community: Place): Promise<RuleKind[]> {
  const found: RuleKind[] = [];
  for (const kind of RULES) {
    const versions = await rulesAlong(deps, { kind, place: community.id, at: deps.clock() });
    if (versions.some((ofPlace) => ofPlace.length > 0)) found.push(kind);
  }
  return found;
}

async function withoutTerms({ engine, clock }: Sources, redeemers: readonly Place[]): Promise<Place[]> {
  const terms = await Promise.all(redeemers.map(({ id }) => termsFor(engine, { redeemer: id, at: clock() })));
  return redeemers.filter((_, nth) => Object.keys(terms[nth] ?? {}).length === 0);
}

/**
 * Who pays for what the rules give: the community for services, shops for purchases. A shop without a fund gives no
 * points, and may mean to; that no shop gives any is missed.
 */
async function fundsOfGivers(
  deps: Sources,
  { community, merchants }: Found,
): Promise<{ count: number; missing: Missing[] }> {
  const funds = new Map<string, Fund>();
  const missing: Missing[] = [];
  for (const [rule, givers] of [
    ['award', [community]],
    ['purchase', merchants],
  ] as const) {
    const unit = await unitOfRule(deps, rule, community);
    const found = unit === undefined ? [] : await fundsFor(deps, unit, givers);
    for (const fund of found) funds.set(fund.id, fund);
    if (found.length === 0) missing.push({ what: 'fund', rule });
  }
  const approved = await withBudget(deps.engine, [...funds.keys()]);
  for (const { id, name } of funds.values())
    if (!approved.has(id)) missing.push({ what: 'budget', place: { id, name } });
  return { count: approved.size, missing };
}

async function unitOfRule(
  deps: Sources,
  kind: 'award' | 'purchase',
  { id }: Place,
): Promise<string | undefined> {
  const [newest] = (await rulesAlong(deps, { kind, place: id, at: deps.clock() })).flat();
  const unit = newest?.body['unit'];
  return typeof unit === 'string' ? unit : undefined;
}

async function fundsFor(
  { engine, places }: { engine: Engine; places: Sources['places'] },
  unit: string,
  givers: readonly Place[],
): Promise<Fund[]> {
  const found = await Promise.all(givers.map(({ id }) => findFund({ engine, places }, { place: id, unit })));
  return found.filter((fund) => fund !== undefined);
}
