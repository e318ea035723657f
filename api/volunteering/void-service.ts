/**
 * A service that was recorded by mistake is voided: what waits goes back to the budget, what was released is taken back,
 * and its time is free for the right record. The record stays, with who voided it and why. Nobody voids a record of their
 * own or a relative's, nor through somebody whose password they chose: a bad rating would be gone, and its time free.
 */
import { peopleBehind } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { findPosted, post, untilFresh, type Posted, type UnitBody } from '../ledger/index.ts';
import { actorText, problem, type PersonActor, type Problem } from '../platform/index.ts';
import { awardRuleSchema, dayOf, earnedKey, getRuleVersion } from '../programme/index.ts';
import { relativesAmong } from './relatives.ts';
import { findService, presencesKey, type Service } from './service.ts';

type Voiding = { service: string; reason: string; actor: PersonActor; key: string; scope: string };

/** One that is rated meanwhile is voided as it stands then. */
export function voidService(deps: ProductDeps, input: Voiding): Promise<Posted | Problem> {
  return untilFresh(() => voidOnce(deps, input));
}

async function voidOnce(deps: ProductDeps, input: Voiding): Promise<Posted | Problem> {
  const { engine, places } = deps;
  const { actor, reason } = input;
  const service = await findService(engine, input.service);
  const book = service && (await places.bookOf(service.place));
  if (!service || book === undefined) return problem('not-found');
  const request = ['void-service', { service: service.id, reason }];
  const ask = { book, scope: input.scope, key: input.key, request };
  const before = await findPosted(deps, ask);
  if (before) return before;
  const behind = [...(await peopleBehind(engine, { actor: actorText(actor), at: deps.clock() }))];
  if (behind.includes(`person:${service.member}`)) return problem('second-person-needed', { detail: OWN });
  if ((await relativesAmong(engine, service, behind)).length > 0) {
    return problem('second-person-needed', { detail: RELATIVES });
  }
  if (service.state === 'voided') return problem('already-done');
  const version = await getRuleVersion(engine, service.ruleVersion);
  const rule = version && awardRuleSchema.parse(version.body);
  if (!rule) return problem('no-rule-in-force');
  const earned = earnedKey(rule.unit, service.member, dayOf(service.startsAt));
  return post(deps, ask, {
    actor,
    place: service.place,
    ruleVersion: service.ruleVersion,
    commands: takingBack(service),
    tallies: [
      { key: presencesKey(service.member), add: 1 },
      ...(service.points > 0 ? [{ key: earned, add: -service.points, min: 0 }] : []),
    ],
    rows: [
      {
        update: 'services',
        id: service.id,
        version: service.version,
        set: {
          state: 'voided',
          voided_by: actorText(actor),
          voided_reason: reason,
          voided_transaction: { planned: 'transaction' },
        },
      },
    ],
  });
}

const OWN = {
  zh: '不能作废自己的服务记录，请另一位同事来处理',
  en: 'You cannot void a record of your own service; a colleague must',
};
const RELATIVES = {
  zh: '不能作废家人的服务记录，请另一位同事来处理',
  en: "You cannot void a record of a relative's service; a colleague must",
};

/** What is spent already becomes a debt that later awards settle. */
function takingBack({ state, awardTransaction, settledTransaction }: Service): UnitBody['commands'] {
  if (state === 'waiting' && awardTransaction !== null) return [{ do: 'reject', award: awardTransaction }];
  if (state === 'released' && settledTransaction !== null)
    return [{ do: 'clawback', of: settledTransaction }];
  return [];
}
