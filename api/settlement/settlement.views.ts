/** What the routes of a fund's month answer: money as yuan, people by name. */
import type { Engine } from '../db/index.ts';
import { findPerson } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { actorText, formatInstant, type Actor } from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { nameOfActor, type Fund, type Month } from '../programme/index.ts';
import { mayAgree, maySend } from './agree.ts';
import type { Side } from './our-side.ts';
import type { Handwork } from './pairings.ts';
import { fenOf } from './rules/difference.ts';
import { inFen } from './rules/fen-month.ts';
import type { MoneyRow } from './rules/fund-month.ts';
import {
  needsRemark,
  SIDES,
  type AgreeingSide,
  type FundAgreement,
  type FunderStatement,
} from './statements.ts';
import { sumsOf, type ComparedSums } from './take-statement.ts';

type Deps = Pick<ProductDeps, 'engine' | 'places' | 'clock'>;

export function fundMonthView(
  { figures, names }: Side,
  { fund, month, over }: { fund: Fund; month: Month; over: boolean },
) {
  const { budget, waiting, points, debt } = figures;
  const { owed, parties } = inFen(figures);
  const { worthMicro, ...moved } = points;
  return {
    fund: { id: fund.id, name: fund.name, unit: fund.unit, place: fund.place },
    ...{ month, over },
    ...{ budget: texts(budget), waiting: texts(waiting), debt: texts(debt) },
    points: { ...texts(moved), worth: formatYuan(fenOf(worthMicro)) },
    owed: yuanOf(owed),
    parties: parties.map(({ party, settles, points: taken, accepted, reversed, balance }) => ({
      ...{ party: { id: party, name: names.get(party) ?? '' }, settles, points: String(taken) },
      ...{ accepted: formatYuan(accepted), reversed: formatYuan(reversed) },
      ...(balance && { balance: yuanOf(balance) }),
    })),
  };
}

function texts<Name extends string>(row: Readonly<Record<Name, number>>): Record<Name, string> {
  const shown = Object.entries<number>(row).map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(shown) as Record<Name, string>;
}

function yuanOf({ opening, accepted, reversed, paid, closing }: MoneyRow) {
  return {
    ...{ opening: formatYuan(opening), accepted: formatYuan(accepted), reversed: formatYuan(reversed) },
    ...{ paid: formatYuan(paid), closing: formatYuan(closing) },
  };
}

export function sumsView(sums: ComparedSums) {
  const { oursFen, theirsFen, matched, differences, paired = 0 } = sums;
  return {
    ...{ ours: formatYuan(oursFen), matched, differences, paired },
    ...(theirsFen !== null && {
      ...{ theirs: formatYuan(theirsFen), difference: formatYuan(theirsFen - oursFen) },
    }),
  };
}

/** `latest`: nobody agrees to an earlier version any more. */
export async function statementView(
  deps: Deps,
  input: {
    statement: FunderStatement & { paired: number; handwork: Handwork };
    fund: Fund;
    agreed: readonly FundAgreement[];
    latest: boolean;
    actor: Actor;
  },
) {
  const { statement, fund, latest, actor } = input;
  const { id, month, number, source, fileName, rows, rejected, reason, takenBy, createdAt } = statement;
  const agreed = input.agreed.filter((one) => one.statement === id);
  const open: AgreeingSide[] = [];
  // The two sides are two people: whoever has agreed for one does not for the other.
  const isDone = !latest || agreed.some(({ by }) => by === actorText(actor));
  for (const side of isDone ? [] : SIDES)
    if (!agreed.some((one) => one.side === side) && (await mayAgree(deps, { fund, side, actor })))
      open.push(side);
  return {
    ...{ id, fund: { id: fund.id, name: fund.name, unit: fund.unit }, month, number, source, rows, rejected },
    ...{ remarkNeeded: needsRemark(statement), ...(reason !== '' && { reason }) },
    ...(fileName === '' ? {} : { fileName }),
    comparison: sumsView(sumsOf(statement)),
    ...{ takenBy: await nameOf(deps.engine, takenBy), at: formatInstant(createdAt), latest },
    agreed: await Promise.all(agreed.map((one) => agreementView(deps.engine, one))),
    mayAgree: open,
    handwork: handworkView(statement.handwork),
    mayPair: latest && agreed.length === 0 && (await maySend(deps, { fund, actor })),
  };
}

function handworkView({ pairs, splits, lastAt }: Handwork) {
  return { pairs, splits, ...(lastAt !== null && { lastAt: formatInstant(lastAt) }) };
}

async function agreementView(engine: Engine, { side, by, at, remark }: FundAgreement) {
  const said = remark === '' ? {} : { remark };
  return { side, name: await nameOf(engine, by), at: formatInstant(at), ...said };
}

/** Who signs accounts does so with the whole name. */
export async function nameOf(engine: Engine, actor: string): Promise<string> {
  const person = /^person:(.+)$/.exec(actor)?.[1];
  if (person !== undefined) return (await findPerson(engine, person))?.name ?? '';
  return (await nameOfActor(engine, actor)) ?? '';
}
