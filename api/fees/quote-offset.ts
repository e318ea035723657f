/** What a resident could offset of a bill now: the facts gathered for the pure rule, and its answer. */
import { createHash } from 'node:crypto';
import type { Engine } from '../db/index.ts';
import { balancesOf, tallyTotals, termsOf, type Balance, type TermsByFund } from '../ledger/index.ts';
import { firmOf, householdSince, relationTo, type ProductDeps } from '../places/index.ts';
import { isProblem, problem, type Problem } from '../platform/index.ts';
import { addMonths, citeRule, dayOf, findRule, joinMonths, monthOf } from '../programme/index.ts';
import { termsFor, UNIT_NAMES } from '../programme/index.ts';
import type { Day, Instant, Month } from '../programme/index.ts';
import {
  billsOfHouse,
  findBill,
  findImportedAt,
  offsetNotCounted,
  offsetsInForce,
  type Bill,
} from './bills.ts';
import { countedOtherwise } from './counted-otherwise.ts';
import { leftOfBills } from './left-to-pay.ts';
import { monthsOfPlace } from './months-of-place.ts';
import { offsetAgainUntil } from './offset-again.ts';
import { billLine } from './plan-bills.ts';
import { consentsOfHouse, type PoolConsent } from './pool-consents.ts';
import { arrearsOf, firstMonthOf, issuesBefore } from './rules/arrears.ts';
import { dueMonthOf } from './rules/bill-months.ts';
import { receivedSince } from './rules/received-since.ts';
import { offsetCapKey, quoteOffset, type OffsetQuote } from './rules/offset.ts';
import type { OffsetRule } from './rules/offset-rule.ts';
import type { WaitingLine } from './rules/offset-turn.ts';
import { offsetRuleSchema } from './rules/offset.schemas.ts';

export type QuotedBill = {
  bill: Bill;
  book: number;
  firm: string;
  terms: TermsByFund;
  rule: OffsetRule;
  ruleVersion: string;
  /** Since when the household owns the house, where others owned it before. */
  householdSince: Day | null;
  quote: OffsetQuote;
  /** Others of the household who agreed to pay along, and those of them whose points it takes. */
  agreed: PoolConsent[];
  pool: PoolConsent[];
};
type QuoteDeps = Pick<ProductDeps, 'engine' | 'places' | 'clock'>;

/**
 * `wantedFen`: what the resident chose; the most that is possible when left out. `together`: what their own points do not
 * reach is paid by those of the household who agreed to it.
 */
export async function quoteForBill(
  deps: QuoteDeps,
  input: { bill: string; member: string; wantedFen?: number; together?: boolean },
): Promise<QuotedBill | Problem> {
  const { engine, places, clock } = deps;
  const now = clock();
  const bill = await findBill(engine, input.bill);
  const book = bill && (await places.bookOf(bill.estate));
  if (!bill || book === undefined) return problem('not-found');
  if (bill.state !== 'open') return problem(`bill-${bill.state}`);
  const firm = await firmOf(deps, { estate: bill.estate, day: dayOf(now) });
  if (isProblem(firm)) return firm;
  const found = await findRule({ engine, places }, { kind: 'offset', place: bill.estate, at: now });
  if (!found) return problem('no-rule-in-force');
  const rule = offsetRuleSchema.parse(found.body);
  const { house, item, amountFen, paidFen } = bill;
  const period = dueMonthOf(bill);
  const relation = await relationTo(engine, { person: input.member, house, day: dayOf(now) });
  // A closed month stays as it was signed: what is owed of it is paid in money, and it has no turn.
  const asksClosed = rule.arrears !== undefined || bill.issue > 1;
  const closed = asksClosed ? (await monthsOfPlace(engine, bill.estate)).closed : [];
  const isClosed = closed.includes(period);
  if (rule.arrears && isClosed) return paidInMoney(period);
  const since = await householdSince(engine, { house, day: dayOf(now) });
  const line = await lineOf(deps, { bill, now, since });
  const { mine } = line;
  if (mine !== undefined) {
    return problem('already-done', {
      detail: {
        zh: `这张账单已经抵扣过了（${mine}），要改金额请先取消`,
        en: `Offset already (${mine}); cancel it to change the amount`,
      },
    });
  }
  const terms = await termsFor(engine, { redeemer: firm.id, at: now });
  if (Object.keys(terms).length === 0) return problem('terms-missing');
  const capKey = offsetCapKey(house, period, since);
  const used = await tallyTotals(engine, { book, keys: [capKey] });
  const countedOtherwiseFen = await countedOtherwise(engine, { house, period, since, ...line });
  const agreed = await payingAlong(engine, { house, day: dayOf(now), member: input.member, rule });
  const others = (input.together ? agreed : []).map(async ({ person: other }) => ({
    member: other,
    holdings: await holdingsOf(deps, { book, member: other, terms }),
  }));
  const answer = quoteOffset(rule, {
    at: now,
    household: house,
    householdSince: since,
    againUntil: isClosed ? undefined : await offsetAgainUntil(engine, bill, line.issues),
    relation: relation ?? 'none',
    bill: {
      ...{ item, period, amountFen, paidFen, offsetFen: line.offsetFen },
      ...(bill.periodTo !== null && { months: joinMonths(bill) }),
    },
    arrearsFen: line.arrearsFen,
    usedThisMonthFen: (used.get(capKey) ?? 0) + countedOtherwiseFen,
    countedOtherwiseFen,
    waiting: line.waiting.filter((other) => !rule.arrears || !closed.includes(other.period)),
    holdings: await holdingsOf(deps, { book, member: input.member, terms }),
    others: await Promise.all(others),
    unitNames: UNIT_NAMES,
    ...(input.wantedFen === undefined ? {} : { wantedFen: input.wantedFen }),
  });
  if ('refusal' in answer) {
    const { code, zh, en } = answer.refusal;
    return problem(code, { detail: { zh, en } });
  }
  const { quote } = answer;
  const pool = agreed.filter(({ person: other }) => quote.parts.some(({ member }) => member === other));
  const of = { bill, book, firm: firm.id, terms, rule, ruleVersion: citeRule(found) };
  return { ...of, householdSince: since ?? null, quote, agreed, pool };
}

