/**
 * 抵扣: points are promised to the firm against one bill line, as the resident saw it: the value that was quoted or
 * nothing. Every member's hold, the number, the household's cap and the document take effect together.
 */
import { eq } from 'drizzle-orm';
import { actedByOf, byConsent, type ActedBy } from '../identity/index.ts';
import { findPosted, post, tallyTotals, untilFresh, type Posted, type RowChange } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { isProblem, problem, type Actor, type Problem } from '../platform/index.ts';
import { addMonths, joinMonths, monthOf, periodOfMonth } from '../programme/index.ts';
import { offsetPartKey } from './offset-parts.ts';
import { paidTogether, quoteForBill, seenOf, type QuotedBill } from './quote-offset.ts';
import { dueMonthOf } from './rules/bill-months.ts';
import { numberingKeys, numberingOf, type Numbering } from './rules/numbering.ts';

export type OffsetInput = {
  bill: string;
  member: string;
  /** What the resident saw and agreed to. */
  valueFen: number;
  /** The points that were to go for it, of all units together. */
  points?: number;
  /** What was seen of the household's points where others pay along (`seenOf`); without it nobody else does. */
  seen?: string;
};

/**
 * A hold lasts to the end of the second month after: the firm posts June's offsets in July, at the latest in August. What is
 * paid ahead lasts as long from the month that it is for, in which a firm may post it only then.
 */
const HOLD_MONTHS = 2;

type Asked = {
  input: OffsetInput;
  actor: Actor;
  /** Who does it for the member; worked out from the actor where nothing is said. */
  actedBy?: ActedBy | null;
  key: string;
  scope: string;
};
type Confirmed = { offset: string; posted: Posted };

/** What has changed since the quote is quoted again: the same value of other points, or a value that is no more. */
export function confirmOffset(deps: ProductDeps, asked: Asked): Promise<Confirmed | Problem> {
  return untilFresh(() => confirmOnce(deps, asked));
}

async function confirmOnce(
  deps: ProductDeps,
  { input, actor, actedBy = actedByOf(actor), key, scope }: Asked,
): Promise<Confirmed | Problem> {
  const { engine, places } = deps;
  const { bills } = engine.tables;
  const [estate] = await engine.db.select({ id: bills.estate }).from(bills).where(eq(bills.id, input.bill));
  const book = estate && (await places.bookOf(estate.id));
  if (book === undefined) return problem('not-found');
  const ask = { book, scope, key, request: ['confirm-offset', input] };
  const before = await findPosted(deps, ask);
  if (before) return isProblem(before) ? before : { offset: before.unit, posted: before };
  const { bill, member, valueFen, points, seen } = input;
  const together = seen !== undefined;
  // One instant for the whole unit: its cut-off, its number's month and its hold's end are of the same moment.
  const now = deps.clock();
  const atOnce = { ...deps, clock: () => now };
  const quoted = await quoteForBill(atOnce, { bill, member, wantedFen: valueFen, together });
  if (isProblem(quoted)) return quoted.code === 'more-than-allowed' ? problem('quote-changed') : quoted;
  // Fewer points than then: the rule offers less than what was agreed to.
  if (quoted.quote.valueFen !== valueFen) return problem('quote-changed');
  // The same value for other points than were shown: a rule that came into force in between.
  const taken = quoted.quote.takes.reduce((sum, take) => sum + take.points, 0);
  if (points !== undefined && taken !== points) return problem('quote-changed');
  // Others' points than were shown: somebody took their word back, gave it, or has other points by now.
  if (together && seenOf(quoted) !== seen) return problem('quote-changed');
  const consent = await byConsent(engine, actedBy, now);
  if (isProblem(consent)) return consent;
  const id = deps.ids();
  const numbering = await nextNumbering(atOnce, quoted);
  const { rows, ...unit } = unitOf(atOnce, { id, member, quoted, actedBy, numbering });
  const posted = await post(deps, ask, { id, actor, ...unit, rows: [...rows, ...consent] });
  return isProblem(posted) ? quoteChanged(posted) : { offset: posted.unit, posted };
}

/** Consecutive per firm and month. */
async function nextNumbering(
  { engine, clock }: ProductDeps,
  { bill, book, firm }: QuotedBill,
): Promise<Numbering> {
  const at = { estate: bill.estate, firm, month: monthOf(clock()) };
  return numberingOf(at, await tallyTotals(engine, { book, keys: Object.values(numberingKeys(at)) }));
}

