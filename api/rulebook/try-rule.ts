/**
 * What would change if: a draft of a rule, over what really happened at a place in a past month. The pure rules are run
 * again, once as they decided then and once as the draft would; nothing is written anywhere.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Engine } from '../db/index.ts';
import { offsetsOfPeriod, type OffsetToTry } from '../fees/index.ts';
import { findPerson } from '../identity/index.ts';
import { balancesOf } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { inTurns, ROWS_A_STEP } from '../platform/files/index.ts';
import { maskName, problem, type Problem } from '../platform/index.ts';
import {
  findFund,
  getFund,
  getRuleVersion,
  monthOf,
  periodOfMonth,
  publicHolidays,
  type Fund,
  type Grade,
  type Month,
} from '../programme/index.ts';
import { purchasesOfMonth } from '../shop/index.ts';
import { servedMinutes, servicesOfMonth, type Service } from '../volunteering/index.ts';
import { placesGoverned } from './places-governed.ts';
import { bodyOf } from './rule-body.ts';
import type { RuleBody } from './rules/rule-body.ts';
import { TrialBook, type FundPart, type TrialSums } from './rules/trial-sums.ts';
import { inOrderOf, offsetTrial, sameTurns } from './rules/try-offsets.ts';
import { purchaseTrial } from './rules/try-purchases.ts';
import { tryServices, type TriedService } from './rules/try-services.ts';

/** More than a street has in a month; a district is tried community by community. */
const MOST_ITEMS = 50_000;
const MOST_PLACES = 2_000;

type Draft<Kind extends RuleBody['kind']> = Extract<RuleBody, { kind: Kind }>;
type Asked<Body extends RuleBody = RuleBody> = { place: string; month: Month; body: Body };
/** Points, or fen of offsets, that were really booked for what was tried, and how much of it had to be presumed. */
type Tally = { booked: number; presumed: number; units: Map<string, { before: number; after: number }> };
type Work = {
  deps: ProductDeps;
  places: readonly string[];
  book: TrialBook;
  tally: Tally;
  month: Month;
  onCounted: OnCounted;
};
/** Told every so often how many were tried. */
type OnCounted = (done: number) => void;

export type Trial = {
  places: number;
  /** Places within that have a rule of their own, which the draft would not touch. */
  ownRule: number;
  booked: number;
  /** Services that were never rated and are taken for 满意, or wait and are taken for the best. */
  presumed: number;
  sums: TrialSums;
  people: { name: string; before: number; after: number }[];
  funds: (FundPart & { name: string; unit: string; rateMicro: number; unissued: number })[];
  /** Of offsets: the points that would pay, by unit. */
  units: { unit: string; before: number; after: number }[];
};

export async function tryRule(
  deps: ProductDeps,
  { place, month, body }: Asked,
  onCounted: OnCounted = () => undefined,
): Promise<Trial | Problem> {
  const wrong = monthProblem(deps, month);
  if (wrong) return wrong;
  const at = periodOfMonth(month).end - 1;
  const governed = await placesGoverned(deps, { place, kind: body.kind, at, most: MOST_PLACES });
  if (governed === undefined) return problem('trial-too-large');
  const { places, ownRule } = governed;
  const tally: Tally = { booked: 0, presumed: 0, units: new Map() };
  const work: Work = { deps, places, book: new TrialBook(), tally, month, onCounted };
  const isWhole = await run(work, body);
  if (!isWhole) return problem('trial-too-large');
  const sums = work.book.sums();
  return {
    ...{ places: places.length, ownRule, booked: tally.booked, presumed: tally.presumed, sums },
    people: await Promise.all(sums.people.top.map((one) => named(deps.engine, one))),
    funds: await fundsOf(deps.engine, sums.funds),
    units: [...tally.units].map(([unit, of]) => ({ unit, ...of })),
  };
}

/** False where there is more than is tried at once. */
function run(work: Work, body: RuleBody): Promise<boolean> {
  if (body.kind === 'award') return runServices(work, body);
  return body.kind === 'purchase' ? runPurchases(work, body) : runOffsets(work, body);
}

