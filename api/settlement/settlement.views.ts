/** What the routes of a fund's month answer: money as yuan, people by name. */
import type { Engine } from '../db/index.ts';
import { findPerson } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { actorText, formatInstant, type Actor } from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { nameOfActor, type Fund, type Month } from '../programme/index.ts';
import { mayAgree } from './agree.ts';
import type { Side } from './our-side.ts';
import { fenOf, type Difference } from './rules/difference.ts';
import { inFen } from './rules/fen-month.ts';
import type { MoneyRow } from './rules/fund-month.ts';
import {
  needsRemark,
  SIDES,
  type AgreeingSide,
  type FundAgreement,
  type FunderStatement,
  type KeptDifference,
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
  const { oursFen, theirsFen, matched, differences } = sums;
  return {
    ...{ ours: formatYuan(oursFen), matched, differences },
    ...(theirsFen !== null && {
      ...{ theirs: formatYuan(theirsFen), difference: formatYuan(theirsFen - oursFen) },
    }),
  };
}

/** `latest`: nobody agrees to an earlier version any more. */
export async function statementView(
  deps: Deps,
  input: {
    statement: FunderStatement;
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
  };
}

async function agreementView(engine: Engine, { side, by, at, remark }: FundAgreement) {
  const said = remark === '' ? {} : { remark };
  return { side, name: await nameOf(engine, by), at: formatInstant(at), ...said };
}

/** Who signs accounts does so with the whole name. */
async function nameOf(engine: Engine, actor: string): Promise<string> {
  const person = /^person:(.+)$/.exec(actor)?.[1];
  if (person !== undefined) return (await findPerson(engine, person))?.name ?? '';
  return (await nameOfActor(engine, actor)) ?? '';
}

export async function differenceView({ places }: Pick<Deps, 'places'>, difference: KeptDifference) {
  const { id, kind, field, party, partyText, number, rowNumber, ours, theirs, tie } = difference;
  const shown = (amount: number) => (field === 'points' ? String(amount) : formatYuan(amount));
  const name = party === '' ? '' : ((await places.find(party))?.name ?? '');
  return {
    ...{ id, kind, written: partyText, number, tie },
    ...(field !== null && { field }),
    ...(party !== '' && { party: { id: party, name } }),
    ...(rowNumber !== null && { row: rowNumber }),
    ...(ours !== null && { ours: shown(ours) }),
    ...(theirs !== null && { theirs: shown(theirs) }),
    ...wordsOf(difference),
  };
}

const WORDS: Readonly<Record<Difference['kind'], { zh: string; en: string }>> = {
  'missing-there': { zh: '对方没有', en: 'Not in the statement' },
  'missing-here': { zh: '我们没有', en: 'Not in the ledger' },
  amount: { zh: '金额不同', en: 'Another amount' },
  'wrong-period': { zh: '不是这个月的', en: 'Of another month' },
  'wrong-party': { zh: '写的收分方认不出', en: 'Names nobody of this month' },
  duplicate: { zh: '对方写了两次', en: 'In the statement twice' },
};
export const FIELD_WORDS = {
  ...{ opening: '期初应付', points: '积分', accepted: '本期应付' },
  ...{ reversed: '冲回', paid: '已付', closing: '期末应付' },
} as const;

export function wordsOf({ kind, tie, field, ours }: Pick<Difference, 'kind' | 'tie' | 'field' | 'ours'>) {
  if (tie) return { zh: '有几笔一样，认不出是哪一笔', en: 'Several are alike: a person says which is meant' };
  if (kind === 'amount' && ours === null)
    return { zh: '我们没有欠它的账，对不了', en: 'It has no balance with the fund: nothing to compare with' };
  if (kind === 'amount' && field === 'points') return { zh: '积分不同', en: 'Other points' };
  return WORDS[kind];
}
