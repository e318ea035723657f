/**
 * The programme of a community from the template: rules by which points are given and offset, who pays for them, and on
 * which terms shops and the firm take them. What is there already stays, so a shop added later is served by applying it
 * again. It holds from the beginning of last month, so that a service of last week can be the first one recorded. Its
 * terms are about all funds, so they are made only by whoever answers for the whole book; others are told how many are left.
 */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { demoOffsetRule } from '../fees/index.ts';
import { allChildren, type Place, type ProductDeps } from '../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../platform/index.ts';
import {
  addAgreement,
  addFund,
  addMonths,
  demoPurchaseRule,
  demoServiceRule,
  mayBindAll,
  monthOf,
  periodOfMonth,
  publishRule,
} from '../programme/index.ts';

const TEMPLATE = [demoServiceRule, demoPurchaseRule, demoOffsetRule] as const;
const FULL_FACTOR = 10_000;
/** ¥0.10 a volunteer point and ¥0.01 a consumer point. */
const RATES = { volunteer: 100_000, consumer: 10_000 } as const;

export type Applied = {
  rules: number;
  funds: number;
  agreements: number;
  /** Shops and firms that are left without terms, since the actor may not make them. */
  agreementsLeft: number;
};

export async function applyTemplate(
  deps: ProductDeps,
  { community: id, actor, reason }: { community: string; actor: Actor; reason: string },
): Promise<Applied | Problem> {
  const community = await deps.places.find(id);
  if (community?.kind !== 'community') return problem('not-found');
  const [shops, firms, clearing] = await Promise.all([
    children(deps, community.id, 'merchant'),
    children(deps, community.id, 'firm'),
    children(deps, community.parent, 'clearing'),
  ]);
  const rules = await publishMissing(deps, { community, actor, reason });
  const funds = await openMissing(deps, [
    { place: community, name: `${community.name}志愿服务经费`, ...volunteer() },
    ...shops.map((place) => ({ place, name: `${place.name}消费积分经费`, ...consumer() })),
  ]);
  const via = clearing[0]?.id;
  const missing = via === undefined ? [] : await withoutTerms(deps, [...firms, ...shops]);
  const mayAgree = await mayBindAll(deps, actor, community.id);
  if (via === undefined || !mayAgree) return { rules, funds, agreements: 0, agreementsLeft: missing.length };
  const agreements = await agree(deps, { redeemers: missing, via, madeBy: actorText(actor), basis: reason });
  return { rules, funds, agreements, agreementsLeft: 0 };
}

const beginning = ({ clock }: ProductDeps) => periodOfMonth(addMonths(monthOf(clock()), -1)).start;
const volunteer = () => ({ unit: 'VOL', rateMicro: RATES.volunteer });
const consumer = () => ({ unit: demoPurchaseRule.unit, rateMicro: RATES.consumer });

function children({ engine }: ProductDeps, place: string, kind: Place['kind']): Promise<Place[]> {
  return allChildren(engine, { place, kind });
}

async function publishMissing(
  deps: ProductDeps,
  { community, actor, reason }: { community: Place; actor: Actor; reason: string },
): Promise<number> {
  const { ruleVersions: t } = deps.engine.tables;
  const stands = and(eq(t.place, community.id), isNull(t.withdrawnAt));
  const there = await deps.engine.db.select({ kind: t.kind }).from(t).where(stands);
  const missing = TEMPLATE.filter(({ kind }) => there.every((rule) => rule.kind !== kind));
  for (const rule of missing) {
    const version = { place: community.id, kind: rule.kind, body: { ...rule }, validFrom: beginning(deps) };
    await publishRule(deps, { ...version, reason, actor });
  }
  return missing.length;
}

type Wanted = { place: Place; name: string; unit: string; rateMicro: number };

async function openMissing(deps: ProductDeps, wanted: readonly Wanted[]): Promise<number> {
  let opened = 0;
  for (const { place, ...fund } of wanted) {
    const made = await addFund(deps, { ...fund, book: place.book, place: place.id, budgetReturns: true });
    // One that is there already keeps its name and its rate.
    if (!isProblem(made)) opened += 1;
  }
  return opened;
}

/** Those that have no agreement with all funds, nor had one. */
async function withoutTerms({ engine }: ProductDeps, redeemers: readonly Place[]): Promise<string[]> {
  const { agreements: t } = engine.tables;
  const ids = redeemers.map(({ id }) => id);
  if (ids.length === 0) return [];
  const there = await engine.db
    .select({ redeemer: t.redeemer })
    .from(t)
    .where(and(inArray(t.redeemer, ids), eq(t.fund, '*')));
  const known = new Set(there.map(({ redeemer }) => redeemer));
  return ids.filter((id) => !known.has(id));
}

async function agree(
  deps: ProductDeps,
  { redeemers, via, ...said }: { redeemers: readonly string[]; via: string; madeBy: string; basis: string },
): Promise<number> {
  const terms = { mode: 'clearing' as const, via, factor: FULL_FACTOR };
  let made = 0;
  for (const redeemer of redeemers) {
    const added = await addAgreement(deps, {
      ...{ redeemer, fund: '*', terms, validFrom: beginning(deps) },
      ...said,
    });
    if (!isProblem(added)) made += 1;
  }
  return made;
}
