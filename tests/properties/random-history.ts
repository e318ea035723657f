/** Random days at a small ledger: three members, two funds, two units, shops, holds, months that close. */
import fc from 'fast-check';
import { promiseAsset, seriesAsset, type Asset, type SeriesTerms } from '../../api/ledger/core/asset.ts';
import type { Command, Take, TermsByFund, Unit } from '../../api/ledger/core/command.ts';
import { closeThrough, monthOf } from '../../api/ledger/core/month.ts';
import type { NaiveLedger } from './naive-model.ts';

const MEMBERS = ['m', 'n', 'o'];
const FUNDS = ['F', 'G'];
const UNITS = ['VOL', 'CON'];
const REDEEMERS = ['M', 'N', 'C'];
const PLACES = ['east', 'west'];
const DAY = 86_400_000;
const ENDS = ['2026-07-01', '2026-08-01', '2027-01-01', '2027-07-01', '2028-01-01'].map((date) =>
  Date.parse(`${date}T00:00:00+08:00`),
);
export const START = Date.parse('2026-06-20T10:00:00+08:00');

const TERMS: TermsByFund[] = [
  { '*': { mode: 'owed', factor: 10_000 } },
  { '*': { mode: 'clearing', via: 'C', factor: 10_000 } },
  { '*': { mode: 'clearing', via: 'M', factor: 9_500 } },
  { F: { mode: 'stocked' }, G: { mode: 'clearing', via: 'C', factor: 10_000 } },
  { F: { mode: 'clearing', via: 'G', factor: 10_000 }, G: { mode: 'owed', factor: 9_500 } },
  { F: { mode: 'owed', factor: 3_333 } },
];

/** One command as numbers; they choose among what exists when its turn comes. */
type Pick = { kind: Command['do'] | 'trade'; who: number; what: number; how: number; amount: number };
export type Step =
  | { step: 'unit'; picks: Pick[]; place: number; back: number; extra: number; flush: boolean }
  | { step: 'wait'; ms: number }
  | { step: 'close'; place: number }
  | { step: 'again'; nth: number; changed: boolean }
  | { step: 'restart' };

const KINDS: Pick['kind'][] = [
  ...(['budget', 'award', 'release', 'reject', 'credit', 'credit', 'hold', 'capture', 'return'] as const),
  ...(['spend', 'spend', 'refund', 'clawback', 'expire', 'expire', 'pay', 'post', 'trade'] as const),
  ...(['hold', 'hold', 'capture', 'capture', 'release', 'refund', 'clawback', 'expire'] as const),
];

const nat = fc.nat({ max: 20 });
const pick: fc.Arbitrary<Pick> = fc.record({
  kind: fc.constantFrom(...KINDS),
  who: nat,
  what: nat,
  how: nat,
  amount: fc.integer({ min: 1, max: 24 }),
});
const wait = fc.constantFrom(1, 3_600_000, DAY, 12 * DAY, 35 * DAY);

export const history: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 20,
      arbitrary: fc.record({
        step: fc.constant('unit' as const),
        picks: fc.oneof(
          { weight: 3, arbitrary: fc.tuple(pick) },
          { weight: 1, arbitrary: fc.array(pick, { maxLength: 3, size: 'max' }) },
        ),
        place: nat,
        back: fc.constantFrom(...Array<number>(20).fill(0), 10 * DAY, -1),
        extra: fc.nat({ max: 30 }),
        flush: fc.boolean(),
      }),
    },
    { weight: 4, arbitrary: fc.record({ step: fc.constant('wait' as const), ms: wait }) },
    { weight: 1, arbitrary: fc.record({ step: fc.constant('close' as const), place: nat }) },
    {
      weight: 3,
      arbitrary: fc.record({ step: fc.constant('again' as const), nth: fc.nat(), changed: fc.boolean() }),
    },
    { weight: 1, arbitrary: fc.constant({ step: 'restart' as const }) },
  ),
  { minLength: 1, maxLength: 80, size: 'max' },
);