function unitOf(
  deps: ProductDeps,
  { id, member, quoted, actedBy, numbering }: Pick<OffsetInput, 'member'> & Made,
) {
  const { bill, firm, terms, quote, ruleVersion, pool } = quoted;
  const now = deps.clock();
  const month = monthOf(now);
  const duePeriod = dueMonthOf(bill);
  const due = duePeriod > month ? duePeriod : month;
  const endsAt = periodOfMonth(addMonths(due, HOLD_MONTHS)).end;
  const { worthMicro } = quote;
  const parts = quote.parts.map((part, nth) => ({
    ...part,
    member: part.member ?? member,
    hold: nth === 0 ? id : deps.ids(),
  }));
  const made = { offset: id, createdAt: now };
  const isTogether = paidTogether(quote);
  return {
    place: bill.estate,
    ruleVersion,
    commands: parts.map(({ hold, member: giver, valueMicro, takes }) => ({
      do: 'hold' as const,
      hold,
      member: giver,
      redeemer: firm,
      // The document works its value out from these points, so these are taken or none.
      take: { valueMicro, worthMicro, madeOf: takes.map(partOf) },
      endsAt,
      terms,
    })),
    tallies: [
      ...quote.tallies,
      ...(isTogether
        ? parts.map(({ hold, valueFen }) => ({ key: offsetPartKey(member, hold), add: valueFen }))
        : []),
      ...numbering.tallies,
    ],
    uniques: [{ key: offsetUnique(bill.id) }],
    number: numbering.number,
    rows: [
      {
        insert: 'offsets',
        values: {
          id,
          number: { planned: 'number' as const },
          estate: bill.estate,
          bill: bill.id,
          bill_issue: bill.issue,
          house: bill.house,
          household_since: quoted.householdSince,
          item: bill.item,
          period: dueMonthOf(bill),
          bill_months: bill.periodTo === null ? null : joinMonths(bill),
          member,
          value_fen: quote.valueFen,
          points: JSON.stringify(byUnit(quote.takes)),
          steps: JSON.stringify(quote.steps),
          rule_version: ruleVersion,
          hold: id,
          state: 'held',
          hold_transaction: { planned: 'transaction' as const },
          acted_by: actedBy && JSON.stringify(actedBy),
          created_at: now,
        },
      },
      ...(isTogether ? parts.map((part, nth) => partRow(deps.ids(), { ...part, ...made, nth })) : []),
      // A word taken back at this moment comes first or comes too late: the quote is worked out again.
      ...pool.map(({ id: consent, version, person }) => ({
        ...{ update: 'pool_consents', id: consent, version, set: { given_by: `person:${person}` } },
      })),
      // The bill's version moves with each offset: an import that reissues it at this moment makes one of us try again.
      { update: 'bills', id: bill.id, version: bill.version, set: { state: 'open' } },
    ],
  };
}

type Made = { id: string; quoted: QuotedBill; actedBy: ActedBy | null; numbering: Numbering };
type Takes = QuotedBill['quote']['takes'];
type PartMade = {
  offset: string;
  nth: number;
  member: string;
  hold: string;
  valueFen: number;
  takes: Takes;
  createdAt: number;
};

function partRow(id: string, { offset, nth, member, hold, valueFen, takes, createdAt }: PartMade): RowChange {
  return {
    insert: 'offset_parts',
    values: {
      ...{ id, offset_id: offset, nth, member, hold, value_fen: valueFen, created_at: createdAt },
      points: JSON.stringify(byUnit(takes)),
      hold_transaction: { planned: 'transaction', nth },
    },
  };
}

function byUnit(takes: Takes): Record<string, number> {
  const points: Record<string, number> = {};
  for (const take of takes) points[take.unit] = (points[take.unit] ?? 0) + take.points;
  return points;
}

function partOf({ series, points }: Takes[number]) {
  return { series, points };
}

/** One bill, one offset that counts. */
export function offsetUnique(bill: string): string {
  return `offset:${bill}`;
}

/** Points that went elsewhere between the look and the confirm: the resident looks again. */
function quoteChanged(refused: Problem): Problem {
  const changed = ['value-not-reachable', 'insufficient-points', 'cap-exceeded'];
  return changed.includes(refused.code) ? problem('quote-changed') : refused;
}