/** Others who agreed and may themselves offset: the owner and family, by the rule's `who may`. */
async function payingAlong(
  engine: Engine,
  { house, day, member, rule }: { house: string; day: string; member: string; rule: OffsetRule },
): Promise<PoolConsent[]> {
  const agreed = await consentsOfHouse(engine, { house, day });
  return agreed.filter(({ person, relation }) => person !== member && rule.relations.includes(relation));
}

/**
 * Stands for whose points go, and which: what was seen of a household's points is what is taken, or nothing. Undefined
 * where only whoever asks pays.
 */
export function seenOf({ quote }: Pick<QuotedBill, 'quote'>): string | undefined {
  if (!paidTogether(quote)) return undefined;
  const seen = quote.parts.map(({ member, takes }) => [
    member ?? '',
    takes.map(({ series, points }) => [series, points]),
  ]);
  return createHash('sha256').update(JSON.stringify(seen)).digest('base64url');
}

export function paidTogether({ parts }: OffsetQuote): boolean {
  return parts.some(({ member }) => member !== undefined);
}

function paidInMoney(period: string): Problem {
  const zh = `${period} 已经关账，这张账单不能再用积分抵扣，没缴的部分请直接向物业缴，缴清后，以后月份的账单照常可以抵扣`;
  const en = `${period} is closed: points can no longer pay this bill. Pay what is left of it to the firm; then bills of later months can be offset as usual`;
  return problem('month-closed', { detail: { zh, en } });
}

/**
 * What is offset on any issue of the line (points put against an old issue still count), and what the household owes from
 * before: months before it had the house are the seller's.
 */
async function lineOf(
  { engine }: QuoteDeps,
  { bill, now, since }: { bill: Bill; now: Instant; since: Day | undefined },
) {
  const issues = await billsOfHouse(engine, bill.house);
  const offsets = await offsetsInForce(
    engine,
    issues.map(({ id }) => id),
  );
  const offsetFen = new Map<string, number>();
  for (const each of offsets) offsetFen.set(each.bill, (offsetFen.get(each.bill) ?? 0) + each.valueFen);
  const left = await leftOfBills(engine, [bill.id]);
  const from = since === undefined ? undefined : firstMonthOf(since);
  const arrearsFen = arrearsOf({
    // Who pays ahead (预缴) owes nothing yet of the months to come.
    before: earlierOf(dueMonthOf(bill), addMonths(monthOf(now), 1)),
    issues,
    offsetFen,
    said: await saidOf(engine, bill, issues),
    ...(from !== undefined && { from }),
  });
  const mine = offsets.find((each) => each.bill === bill.id)?.number;
  const waiting = waitingLines(bill, issues, offsetFen).filter(
    (other) => from === undefined || other.period >= from || other.period === dueMonthOf(bill),
  );
  return { offsetFen: left.get(bill.id)?.offsetFen ?? 0, arrearsFen, mine, waiting, issues, offsets };
}

function earlierOf(a: Month, b: Month): Month {
  return a < b ? a : b;
}

/** The other lines of the house as they stand; points put against an old issue count for its line. */
function waitingLines(
  { id }: Bill,
  issues: readonly Bill[],
  offsetFen: ReadonlyMap<string, number>,
): WaitingLine[] {
  const ofLine = new Map<string, number>();
  for (const issue of issues) {
    const line = billLine(issue);
    ofLine.set(line, (ofLine.get(line) ?? 0) + (offsetFen.get(issue.id) ?? 0));
  }
  return issues
    .filter((other) => other.state === 'open' && other.id !== id)
    .map((other) => {
      const { item, amountFen, paidFen } = other;
      const period = dueMonthOf(other);
      const lineFen = ofLine.get(billLine(other)) ?? 0;
      return {
        item,
        period,
        amountFen,
        leftFen: Math.max(0, amountFen - paidFen - lineFen),
        offsetFen: lineFen,
      };
    });
}

async function saidOf(engine: Engine, bill: Bill, issues: readonly Bill[]) {
  const { pastDueFen } = bill;
  if (pastDueFen === null) return undefined;
  const earlier = issuesBefore(dueMonthOf(bill), issues);
  const at = (await findImportedAt(engine, bill.import)) ?? bill.createdAt;
  const of = { bills: earlier.map(({ id }) => id), day: dayOf(at) };
  const notCountedFen = await offsetNotCounted(engine, of);
  return { pastDueFen, notCountedFen, receivedFen: receivedSince(earlier, at) };
}

/** What the firm takes of a member's points. */
async function holdingsOf(
  { engine }: QuoteDeps,
  { book, member, terms }: { book: number; member: string; terms: TermsByFund },
) {
  return usableFor(terms, await balancesOf(engine, { book, owner: member }));
}

/** Of what a member has, or had, the points that a redeemer of these terms takes. */
export function usableFor(terms: TermsByFund, balances: readonly Balance[]) {
  return balances
    .filter(({ role, kind, fund }) => role === 'available' && kind === 'series' && termsOf(terms, fund))
    .map(({ asset, unit, expiresAt, balance }) => ({ series: asset, unit, expiresAt, available: balance }));
}
