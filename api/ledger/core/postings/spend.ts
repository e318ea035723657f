/** Hold, capture, return, spend: how points are promised to a redeemer and taken. */
import type { Account } from '../account.ts';
import { allocate, type Taken } from '../allocation.ts';
import { worthMicro, type Amount, type Instant } from '../amount.ts';
import type { AssetRow } from '../asset.ts';
import type { Take, Terms, TermsByFund } from '../command.ts';
import type { Draft } from '../draft.ts';
import { refuse, type Refusal } from '../refusals.ts';
import type { TransactionTerms } from '../transaction.ts';
import { creditMember } from './issue.ts';
import { planSettlement, termsOf } from './settlement.ts';

/**
 * Only points that the redeemer accepts are taken, so that others of the same unit, of a fund it has no terms with, never
 * stand in their way. Where they alone would have made it enough, that is what the refusal says.
 */
function takeFrom(
  draft: Draft,
  { member, take, terms }: { member: string; take: Take; terms: TermsByFund },
): { available: Account; taken: Taken[] } | Refusal {
  const { state } = draft;
  const wanted = 'points' in take ? take.points : take.valueMicro;
  if (wanted <= 0) return refuse('amount-out-of-range');
  const available = state.account(member, 'available');
  const holdings = state.holdings(available).map((position) => {
    const asset =
      state.directory.assetById(position.asset) ?? state.newAssets.find((a) => a.id === position.asset);
    if (!asset) throw new Error('a position of an asset that was never loaded');
    return { asset, available: draft.balance(available, asset) };
  });
  const isAccepted = ({ asset }: { asset: AssetRow }): boolean => termsOf(terms, asset.fund) !== undefined;
  const taken = allocate(take, holdings.filter(isAccepted), draft.bookedAt);
  if (!('code' in taken)) return { available, taken };
  const ofAll = allocate(take, holdings, draft.bookedAt);
  const missing = 'code' in ofAll ? undefined : ofAll.find((part) => !isAccepted(part));
  return missing ? refuse('terms-missing', { fund: missing.asset.fund }) : taken;
}

/** The tally that says how much of a hold is left, per series. */
export function holdTally(hold: string, asset: number): string {
  return `hold:${hold}:${asset}`;
}

export function planHold(
  draft: Draft,
  c: { hold: string; member: string; redeemer: string; take: Take; endsAt: Instant; terms: TermsByFund },
): Refusal | undefined {
  if (c.endsAt <= draft.bookedAt) return refuse('hold-ended', { endsAt: c.endsAt });
  const chosen = takeFrom(draft, c);
  if ('code' in chosen) return chosen;
  const held = draft.state.account(c.member, 'held');
  if (draft.state.holdTransaction(c.hold) !== undefined) return refuse('already-done', { hold: c.hold });
  const agreed = settlementOf(chosen.taken, c.terms);
  if ('code' in agreed) return agreed;
  for (const { asset, points } of chosen.taken) {
    draft.transfer(asset, chosen.available, held, points);
    draft.count(holdTally(c.hold, asset.id), points, { floor: 0 });
  }
  draft.holdId = c.hold;
  const { member, redeemer, endsAt } = c;
  draft.terms = { hold: { id: c.hold, member, redeemer, endsAt, settlement: agreed.settlement } };
  return undefined;
}

type Settlement = Readonly<Record<string, Terms>>;

/** The terms of each fund whose points are held; of every single point, since a hold is captured in any parts. */
function settlementOf(taken: readonly Taken[], terms: TermsByFund): { settlement: Settlement } | Refusal {
  const settlement: Record<string, Terms> = {};
  for (const { asset } of taken) {
    const ofFund = termsOf(terms, asset.fund);
    if (!ofFund) return refuse('terms-missing', { fund: asset.fund });
    const isExact = ofFund.mode === 'stocked' || worthMicro(1, asset.rateMicro, ofFund.factor) !== undefined;
    if (!isExact) return refuse('rate-not-exact', { fund: asset.fund });
    settlement[asset.fund] = ofFund;
  }
  return { settlement };
}