function monthProblem({ clock }: ProductDeps, month: Month): Problem | undefined {
  if (month <= monthOf(clock())) return undefined;
  const [zh, en] = ['这个月还没有到，请选过去的月份', 'That month has not come; choose one that has'];
  return problem('invalid-input', { fields: [{ field: 'month', zh, en }] });
}

/** The rules as they decided then, each read once. */
function citedRules({ engine }: ProductDeps): (citation: string) => Promise<RuleBody | undefined> {
  const known = new Map<string, Promise<RuleBody | undefined>>();
  return (citation) => {
    const found =
      known.get(citation) ?? getRuleVersion(engine, citation).then((rule) => rule && bodyOf(rule));
    known.set(citation, found);
    return found;
  };
}

/** The fund that gives a unit at a place, each looked for once. */
function fundFinder(deps: ProductDeps): (place: string, unit: string) => Promise<Fund | undefined> {
  const known = new Map<string, Promise<Fund | undefined>>();
  return (place, unit) => {
    const found = known.get(`${place} ${unit}`) ?? findFund(deps, { place, unit });
    known.set(`${place} ${unit}`, found);
    return found;
  };
}

/** What each of at most two funds gives: the one of then, and the draft's where its unit is another. */
function partsOf(
  then: Fund | undefined,
  now: Fund | undefined,
  sums: { before: number; after: number },
): FundPart[] {
  if (then && then.id === now?.id) return [{ fund: then.id, ...sums }];
  return [
    ...(then ? [{ fund: then.id, before: sums.before, after: 0 }] : []),
    ...(now ? [{ fund: now.id, before: 0, after: sums.after }] : []),
  ];
}

async function runServices(
  { deps, places, book, tally, month, onCounted }: Work,
  draft: Draft<'award'>,
): Promise<boolean> {
  const rows: Service[] = [];
  for (const place of places) {
    for await (const piece of servicesOfMonth(deps.engine, { place, month })) rows.push(...piece);
    if (rows.length > MOST_ITEMS) return false;
  }
  const citedRule = citedRules(deps);
  const then = new Map<string, Draft<'award'>>();
  for (const { ruleVersion } of rows) {
    const rule = await citedRule(ruleVersion);
    if (rule?.kind === 'award') then.set(ruleVersion, rule);
  }
  const cited = new Map(rows.map(({ id, ruleVersion }) => [id, then.get(ruleVersion)]));
  const services = rows.map(triedOf);
  const before = await inTurns(tryServices(services, ({ id }) => cited.get(id), publicHolidays));
  const after = await inTurns(tryServices(services, () => draft, publicHolidays));
  const fundOf = fundFinder(deps);
  for (const [nth, row] of rows.entries()) {
    if (nth % ROWS_A_STEP === 0) {
      onCounted(nth);
      await nextTurn();
    }
    const sums = { before: before.get(row.id) ?? 0, after: after.get(row.id) ?? 0 };
    const unit = cited.get(row.id)?.unit ?? draft.unit;
    const funds = partsOf(await fundOf(row.place, unit), await fundOf(row.place, draft.unit), sums);
    book.add({ ...sums, type: row.type, person: row.member, funds });
    tally.booked += row.state === 'released' || row.state === 'waiting' ? row.points : 0;
    tally.presumed += row.grade === null ? 1 : 0;
  }
  return true;
}

function triedOf(row: Service): TriedService {
  const { id, member, type, startsAt, endsAt, trust, grade } = row;
  const of = { id, member, type, startsAt, endsAt, trust, servedMinutes: servedMinutes(row) };
  return { ...of, isWaiting: row.state === 'waiting', ...(grade !== null && { grade: grade as Grade }) };
}

