/**
 * A fund's month (经费月) as the ledger has it. Protects: opening + movements = closing in every row, in points and in
 * yuan, and each series' balance before and its entries are its balance after. A month is what was booked in it, so that
 * one that is over never changes.
 */
import type { Instant } from '../../programme/index.ts';

type FundRole = 'outside' | 'unissued' | 'issued' | 'owed' | 'issuer' | 'redeemed' | 'payable';

/** What a fund's account had: of a series with its end and its rate, of the rest with zeros. */
export type Stand = {
  role: string;
  counterparty: string;
  asset: number;
  expiresAt: Instant;
  rateMicro: number;
  balance: number;
};
/** What moved on an account in the month, one way, by the kind of transaction. */
export type Moved = {
  role: string;
  counterparty: string;
  asset: number;
  expiresAt: Instant;
  kind: string;
  amount: number;
};

/** What a redeemer took of the fund's points, or gave back (both negative then): one document. */
export type Item = {
  /** The number that the other side knows it by: of the offset, or of the transaction. */
  number: string;
  redeemer: string;
  /** Whom the fund owes for it; '' where nothing is owed. */
  payee: string;
  what: 'offset' | 'goods';
  points: number;
  micro: number;
};

export type Read = {
  start: Instant;
  end: Instant;
  opening: readonly Stand[];
  closing: readonly Stand[];
  /** By series, of those that had ended by then: what offsets and orders still kept for whoever accepted it. */
  promised?: { opening: Promised; closing: Promised } | undefined;
  moved: readonly Moved[];
  items: readonly Item[];
};
type Promised = ReadonlyMap<number, number>;
const NOTHING: Promised = new Map();

/** Points that may still be given. */
export type BudgetRow = Record<'opening' | 'approved' | 'used' | 'returned' | 'closing', number>;
/** Points that members have; `ended`: whose end came and which nobody had accepted, less what had ended and was used or taken back all the same. */
export type PointsRow = Record<
  'opening' | 'given' | 'takenBack' | 'offsets' | 'goods' | 'refunded' | 'ended' | 'closing',
  number
> & { worthMicro: number };
/** Points that members were given, have used, and are to give back (欠分). */
export type DebtRow = Record<'opening' | 'added' | 'netted' | 'closing', number>;
export type MoneyRow = Record<'opening' | 'accepted' | 'reversed' | 'paid' | 'closing', number>;
/**
 * How what a party took is settled: the fund owes it `direct`ly, it is `cleared` by a clearing party, or `none` is owed
 * (the shop had the goods from the fund).
 */
export type Settles = 'direct' | 'cleared' | 'none';
/**
 * What a party took, in micro-yuan; a redeemer behind a clearing party has no balance with the fund. One that changed over
 * within the month has a row for each, so that the rows of those that are owed add up to the fund's month.
 */
export type PartyRow = {
  party: string;
  settles: Settles;
  points: number;
  acceptedMicro: number;
  reversedMicro: number;
  balance?: MoneyRow;
};

export type FundMonth = {
  budget: BudgetRow;
  /** Set aside for awards that wait. */
  waiting: { opening: number; closing: number };
  points: PointsRow;
  debt: DebtRow;
  owed: MoneyRow;
  parties: PartyRow[];
};

export function fundMonthOf(read: Read): FundMonth {
  const budget = budgetRow(read);
  const parties = partiesOf(read);
  const month = {
    budget,
    waiting: { opening: waitingIn(read.opening), closing: waitingIn(read.closing) },
    points: pointsRow(read),
    debt: debtRow(read),
    owed: moneyRow(read, () => true),
    parties,
  };
  assertEqual('budget', budget.closing, sumOf(read.closing, isOf('unissued')));
  assertEqual('debt', month.debt.closing, sumOf(read.closing, isOf('owed')));
  assertEqual('owed', month.owed.closing, -sumOf(read.closing, isOf('payable')));
  return month;
}