/** What every history begins with: budgets, and something in everybody's hands. */
export const OPENING: Step[] = UNITS.flatMap((_u, what) =>
  FUNDS.flatMap((_f, how) => [
    unitStep({ kind: 'budget', who: 0, what, how: how + 4, amount: 80 }),
    ...[1, 2, 3].flatMap((nth) =>
      MEMBERS.map((_m, who) => unitStep({ kind: 'credit', who, what, how: how + 2 * nth, amount: 7 })),
    ),
    ...MEMBERS.map((_m, who) => unitStep({ kind: 'award', who, what, how: how + 2, amount: 15 })),
    // The last one has spent what is then taken back: a debt to each fund.
    unitStep({ kind: 'spend', who: 2, what, how: how + 2, amount: 21 }),
    unitStep({ kind: 'clawback', who: 2, what: 0, how: 0, amount: 7 }),
  ]),
);

function unitStep(only: Pick): Step {
  return { step: 'unit', picks: [only], place: 0, back: 0, extra: 0, flush: false };
}

function at<T>(items: readonly T[], nth: number): T {
  const item = items[nth % items.length];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
}

/** The unit that a step stands for, given what the model knows by now. */
export function unitOf(
  step: Extract<Step, { step: 'unit' | 'close' }>,
  id: string,
  model: NaiveLedger,
): Unit {
  const place = at(PLACES, step.place);
  const unit = {
    id,
    key: { scope: 'desk', key: id },
    requestHash: id,
    place,
    actor: 'clerk',
    source: 'test',
  };
  if (step.step === 'close') {
    const month = monthOf(model.now - 31 * DAY);
    return {
      ...unit,
      commands: [],
      tallies: [closeThrough(place, { from: model.closedThrough(place), to: month })],
    };
  }
  const { extra, back, picks } = step;
  return {
    ...unit,
    commands: picks.map((one) => commandOf(one, model)),
    ...(back === 0 ? {} : { effectiveAt: model.now - back }),
    ...(extra === 1 ? { tallies: [{ key: 'cap:day', add: 3, max: 7 }] } : {}),
    ...(extra === 6 ? { tallies: [{ key: 'cap:day', add: 3 * (picks.length % 2), max: 7, was: 3 }] } : {}),
    ...(extra === 2 ? { uniques: [{ key: `receipt-${picks.length}` }] } : {}),
    ...(extra === 3 ? { number: { prefix: 'DK-2606-', pad: 4 } } : {}),
    ...(extra === 4 ? { rows: [{ insert: 'orders', values: { id: `o${picks.length}` } }] } : {}),
    ...(extra === 5 ? { rows: [{ update: 'orders', id: `o${picks.length}`, version: 1, set: {} }] } : {}),
  };
}

function seriesTerms(unit: string, fund: string, nth: number): SeriesTerms {
  const rateMicro = unit === 'VOL' ? 100_000 : 10_000;
  return { expiresAt: at(ENDS, nth), rateMicro, budgetReturns: fund === 'F' };
}

function takeOf({ what, how, amount }: Pick): Take {
  if (how % 4 === 0) return { valueMicro: amount * 100_000, worthMicro: { VOL: 100_000, CON: 10_000 } };
  return { points: amount, unit: at(UNITS, what), ...(how % 4 === 1 ? { fund: at(FUNDS, how) } : {}) };
}

