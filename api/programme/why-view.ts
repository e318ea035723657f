/** Why a transaction came about: its steps, its rule, and who recorded and approved it; names are masked. */
import { actedByView } from '../identity/index.ts';
import { settledAwards, type Transaction } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { formatInstant } from '../platform/index.ts';
import { dayOf } from './calendar.ts';
import { explainMovements, type Explainer } from './explanation.ts';
import { waitingIn } from './member-movements.ts';
import { settledView } from './member.views.ts';
import { parseCitation, type RuleCitation } from './rule-citation.ts';
import { describeRule, nameOfActor, partiesOf } from './who-took-part.ts';

/** What a transaction cites itself is covered by its hash, so it goes before what its module knows. */
function citationOf(own: string | null, known: string | null): RuleCitation | undefined {
  const cited = own ?? known;
  return cited === null ? undefined : parseCitation(cited);
}

export async function whyView(
  { engine, places }: Pick<ProductDeps, 'engine' | 'places'>,
  explainers: readonly Explainer[],
  transaction: Transaction,
) {
  const { id, kind, bookedAt, effectiveAt, reverses, ruleVersion, actor } = transaction;
  const { originalEffectiveAt } = transaction;
  const why = (await explainMovements(explainers, engine, [{ transaction: id, reverses }])).get(id);
  const changes = transaction.entries.map(({ account, amount }) => ({ role: account.role, amount }));
  const awards = kind === 'award' ? [{ transaction: id, amount: waitingIn(changes) }] : [];
  const settled = (await settledAwards(engine, awards)).get(id);
  const rule = citationOf(ruleVersion, why?.ruleVersion ?? null);
  const [maker, checker] = [why?.maker ?? actor, why?.checker ?? undefined];
  const makerName = await nameOfActor(engine, maker);
  const forName = why?.madeFor && (await nameOfActor(engine, why.madeFor));
  const checkerName = checker && (await nameOfActor(engine, checker));
  const described = rule && (await describeRule({ engine, places }, rule));
  return {
    transaction: String(id),
    kind,
    place: (await places.find(transaction.place))?.name ?? '',
    bookedAt: formatInstant(bookedAt),
    effectiveAt: formatInstant(effectiveAt),
    ...(originalEffectiveAt === null ? {} : { correctedFrom: dayOf(originalEffectiveAt) }),
    ...(reverses === null ? {} : { reverses: String(reverses) }),
    ...(why === undefined ? {} : { text: { zh: why.zh, en: why.en } }),
    ...settledView(settled),
    steps: (why?.steps ?? []).map((step) => ({ ...step })),
    maker,
    ...(makerName && { makerName }),
    ...(forName && { madeForName: forName }),
    ...(why?.actedBy && { actedBy: await actedByView(engine, why.actedBy) }),
    ...(checker && { checker }),
    ...(checkerName && { checkerName }),
    ...(rule && { ruleVersion: rule.id }),
    ...(described && { rule: { ...described, validFrom: formatInstant(described.validFrom) } }),
    parties: await partiesOf({ engine, places }, transaction),
  };
}