type Row = { role: string };
const isOf =
  (...roles: readonly FundRole[]) =>
  ({ role }: Row) =>
    roles.some((one) => one === role);

/** What leaves is used, whatever gave it (also postings of the product's own kinds); what else comes was used before. */
function budgetRow({ opening, moved }: Read): BudgetRow {
  const own = moved.filter(isOf('unissued'));
  const approved = movedOf(own, ({ kind }) => kind === 'budget');
  const used = 0 - movedOf(own, ({ kind, amount }) => kind !== 'budget' && amount < 0);
  const returned = movedOf(own, ({ kind, amount }) => kind !== 'budget' && amount > 0);
  const before = sumOf(opening, isOf('unissued'));
  return { opening: before, approved, used, returned, closing: before + approved - used + returned };
}

/** Rule 9 of the ledger: outside + unissued + Σ pending + issued = 0. */
function waitingIn(stands: readonly Stand[]): number {
  return 0 - sumOf(stands, isOf('outside', 'unissued', 'issued'));
}

function debtRow({ opening, moved }: Read): DebtRow {
  const own = moved.filter(isOf('owed'));
  const added = movedOf(own, ({ amount }) => amount > 0);
  const netted = 0 - movedOf(own, ({ amount }) => amount < 0);
  const before = sumOf(opening, isOf('owed'));
  return { opening: before, added, netted, closing: before + added - netted };
}

/** What leaves `issuer` was given to members and what comes to it was taken back, whatever kind of transaction does it. */
function pointsRow({ opening, closing, promised, moved, items, start, end }: Read): PointsRow {
  const own = moved.filter(isOf('issuer', 'redeemed'));
  const given = 0 - movedOf(own, ({ role, amount }) => role === 'issuer' && amount < 0);
  const takenBack = movedOf(own, ({ role, amount }) => role === 'issuer' && amount > 0);
  const refunded = 0 - movedOf(own, ({ role, amount }) => role === 'redeemed' && amount < 0);
  const spent = movedOf(own, ({ role, amount }) => role === 'redeemed' && amount > 0);
  const offsets = items.reduce(
    (sum, { what, points }) => sum + (what === 'offset' ? Math.max(0, points) : 0),
    0,
  );
  const [keptBefore, keptAfter] = [promised?.opening ?? NOTHING, promised?.closing ?? NOTHING];
  const before = liveAt(opening, start, keptBefore);
  const after = liveAt(closing, end, keptAfter);
  const ended = endedIn({ opening, closing, promised, moved: own, start, end });
  const left = before + given - takenBack - spent + refunded - ended;
  assertEqual('points', left, after);
  return {
    ...{ opening: before, given, takenBack, offsets, goods: spent - offsets, refunded, ended },
    ...{ closing: after, worthMicro: worthOf(closing, end, keptAfter) },
  };
}

/** Neither used nor ended, or kept for whoever accepted it: what was given of a series, less what of it was redeemed. */
function liveAt(stands: readonly Stand[], at: Instant, promised: Promised): number {
  const live = 0 - sumOf(stands, (stand) => isOf('issuer', 'redeemed')(stand) && stand.expiresAt > at);
  return [...promised.values()].reduce((sum, points) => sum + points, live);
}

function worthOf(stands: readonly Stand[], at: Instant, promised: Promised): number {
  const rates = new Map(stands.map(({ asset, rateMicro }) => [asset, rateMicro]));
  const live = stands
    .filter((stand) => isOf('issuer', 'redeemed')(stand) && stand.expiresAt > at)
    .reduce((sum, { balance, rateMicro }) => sum - balance * rateMicro, 0);
  return [...promised].reduce((sum, [asset, points]) => sum + points * (rates.get(asset) ?? 0), live);
}

/**
 * Series by series: one whose end came leaves with all that was left of it but what is kept for whoever accepted it; of an
 * older one what is kept no longer and was not used, and whatever else still moved.
 */
