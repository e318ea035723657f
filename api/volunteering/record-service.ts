/**
 * A service was done: its record is kept, and what it can earn at best is set aside out of the budget until it is
 * rated. Hours that earn nothing are recorded with the steps that say why.
 */
import { findPerson, peopleBehind } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { findPosted, post, tallyTotals, untilFresh, type Posted } from '../ledger/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../platform/index.ts';
import { awardRuleSchema, bestGrade, citeRule, findFund, findRule } from '../programme/index.ts';
import { overlapsWith } from './rules/attendance.ts';
import { awardFor, presencesKey, presencesOf, type Attendance } from './service.ts';

export type ServiceInput = Attendance & { place: string };

const DAY_MS = 86_400_000;
/** Records of long ago go through a correction, not through this form. */
const OLDEST_MS = 90 * DAY_MS;

type Asked = { input: ServiceInput; actor: Actor; key: string; scope: string };
type Recorded = { service: string; posted: Posted };

/** Two colleagues may record one member's services at once: the later one sees the first one's record and points. */
export function recordService(deps: ProductDeps, asked: Asked): Promise<Recorded | Problem> {
  return untilFresh(() => recordOnce(deps, asked));
}

async function recordOnce(
  deps: ProductDeps,
  { input, actor, key, scope }: Asked,
): Promise<Recorded | Problem> {
  const { engine, places } = deps;
  const book = await places.bookOf(input.place);
  if (book === undefined) return problem('not-found');
  const ask = { book, scope, key, request: ['record-service', input] };
  const before = await findPosted(deps, ask);
  if (before) return answerOf(before);
  const presences = presencesKey(input.member);
  // Before the records themselves, so that none is missing of those that it counts.
  const recorded = (await tallyTotals(engine, { book, keys: [presences] })).get(presences) ?? 0;
  const wrong =
    timeProblem(input, deps.clock()) ??
    (await memberProblem(deps, { book, member: input.member, actor })) ??
    (await overlapProblem(deps, input));
  if (wrong) return wrong;
  const found = await findRule({ engine, places }, { kind: 'award', place: input.place, at: input.startsAt });
  const rule = found && awardRuleSchema.parse(found.body);
  if (!found || rule?.kind !== 'award') return problem('no-rule-in-force');
  const fund = await findFund({ engine, places }, { place: input.place, unit: rule.unit });
  if (!fund) return problem('no-fund');
  const best = await awardFor(engine, {
    book,
    rule,
    attendance: input,
    grade: bestGrade(rule),
    isGradePresumed: true,
    reserved: 0,
  });
  const earns = best.points > 0;
  const id = deps.ids();
  const ruleVersion = citeRule(found);
  const posted = await post(deps, ask, {
    id,
    actor,
    place: input.place,
    ruleVersion,
    tallies: [...best.tallies, { key: presences, add: 1, was: recorded }],
    commands: earns
      ? [{ do: 'award', member: input.member, fund: fund.id, unit: rule.unit, amount: best.points }]
      : [],
    rows: [
      {
        insert: 'services',
        values: {
          id,
          place: input.place,
          member: input.member,
          type: input.type,
          starts_at: input.startsAt,
          ends_at: input.endsAt,
          attended_from: input.attendedFrom,
          attended_to: input.attendedTo,
          trust: input.trust,
          state: earns ? 'waiting' : 'no-points',
          grade: null,
          points: best.points,
          steps: JSON.stringify(best.steps),
          rule_version: ruleVersion,
          recorded_by: actorText(actor),
          award_transaction: earns ? { planned: 'transaction' } : null,
          created_at: deps.clock(),
        },
      },
    ],
  });
  return answerOf(posted);
}

function answerOf(posted: Posted | Problem): Recorded | Problem {
  return isProblem(posted) ? posted : { service: posted.unit, posted };
}

/** Nobody serves in two places at once (trap 14). */
async function overlapProblem({ engine }: ProductDeps, input: ServiceInput): Promise<Problem | undefined> {
  const others = await presencesOf(engine, input.member);
  const attended = { from: input.attendedFrom, to: input.attendedTo };
  return overlapsWith(attended, others).length > 0 ? problem('service-overlaps') : undefined;
}

function timeProblem(input: ServiceInput, now: number): Problem | undefined {
  const field = (name: string, zh: string, en: string) =>
    problem('invalid-input', { fields: [{ field: name, zh, en }] });
  if (input.endsAt <= input.startsAt) {
    return field('endsAt', '结束时间要晚于开始时间', 'It must end after it starts');
  }
  if (input.endsAt - input.startsAt > DAY_MS) {
    return field('endsAt', '一次活动不能超过 24 小时', 'An activity lasts at most 24 hours');
  }
  if (input.attendedTo <= input.attendedFrom) {
    return field('attendedTo', '签退时间要晚于签到时间', 'Checking out comes after checking in');
  }
  if (input.attendedTo > now) {
    return field('attendedTo', '签退时间不能晚于现在', 'Checking out cannot lie in the future');
  }
  // A presence of years would stand in the way of every later service.
  if (input.attendedTo - input.attendedFrom > DAY_MS) {
    return field('attendedFrom', '一次到场不能超过 24 小时', 'Nobody attends for more than 24 hours');
  }
  if (input.startsAt < now - OLDEST_MS) {
    return field('startsAt', '超过 90 天的服务不能在这里登记', 'Older than 90 days');
  }
  if (input.attendedTo <= input.startsAt || input.attendedFrom >= input.endsAt) {
    return field(
      'attendedFrom',
      '签到签退的时间不在这次活动里',
      'They came and left outside of the activity',
    );
  }
  return undefined;
}

async function memberProblem(
  { engine, places, clock }: ProductDeps,
  { book, member, actor }: { book: number; member: string; actor: Actor },
): Promise<Problem | undefined> {
  const recording = { actor: actorText(actor), at: clock() };
  if ((await peopleBehind(engine, recording)).has(`person:${member}`)) return problem('second-person-needed');
  const person = await findPerson(engine, member);
  if (!person || person.erasedAt !== null || !(await places.booksOf(member)).has(book)) {
    return problem('invalid-input', {
      fields: [{ field: 'member', zh: '没有找到这位居民', en: 'No such resident' }],
    });
  }
  return undefined;
}