type LiveHold = {
  member: string;
  redeemer: string;
  endsAt: Instant;
  settlement: Settlement;
  lines: Taken[];
};

/** A hold and what is left of it, in the order in which its series were chosen. */
function liveHold(draft: Draft, hold: string): LiveHold | Refusal {
  const { state } = draft;
  const id = state.holdTransaction(hold);
  const transaction = id === undefined ? undefined : state.transaction(id);
  if (!transaction) return refuse('hold-not-found');
  const terms = JSON.parse(transaction.terms ?? '{}') as TransactionTerms;
  if (!terms.hold) return refuse('hold-not-found');
  const lines = transaction.entries
    .filter((e) => e.account.role === 'held')
    .map((e) => ({ asset: e.asset, points: draft.tallied(holdTally(hold, e.asset.id)) }))
    .filter((line) => line.points > 0);
  return { ...terms.hold, lines };
}

function takeLines(lines: readonly Taken[], points: Amount | undefined): Taken[] | Refusal {
  const total = lines.reduce((sum, line) => sum + line.points, 0);
  let wanted = points ?? total;
  if (wanted <= 0 || wanted > total) return refuse('hold-exceeded', { left: total });
  const taken: Taken[] = [];
  for (const line of lines) {
    if (wanted === 0) break;
    const part = Math.min(wanted, line.points);
    taken.push({ asset: line.asset, points: part });
    wanted -= part;
  }
  return taken;
}

export function planCapture(
  draft: Draft,
  c: { hold: string; points?: Amount; final: boolean },
): Refusal | undefined {
  const hold = liveHold(draft, c.hold);
  if ('code' in hold) return hold;
  if (hold.endsAt <= draft.bookedAt) return refuse('hold-ended', { endsAt: hold.endsAt });
  const taken = takeLines(hold.lines, c.points);
  if ('code' in taken) return taken;
  const { state } = draft;
  const held = state.account(hold.member, 'held');
  draft.holdId = c.hold;
  for (const { asset, points } of taken) {
    draft.transfer(asset, held, state.account(asset.fund, 'redeemed'), points);
    draft.count(holdTally(c.hold, asset.id), -points, { floor: 0 });
  }
  const refusal = planSettlement(draft, taken, {
    redeemer: hold.redeemer,
    terms: hold.settlement,
    sign: 1,
  });
  if (refusal || !c.final) return refusal;
  giveBack(draft, c.hold, hold);
  return undefined;
}

export function planReturn(draft: Draft, c: { hold: string }): Refusal | undefined {
  const hold = liveHold(draft, c.hold);
  if ('code' in hold) return hold;
  if (hold.lines.length === 0) return refuse('hold-exceeded', { left: 0 });
  draft.holdId = c.hold;
  giveBack(draft, c.hold, hold);
  return undefined;
}

/** What is left of a hold goes back to the member, each series under its own date. */
function giveBack(draft: Draft, holdId: string, hold: LiveHold): void {
  const held = draft.state.account(hold.member, 'held');
  for (const { asset } of hold.lines) {
    const left = draft.tallied(holdTally(holdId, asset.id));
    if (left === 0) continue;
    draft.count(holdTally(holdId, asset.id), -left, { floor: 0 });
    creditMember(draft, { member: hold.member, asset, from: held, amount: left });
  }
}

export function planSpend(
  draft: Draft,
  c: { member: string; redeemer: string; take: Take; terms: TermsByFund },
): Refusal | undefined {
  const chosen = takeFrom(draft, c);
  if ('code' in chosen) return chosen;
  for (const { asset, points } of chosen.taken) {
    draft.transfer(asset, chosen.available, draft.state.account(asset.fund, 'redeemed'), points);
  }
  return planSettlement(draft, chosen.taken, { redeemer: c.redeemer, terms: c.terms, sign: 1 });
}
