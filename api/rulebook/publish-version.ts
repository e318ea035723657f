/**
 * A new version begins on a day that is still to come, so that nothing that was decided by the rule in force would be
 * decided otherwise. Where a place has no rule of the kind yet there is nothing to displace: its first version may
 * reach back to the beginning of last month, for the services that are still to be recorded.
 */
import type { ProductDeps } from '../places/index.ts';
import { problem, type Actor, type Problem } from '../platform/index.ts';
import {
  addDays,
  addMonths,
  calendarProblem,
  dayOf,
  findRule,
  monthOf,
  publishRule,
  startOfDay,
  type Day,
} from '../programme/index.ts';
import type { RuleBody } from './rules/rule-body.ts';

/** Further ahead is a slip of the year. */
const MOST_DAYS_AHEAD = 730;

export async function publishVersion(
  deps: ProductDeps,
  input: { place: string; body: RuleBody; from: Day; reason: string; basis: string; actor: Actor },
): Promise<{ id: string } | Problem> {
  const { place, body, from, reason, basis, actor } = input;
  const wrong = await dayProblem(deps, { place, kind: body.kind, from });
  if (wrong) return wrong;
  const uncalendared = await otherCalendar(deps, place, body);
  if (uncalendared) return uncalendared;
  const said = { reason, basis, actor };
  return publishRule(deps, {
    place,
    kind: body.kind,
    body: { ...body },
    validFrom: startOfDay(from),
    ...said,
  });
}

async function dayProblem(
  deps: ProductDeps,
  { place, kind, from }: { place: string; kind: RuleBody['kind']; from: Day },
): Promise<Problem | undefined> {
  const now = deps.clock();
  const today = dayOf(now);
  const inForce = await findRule(deps, { place, kind, at: now });
  const first = inForce ? addDays(today, 1) : `${addMonths(monthOf(now), -1)}-01`;
  const last = addDays(today, MOST_DAYS_AHEAD);
  if (from >= first && from <= last) return undefined;
  const zh = from > last ? `最晚写到 ${last}` : `最早从 ${first} 起`;
  const en = from > last ? `At the latest ${last}` : `At the earliest ${first}`;
  return problem('invalid-input', { fields: [{ field: 'from', zh, en }] });
}

async function otherCalendar(
  { engine, places }: ProductDeps,
  place: string,
  body: RuleBody,
): Promise<Problem | undefined> {
  if (body.kind === 'offset') return undefined;
  const book = await places.bookOf(place);
  const { unit, expiry } = body;
  return book === undefined ? undefined : calendarProblem(engine, { book, unit, expiry });
}