function commandOf(one: Pick, model: NaiveLedger): Command {
  const { kind, who, what, how, amount } = one;
  const member = at(MEMBERS, who);
  const unit = at(UNITS, what);
  const fund = at(FUNDS, how);
  const promise = { fund, unit };
  const redeemer = at(REDEEMERS, what + how);
  const { awards, taken, given, holds } = model.books;
  const hold = oneOf(holds, what, 'none');
  const part = how % 3 === 0 ? {} : { points: amount };
  switch (kind) {
    case 'budget':
      return { do: kind, ...promise, amount: how < 4 ? -amount : amount * 5 };
    case 'award':
      return { do: kind, member, ...promise, amount };
    case 'release': {
      const award = oneOf(awards, what, 2 ** 40 + 3);
      const of = awards.get(award) ?? promise;
      const series = seriesTerms(of.unit, of.fund, who);
      return { do: kind, award, series, ...(how % 3 === 0 ? {} : { amount }) };
    }
    case 'reject':
      return { do: kind, award: oneOf(awards, what, 2 ** 40 + 3), ...(how % 3 === 0 ? {} : { amount }) };
    case 'credit':
      return { do: kind, member, ...promise, amount, series: seriesTerms(unit, fund, who + how) };
    case 'hold': {
      const endsAt = model.now + (how - 1) * DAY;
      const hold = how === 9 ? 'h0' : `h${holds.size}`;
      return { do: kind, hold, member, redeemer, take: takeOf(one), endsAt, terms: at(TERMS, what) };
    }
    case 'capture':
      return { do: kind, hold, final: how % 2 === 0, ...part };
    case 'return':
      return { do: kind, hold };
    case 'spend':
      return { do: kind, member, redeemer, take: takeOf(one), terms: at(TERMS, what) };
    case 'refund':
      return { do: kind, of: oneOf(taken, what, 2 ** 40 + 3), ...part };
    case 'clawback':
      return { do: kind, of: oneOf(given, what, 2 ** 40 + 3), ...part };
    case 'expire':
      return how % 3 === 0
        ? { do: kind, member, asset: seriesAsset(unit, fund, seriesTerms(unit, fund, amount)) }
        : pastHolding(model, what, { member, asset: seriesAsset(unit, fund, seriesTerms(unit, fund, who)) });
    case 'pay':
      return { do: kind, ...debtOf(model, what), amountMicro: amount * 10_000 };
    case 'post':
    case 'trade': {
      const series = seriesAsset(unit, fund, seriesTerms(unit, fund, who));
      const budget = promiseAsset(unit, fund);
      const giver = kind === 'trade' ? at(MEMBERS, who + 1) : fund;
      const lines = [
        { owner: giver, role: kind === 'trade' ? 'available' : 'issuer', asset: series, amount: -amount },
        { owner: member, role: 'available', asset: series, amount },
        { owner: fund, role: 'unissued', asset: budget, amount: -amount },
        { owner: fund, role: 'issued', asset: budget, amount },
      ] as const;
      const entries = kind === 'trade' ? lines.slice(0, 2) : lines;
      return { do: 'post', kind: 'system', entries: entries.map((e) => ({ ...e, counterparty: '' })) };
    }
    case 'open':
      throw new Error('a book is opened once, before its history');
  }
}

/** One of these, the latest most easily, or now and then one that is none. */
function oneOf<T>(known: ReadonlyMap<T, unknown>, nth: number, none: T): T {
  return nth === 20 ? none : at([...[...known.keys()].reverse(), none], nth < 12 ? nth % 4 : nth * 2);
}

/** A member and a series that has passed in their hands, if there is any. */
export function pastHoldings(model: NaiveLedger): Extract<Command, { do: 'expire' }>[] {
  return [...model.books.balances].flatMap(([position, balance]) => {
    const [member = '', role, name = ''] = position.split('/');
    const series = model.books.series.get(name);
    if (role !== 'available' || balance === 0 || !series || series.expiresAt > model.now) return [];
    return { do: 'expire' as const, member, asset: seriesAsset(series.unit, series.fund, series) };
  });
}

function pastHolding(
  model: NaiveLedger,
  nth: number,
  otherwise: { member: string; asset: Asset },
): Extract<Command, { do: 'expire' }> {
  return at([...pastHoldings(model), { do: 'expire' as const, ...otherwise }], nth % 5);
}

/** Mostly somebody who is owed something. */
function debtOf(model: NaiveLedger, nth: number): { payer: string; payee: string } {
  const owing = [...model.books.balances].filter(
    ([key, balance]) => key.includes('/payable→') && balance < 0,
  );
  const [payer = '', role = ''] = at([...owing.map(([key]) => key), 'F/payable→N'], nth).split('/');
  return { payer, payee: role.slice('payable→'.length) };
}