function endedIn({ opening, closing, promised, moved, start, end }: Omit<Read, 'items'>): number {
  const own = isOf('issuer', 'redeemed');
  const series = new Set(
    [...opening.filter(own), ...closing.filter(own), ...moved].map(({ asset }) => asset),
  );
  let ended = 0;
  for (const asset of series) {
    const is = (row: Stand | Moved) => own(row) && row.asset === asset;
    const before = sumOf(opening, is);
    const change = movedOf(moved, is);
    assertEqual(`series ${asset}`, before + change, sumOf(closing, is));
    const [known] = [...opening, ...closing, ...moved].filter(is);
    const expiresAt = known?.expiresAt ?? 0;
    if (expiresAt > end) continue;
    const wasLive = expiresAt > start ? 0 - before : (promised?.opening.get(asset) ?? 0);
    ended += wasLive - change - (promised?.closing.get(asset) ?? 0);
  }
  return ended;
}

function moneyRow({ opening, moved }: Read, isParty: (row: Stand | Moved) => boolean): MoneyRow {
  const own = moved.filter((row) => row.role === 'payable' && isParty(row));
  const paid = movedOf(own, ({ kind }) => kind === 'pay');
  const reversed = movedOf(own, ({ kind, amount }) => kind !== 'pay' && amount > 0);
  const accepted = paid + reversed - movedOf(own, () => true);
  const before = 0 - sumOf(opening, (row) => row.role === 'payable' && isParty(row));
  return { opening: before, accepted, reversed, paid, closing: before + accepted - reversed - paid };
}

function partiesOf(read: Read): PartyRow[] {
  const payees = [...read.opening, ...read.closing, ...read.moved].filter(isOf('payable'));
  const owed = new Set(payees.map(({ counterparty }) => counterparty));
  const ids = new Set([...owed, ...read.items.flatMap(({ redeemer, payee }) => [redeemer, payee])]);
  ids.delete('');
  return [...ids].sort().flatMap((party): PartyRow[] => {
    const direct = read.items.filter(({ payee }) => payee === party);
    const other = read.items.filter(({ redeemer, payee }) => redeemer === party && payee !== party);
    const balance = moneyRow(read, ({ counterparty }) => counterparty === party);
    const [cleared, none] = [
      other.filter(({ payee }) => payee !== ''),
      other.filter(({ payee }) => payee === ''),
    ];
    return [
      ...(owed.has(party)
        ? [
            {
              ...{ party, settles: 'direct' as const, points: pointsIn(direct) },
              ...{ acceptedMicro: balance.accepted, reversedMicro: balance.reversed, balance },
            },
          ]
        : []),
      ...(cleared.length > 0 ? [takenBy(party, 'cleared', cleared)] : []),
      ...(none.length > 0 ? [takenBy(party, 'none', none)] : []),
    ];
  });
}

function pointsIn(items: readonly Item[]): number {
  return items.reduce((total, { points }) => total + points, 0);
}

function takenBy(party: string, settles: Settles, items: readonly Item[]): PartyRow {
  const sum = (of: (item: Item) => number) => items.reduce((total, item) => total + of(item), 0);
  return {
    ...{ party, settles, points: pointsIn(items) },
    acceptedMicro: sum(({ micro }) => Math.max(0, micro)),
    reversedMicro: sum(({ micro }) => Math.max(0, 0 - micro)),
  };
}

function sumOf<One extends { balance: number }>(rows: readonly One[], isIt: (row: One) => boolean): number {
  return rows.reduce((sum, row) => (isIt(row) ? sum + row.balance : sum), 0);
}

function movedOf(rows: readonly Moved[], isIt: (row: Moved) => boolean): number {
  return rows.reduce((sum, row) => (isIt(row) ? sum + row.amount : sum), 0);
}

/** In pairs: what the movements leave is what the ledger has. A difference is a bug. */
function assertEqual(of: string, left: number, there: number): void {
  if (left !== there) throw new Error(`fund month, ${of}: movements leave ${left}, the ledger has ${there}`);
}
