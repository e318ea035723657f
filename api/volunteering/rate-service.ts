/**
 * A second person rates a service: what it earned is released, the rest of what was set aside goes back to the budget.
 * Nobody rates his own service, what he recorded, or a relative's (somebody of the same house), nor through somebody
 * whose password he chose.
 */
import type { Engine } from '../db/index.ts';
import { peopleBehind } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import {
  findPosted,
  post,
  transactionsById,
  untilFresh,
  type Posted,
  type UnitBody,
} from '../ledger/index.ts';
import { actorText, isProblem, problem, type PersonActor, type Problem } from '../platform/index.ts';
import {
  awardRuleSchema,
  citeRule,
  dayOf,
  earnedKey,
  getFund,
  getRuleVersion,
  seriesTermsFor,
  type Fund,
  type Grade,
} from '../programme/index.ts';
import { lateRatingSteps } from './rules/late-rating.ts';
import { ratingRefusal } from './rules/rating.ts';
import { relativesAmong } from './relatives.ts';
import { awardFor, findService, type Service } from './service.ts';

type Rating = { service: string; grade: Grade; actor: PersonActor; key: string; scope: string };
type Rated = { points: number; posted: Posted };

export function rateService(deps: ProductDeps, input: Rating): Promise<Rated | Problem> {
  return untilFresh(() => rateOnce(deps, input));
}

async function rateOnce(deps: ProductDeps, input: Rating): Promise<Rated | Problem> {
  const { engine, places } = deps;
  const service = await findService(engine, input.service);
  const book = service && (await places.bookOf(service.place));
  if (!service || book === undefined) return problem('not-found');
  const request = ['rate-service', { service: service.id, grade: input.grade }];
  const ask = { book, scope: input.scope, key: input.key, request };
  const before = await findPosted(deps, ask);
  if (before) return isProblem(before) ? before : { points: service.points, posted: before };
  const wrong = await raterProblem(deps, service, input.actor);
  if (wrong) return wrong;
  const givenAt = deps.clock();
  const settled = await settlement(engine, { book, service, grade: input.grade, givenAt });
  if ('kind' in settled) return settled;
  const { points, steps, ...effects } = settled;
  const posted = await post(deps, ask, {
    ...effects,
    actor: input.actor,
    place: service.place,
    rows: [
      {
        update: 'services',
        id: service.id,
        version: service.version,
        set: {
          state: points > 0 ? 'released' : 'rejected',
          grade: input.grade,
          points,
          steps: JSON.stringify(steps),
          rated_by: actorText(input.actor),
          settled_transaction: { planned: 'transaction' },
        },
      },
    ],
  });
  return isProblem(posted) ? posted : { points, posted };
}

const VOIDED = {
  zh: '这条服务记录已经作废，不用再评价',
  en: 'This record was voided; there is nothing to rate',
};

type Settlement = Pick<UnitBody, 'commands' | 'tallies' | 'ruleVersion'> & {
  points: number;
  steps: readonly object[];
};

async function settlement(
  engine: Engine,
  { book, service, grade, givenAt }: { book: number; service: Service; grade: Grade; givenAt: number },
): Promise<Settlement | Problem> {
  const award = service.awardTransaction;
  if (service.state === 'voided') return problem('award-settled', { detail: VOIDED });
  if (service.state !== 'waiting' || award === null) return problem('award-settled');
  const version = await getRuleVersion(engine, service.ruleVersion);
  const rule = version && awardRuleSchema.parse(version.body);
  const fund = await fundOfAward(engine, award);
  if (!version || rule?.kind !== 'award' || !fund) return problem('no-rule-in-force');
  const reserved = service.points;
  const of = { attendance: service, recorded: service.id };
  const final = await awardFor(engine, { book, rule, ...of, grade, reserved });
  const points = Math.min(final.points, reserved);
  const dates = { earnedAt: service.startsAt, givenAt };
  const series = seriesTermsFor(fund, rule.expiry, dates);
  const back = reserved - points;
  return {
    points,
    steps: [...final.steps, ...lateRatingSteps(rule.expiry, { ...dates, points })],
    ruleVersion: citeRule(version),
    commands: [
      ...(points > 0 ? [{ do: 'release' as const, award, amount: points, series }] : []),
      ...(back > 0 ? [{ do: 'reject' as const, award, amount: back }] : []),
    ],
    tallies: [
      {
        key: earnedKey(rule.unit, service.member, dayOf(service.startsAt)),
        add: points - reserved,
        min: 0,
        was: final.counted,
      },
    ],
  };
}

/** Who set the points aside pays for them, also when the place has a nearer fund by now (trap 9). */
async function fundOfAward(engine: Engine, award: number): Promise<Fund | undefined> {
  const [transaction] = await transactionsById(engine, [award]);
  const waiting = transaction?.entries.find(({ account }) => account.role === 'pending');
  return waiting && getFund(engine, waiting.asset.fund);
}

async function raterProblem(
  { engine, clock }: ProductDeps,
  service: Service,
  actor: PersonActor,
): Promise<Problem | undefined> {
  const [rater, at] = [actorText(actor), clock()];
  const recorded = { actor: service.recordedBy, at: service.createdAt };
  const behindRater = [...(await peopleBehind(engine, { actor: rater, at }))];
  const refusal = ratingRefusal({
    rater,
    behindRater,
    volunteer: `person:${service.member}`,
    recordedBy: service.recordedBy,
    behindRecord: [...(await peopleBehind(engine, recorded))],
    relatives: await relativesAmong(engine, service, behindRater),
    endsAt: service.endsAt,
    rated: service.state !== 'waiting',
    at,
  });
  if (!refusal) return undefined;
  const { zh, en } = refusal;
  if (refusal.code === 'already-rated') return problem('award-settled');
  if (refusal.code === 'not-over-yet') return problem('service-not-over');
  return problem('second-person-needed', { detail: { zh, en } });
}
