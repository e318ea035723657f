/**
 * What funds still answer for (积分负债): the points that members have, what they are worth when they are taken, and when
 * those that nobody uses will end. Series by series from the fund's own accounts: of one that has not ended, what was given
 * and not redeemed is what members have; of one that has, what is kept for whoever accepted it.
 */
import type { Engine } from '../db/index.ts';
import { balancesAsBooked, lastSeqBookedBy, type Balance } from '../ledger/index.ts';
import { placeNames, placesWithin, type Place, type ProductDeps } from '../places/index.ts';
import { fundsAtAll, periodOfMonth, type Fund, type Month } from '../programme/index.ts';
import { promisedOf } from './promised.ts';
import { endingsOf, type Ending, type Live } from './rules/endings.ts';

export type Liability = {
  fund: Fund;
  payer: string;
  points: number;
  worthMicro: number;
  /** Set aside for awards that wait, and what may still be given. */
  waiting: number;
  unissued: number;
  /** What members are to give back. */
  debt: number;
  endings: Ending[];
};

/** A street of a hundred communities has some thousands. */
const MOST_WITHIN = 20_000;

/** The funds of a place and of all that lies within it, a firm's shop as well; the place's own first. */
export async function fundsPayingAt(engine: Engine, place: Place): Promise<{ fund: Fund; payer: string }[]> {
  const within = await placesWithin(engine, { place: place.id, most: MOST_WITHIN });
  if (!within) throw new RangeError(`${place.id} has more than ${MOST_WITHIN} places within`);
  const funds = await fundsAtAll(engine, within);
  const names = await placeNames(engine, [...new Set(funds.map((fund) => fund.place))]);
  return funds
    .map((fund) => ({ fund, payer: names.get(fund.place) ?? '' }))
    .toSorted((a, b) => Number(b.fund.place === place.id) - Number(a.fund.place === place.id));
}

/** When the month ended, or now where it still runs; ends to come are counted from there on. */
export async function liabilities(
  { engine, clock }: Pick<ProductDeps, 'engine' | 'clock'>,
  { place, month }: { place: Place; month: Month },
): Promise<{ at: number; funds: Liability[] }> {
  const { end } = periodOfMonth(month);
  // What ends with the month is over when the month is.
  const ends = Math.min(end, clock());
  const at = Math.min(end - 1, ends);
  const seq = await lastSeqBookedBy(engine, { book: place.book, at });
  const paying = await fundsPayingAt(engine, place);
  const found: { fund: Fund; payer: string; balances: Balance[] }[] = [];
  for (const { fund, payer } of paying) {
    const balances = await balancesAsBooked(engine, { book: fund.book, owner: fund.id, seq });
    found.push({ fund, payer, balances });
  }
  const stands = found.flatMap(({ balances }) => balances);
  const promised = await promisedOf(engine, { book: place.book, seq, at: ends, stands });
  const funds = found.map(({ balances, ...of }) => ({ ...of, ...liabilityIn(balances, { ends, promised }) }));
  return { at, funds };
}

function liabilityIn(
  balances: readonly Balance[],
  { ends, promised }: { ends: number; promised: ReadonlyMap<number, number> },
): Omit<Liability, 'fund' | 'payer'> {
  const of = (...roles: readonly Balance['role'][]) =>
    balances.reduce((sum, { role, balance }) => (roles.includes(role) ? sum + balance : sum), 0);
  const live = balances.flatMap(({ role, expiresAt, rateMicro, balance }): Live[] =>
    (role === 'issuer' || role === 'redeemed') && expiresAt > ends
      ? [{ expiresAt, points: 0 - balance, worthMicro: 0 - balance * rateMicro }]
      : [],
  );
  const series = new Map(
    balances.map(({ asset, expiresAt, rateMicro }) => [asset, { expiresAt, rateMicro }]),
  );
  for (const [asset, { expiresAt, rateMicro }] of series) {
    const points = promised.get(asset) ?? 0;
    live.push({ expiresAt, points, worthMicro: points * rateMicro, promised: true });
  }
  const endings = endingsOf(live);
  return {
    points: endings.reduce((sum, { points }) => sum + points, 0),
    worthMicro: endings.reduce((sum, { worthMicro }) => sum + worthMicro, 0),
    waiting: 0 - of('outside', 'unissued', 'issued'),
    ...{ unissued: of('unissued'), debt: of('owed'), endings },
  };
}
