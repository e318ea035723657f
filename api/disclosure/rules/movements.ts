/**
 * What a transaction did to its members' points. Protects: for each member and fund, issued − taken back − redeemed +
 * refunded − expired is what available, held and debt changed by together, whatever kind of transaction it was.
 */
export type MovedEntry = { owner: string; role: string; unit: string; fund: string; amount: number };

export type Flow = {
  issued: number;
  takenBack: number;
  redeemed: number;
  refunded: number;
  /** What ended, less what had ended and was taken back. */
  expired: number;
};
export type Movement = Flow & { member: string; fund: string; unit: string };

/** A member's accounts whose sum changes only with points that come or go. What waits (`pending`) is not given yet. */
const OWN: ReadonlySet<string> = new Set(['available', 'held', 'expired', 'debt']);

type Sums = { unit: string; redeemed: number; members: Map<string, { own: number; expired: number }> };

export function movementsOf(entries: readonly MovedEntry[]): Movement[] {
  const funds = new Map<string, Sums>();
  for (const { owner, role, unit, fund, amount } of entries) {
    const sums = funds.get(fund) ?? { unit, redeemed: 0, members: new Map<string, never>() };
    funds.set(fund, sums);
    if (role === 'redeemed') sums.redeemed += amount;
    if (!OWN.has(role)) continue;
    const member = sums.members.get(owner) ?? { own: 0, expired: 0 };
    member.own += amount;
    if (role === 'expired') member.expired += amount;
    sums.members.set(owner, member);
  }
  return [...funds].flatMap(([fund, { unit, redeemed, members }]) =>
    [...members].flatMap(([member, { own, expired }]) => {
      // Only one member's points are redeemed or refunded by a transaction.
      const flow = flowOf(own, members.size === 1 ? redeemed : 0, expired);
      return flow ? { member, fund, unit, ...flow } : [];
    }),
  );
}

function flowOf(own: number, redeemed: number, expired: number): Flow | undefined {
  const given = own + redeemed;
  if (given === 0 && redeemed === 0 && expired === 0) return undefined;
  return {
    issued: Math.max(given, 0),
    takenBack: Math.max(-given, 0),
    redeemed: Math.max(redeemed, 0),
    refunded: Math.max(-redeemed, 0),
    expired,
  };
}

/** By how much what members have (available and held, less what is to be settled) changed. */
export function changeOf(flow: Flow): number {
  return flow.issued - flow.takenBack - flow.redeemed + flow.refunded - flow.expired;
}