async function runPurchases(
  { deps, places, book, tally, month, onCounted }: Work,
  draft: Draft<'purchase'>,
): Promise<boolean> {
  const citedRule = citedRules(deps);
  const fundOf = fundFinder(deps);
  const [asThen, asDrafted] = [purchaseTrial(), purchaseTrial()];
  let count = 0;
  for (const place of places) {
    const name = (await deps.places.find(place))?.name ?? '';
    for await (const piece of purchasesOfMonth(deps.engine, { place, month })) {
      count += piece.length;
      if (count > MOST_ITEMS) return false;
      onCounted(count - piece.length);
      for (const [nth, row] of piece.entries()) {
        // SQLite answers within the turn, so that only this lets others have theirs.
        if (nth % ROWS_A_STEP === 0) await nextTurn();
        const { member, amountFen, paidWithPointsFen, createdAt: at } = row;
        const purchase = { member, at, amountFen, paidWithPointsFen };
        const cited = await citedRule(row.ruleVersion);
        const before = cited?.kind === 'purchase' ? asThen(cited, purchase) : row.points;
        const sums = { before, after: asDrafted(draft, purchase) };
        const funds = partsOf(await fundOf(place, row.unit), await fundOf(place, draft.unit), sums);
        book.add({ ...sums, type: name, person: member, funds });
        tally.booked += row.points;
      }
    }
  }
  return true;
}

async function runOffsets(
  { deps, places, book, tally, month, onCounted }: Work,
  draft: Draft<'offset'>,
): Promise<boolean> {
  const citedRule = citedRules(deps);
  const [asThen, asDrafted] = [offsetTrial(), offsetTrial()];
  let count = 0;
  for (const estate of places) {
    const found: OffsetToTry[] = [];
    for await (const piece of offsetsOfPeriod(deps, { estate, period: month })) {
      onCounted(count);
      await nextTurn();
      count += piece.length;
      if (count > MOST_ITEMS / 10) return false;
      found.push(...piece);
    }
    const wanted = new Map<string, { chosenFen: number | undefined; wasInTurn: boolean }>();
    for (const { offset, request } of found) {
      const cited = await citedRule(offset.ruleVersion);
      const then = cited?.kind === 'offset' ? cited : undefined;
      // It was in turn then: it happened.
      const most = then ? asThen(then, { ...request, waiting: [] }).valueFen : offset.valueFen;
      const chosenFen = offset.valueFen < most ? offset.valueFen : undefined;
      wanted.set(offset.id, { chosenFen, wasInTurn: then !== undefined && sameTurns(then, draft) });
    }
    for (const { offset, request } of inOrderOf(draft, found)) {
      const { chosenFen, wasInTurn = false } = wanted.get(offset.id) ?? {};
      const asked = wasInTurn ? { ...request, waiting: [] } : request;
      const outcome = asDrafted(draft, asked, chosenFen);
      const sums = { before: offset.valueFen, after: outcome.valueFen };
      book.add({ ...sums, type: offset.item, person: offset.member, funds: [] });
      tally.booked += offset.valueFen;
      countUnits(tally.units, offset.points, outcome.points);
    }
  }
  return true;
}

function countUnits(
  units: Tally['units'],
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): void {
  for (const unit of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const known = units.get(unit) ?? { before: 0, after: 0 };
    const sums = { before: known.before + (before[unit] ?? 0), after: known.after + (after[unit] ?? 0) };
    units.set(unit, sums);
  }
}

async function named(engine: Engine, { person, ...sums }: { person: string; before: number; after: number }) {
  return { name: maskName((await findPerson(engine, person))?.name ?? ''), ...sums };
}

async function fundsOf(engine: Engine, parts: readonly FundPart[]): Promise<Trial['funds']> {
  const found: Trial['funds'] = [];
  for (const part of parts.slice(0, 100)) {
    const fund = await getFund(engine, part.fund);
    if (!fund) continue;
    const balances = await balancesOf(engine, { book: fund.book, owner: fund.id });
    const unissued = balances.find(({ role }) => role === 'unissued')?.balance ?? 0;
    found.push({ ...part, name: fund.name, unit: fund.unit, rateMicro: fund.rateMicro, unissued });
  }
  return found;
}
