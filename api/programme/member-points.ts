/** A member's points as people ask for them: 可用 / 待生效 / 已预留 / 即将过期, by unit. */
import { and, desc, eq, gt, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { balancesOf, termsOf, type Balance, type Instant, type TermsByFund } from '../ledger/index.ts';

export type HeldFor = { hold: string; redeemer: string; endsAt: Instant; amount: number };
export type UnitPoints = {
  unit: string;
  available: number;
  pending: number;
  held: number;
  heldFor: HeldFor[];
  /** Points taken back beyond what was there; later awards of the same fund settle them first. */
  toSettle: number;
  /** Available points by their (exclusive) end, nearest first. */
  ending: { expiresAt: Instant; amount: number }[];
};

/**
 * Points of each unit; `ended` points count as available no more, whether or not the expiry run has passed. With the
 * `terms` of a redeemer, only those that it takes count as available.
 */
export async function memberPoints(
  engine: Engine,
  input: { book: number; member: string; now: Instant; terms?: TermsByFund },
): Promise<UnitPoints[]> {
  const balances = await balancesOf(engine, { book: input.book, owner: input.member });
  const holds = balances.some((b) => b.role === 'held') ? await openHolds(engine, input) : [];
  const units = [...new Set(balances.map((b) => b.unit))].sort();
  return units.map((unit) => {
    const mine = balances.filter((b) => b.unit === unit);
    const live = mine.filter(
      (b) =>
        b.role === 'available' &&
        b.expiresAt > input.now &&
        (input.terms === undefined || termsOf(input.terms, b.fund) !== undefined),
    );
    return {
      unit,
      available: total(live),
      pending: total(mine.filter((b) => b.role === 'pending')),
      held: total(mine.filter((b) => b.role === 'held')),
      heldFor: holds.filter((h) => h.unit === unit).map(({ unit: _, ...held }) => held),
      toSettle: Math.abs(total(mine.filter((b) => b.role === 'debt'))),
      ending: endings(live),
    };
  });
}

function total(balances: readonly Balance[]): number {
  return balances.reduce((sum, b) => sum + b.balance, 0);
}

function endings(live: readonly Balance[]): { expiresAt: Instant; amount: number }[] {
  const byEnd = new Map<Instant, number>();
  for (const b of live) byEnd.set(b.expiresAt, (byEnd.get(b.expiresAt) ?? 0) + b.balance);
  return [...byEnd]
    .map(([expiresAt, amount]) => ({ expiresAt, amount }))
    .sort((a, b) => a.expiresAt - b.expiresAt);
}

/** The most holds that one member's page looks at; a member has a few. */
const MOST_HOLDS = 200;

async function openHolds(
  { reader, tables }: Engine,
  input: { book: number; member: string },
): Promise<(HeldFor & { unit: string })[]> {
  const { assets, holds, tallies } = tables;
  const rows = await reader
    .select()
    .from(holds)
    .where(and(eq(holds.book, input.book), eq(holds.member, input.member)))
    .orderBy(desc(holds.id))
    .limit(MOST_HOLDS);
  const lines = rows.flatMap((row) => {
    const parsed = JSON.parse(row.lines) as [asset: number, amount: number][];
    return parsed.map(([asset]) => ({ row, asset, key: `hold:${row.id}:${asset}` }));
  });
  if (lines.length === 0) return [];
  const left = await reader
    .select({ key: tallies.key, total: tallies.total })
    .from(tallies)
    .where(
      and(
        eq(tallies.book, input.book),
        inArray(
          tallies.key,
          lines.map((l) => l.key),
        ),
        gt(tallies.total, 0),
      ),
    );
  const leftByKey = new Map(left.map(({ key, total: points }) => [key, points]));
  const units = await reader
    .select({ id: assets.id, unit: assets.unit })
    .from(assets)
    .where(inArray(assets.id, [...new Set(lines.map((l) => l.asset))]));
  const unitOf = new Map(units.map(({ id, unit }) => [id, unit]));
  const found = new Map<string, HeldFor & { unit: string }>();
  for (const { row, asset, key } of lines) {
    const amount = leftByKey.get(key) ?? 0;
    const unit = unitOf.get(asset) ?? '';
    if (amount === 0) continue;
    const known = found.get(`${row.id}/${unit}`);
    if (known) known.amount += amount;
    else
      found.set(`${row.id}/${unit}`, {
        unit,
        hold: row.id,
        redeemer: row.redeemer,
        endsAt: row.endsAt,
        amount,
      });
  }
  return [...found.values()];
}
