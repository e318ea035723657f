/** What the routes of a fund's month answer: money as yuan, people by name. */
import type { Engine } from '../db/index.ts';
import { findPerson } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { actorText, formatInstant, type Actor } from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { nameOfActor, type Fund, type Month } from '../programme/index.ts';
import { mayAgree, SIDES, type AgreeingSide } from './agree.ts';
import type { Side } from './our-side.ts';
import { fenOf, type Difference } from './rules/compare.ts';
import type { MoneyRow } from './rules/fund-month.ts';
import type { FundAgreement, FunderStatement, KeptDifference } from './statements.ts';
import { sumsOf, type ComparedSums } from './take-statement.ts';

type Deps = Pick<ProductDeps, 'engine' | 'places' | 'clock'>;

export function fundMonthView(
  { figures, names }: Side,
  { fund, month, over }: { fund: Fund; month: Month; over: boolean },
) {
  const { budget, waiting, points, debt, owed, parties } = figures;
  const { worthMicro, ...moved } = points;
  return {
    fund: { id: fund.id, name: fund.name, unit: fund.unit, place: fund.place },
    ...{ month, over },
    ...{ budget: texts(budget), waiting: texts(waiting), debt: texts(debt) },
    points: { ...texts(moved), worth: formatYuan(fenOf(worthMicro)) },
    owed: moneyView(owed),
    parties: parties.map(({ party, points: taken, acceptedMicro, reversedMicro, balance }) => {
      const { accepted, reversed, ...rest } = moneyView(
        balance ?? {
          ...{ opening: 0, accepted: acceptedMicro, reversed: reversedMicro, paid: 0 },
          closing: acceptedMicro - reversedMicro,
        },
      );
      const of = { party: { id: party, name: names.get(party) ?? '' }, points: String(taken) };
      return { ...of, accepted, reversed, ...(balance && { balance: rest }) };
    }),
  };
}

function texts<Name extends string>(row: Readonly<Record<Name, number>>): Record<Name, string> {
  const shown = Object.entries<number>(row).map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(shown) as Record<Name, string>;
}

/** In whole fen: what was accepted is what the rest leaves, so that the row adds up in fen as well. */
export function moneyView({ opening, reversed, paid, closing }: MoneyRow) {
  const fen = {
    opening: fenOf(opening),
    reversed: fenOf(reversed),
    paid: fenOf(paid),
    closing: fenOf(closing),
  };
  const accepted = fen.closing - fen.opening + fen.reversed + fen.paid;
  return {
    ...{ opening: formatYuan(fen.opening), accepted: formatYuan(accepted) },
    ...{ reversed: formatYuan(fen.reversed), paid: formatYuan(fen.paid), closing: formatYuan(fen.closing) },
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
  const { id, month, number, source, fileName, rows, takenBy, createdAt } = statement;
  const agreed = input.agreed.filter((one) => one.statement === id);
  const open: AgreeingSide[] = [];
  // The two sides are two people: whoever has agreed for one does not for the other.
  const isDone = !latest || agreed.some(({ by }) => by === actorText(actor));
  for (const side of isDone ? [] : SIDES)
    if (!agreed.some((one) => one.side === side) && (await mayAgree(deps, { fund, side, actor })))
      open.push(side);
  return {
    ...{ id, fund: { id: fund.id, name: fund.name, unit: fund.unit }, month, number, source, rows },
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
  duplicate: { zh: '对方写了两次', en: 'In the statement twice' },
};
export const FIELD_WORDS = {
  ...{ opening: '期初应付', points: '积分', accepted: '本期应付' },
  ...{ reversed: '冲回', paid: '已付', closing: '期末应付' },
} as const;

export function wordsOf({ kind, tie, field }: Pick<Difference, 'kind' | 'tie' | 'field'>) {
  if (tie) return { zh: '有几笔一样，认不出是哪一笔', en: 'Several are alike: a person says which is meant' };
  if (kind === 'amount' && field === 'points') return { zh: '积分不同', en: 'Other points' };
  return WORDS[kind];
}
