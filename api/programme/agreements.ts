/** On which terms a redeemer takes points: the agreement of the day with that fund, else with any fund ('*'). */
import { eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Terms, TermsByFund } from '../ledger/index.ts';
import { worthMicro } from '../ledger/index.ts';
import { problem, together, type Deps, type Instant, type Problem } from '../platform/index.ts';
import { agreementsAt } from './rules/agreement-standing.ts';

export type NewAgreement = {
  redeemer: string;
  fund: string;
  terms: Terms;
  validFrom: Instant;
  /** The most points of one unit that a till of the redeemer takes in a month. */
  monthlyCap?: number;
  /** Who made it, and on what document. */
  madeBy?: string;
  basis?: string;
};

/** All agreements of a redeemer. */
export const agreementsOf = together(async ({ reader, tables: { agreements: t } }: Engine, redeemers) => {
  const rows = await reader
    .select()
    .from(t)
    .where(inArray(t.redeemer, [...redeemers]));
  const found = new Map<string, typeof rows>();
  for (const row of rows) found.set(row.redeemer, [...(found.get(row.redeemer) ?? []), row]);
  return found;
});

export async function termsFor(
  engine: Engine,
  { redeemer, at }: { redeemer: string; at: Instant },
): Promise<TermsByFund> {
  const known = (await agreementsOf(engine, redeemer)) ?? [];
  const byFund: Record<string, Terms> = {};
  for (const { fund, mode, via, factor } of agreementsAt(known, at)) {
    if (mode === 'stocked') byFund[fund] = { mode };
    else byFund[fund] = mode === 'clearing' ? { mode, via, factor } : { mode, factor };
  }
  return byFund;
}

/** The most points of one unit that the redeemer's tills take in a month; part of its agreement with any fund. */
export async function monthlyCapFor(
  engine: Engine,
  { redeemer, at }: { redeemer: string; at: Instant },
): Promise<number | undefined> {
  const known = (await agreementsOf(engine, redeemer)) ?? [];
  return agreementsAt(known, at).find(({ fund }) => fund === '*')?.monthlyCap ?? undefined;
}

/** Where the points of a unit are counted that a redeemer's tills took in a month. */
export function takenKey({
  redeemer,
  unit,
  month,
}: {
  redeemer: string;
  unit: string;
  month: string;
}): string {
  return `taken:${redeemer}:${unit}:${month}`;
}

/** A factor that does not give whole micro-yuan for a point of the fund is refused now, not at the till. */
export async function addAgreement(
  { engine, ids, clock }: Pick<Deps, 'engine' | 'ids' | 'clock'>,
  { redeemer, fund, terms, validFrom, monthlyCap, madeBy, basis }: NewAgreement,
): Promise<{ id: string } | Problem> {
  const { agreements, funds } = engine.tables;
  const factor = terms.mode === 'stocked' ? 10_000 : terms.factor;
  if (!Number.isInteger(factor) || factor < 1 || factor > 100_000) return problem('invalid-input');
  if (fund !== '*') {
    const [of] = await engine.reader.select().from(funds).where(eq(funds.id, fund));
    if (!of) return problem('not-found');
    if (worthMicro(1, of.rateMicro, factor) === undefined) return problem('rate-not-exact');
  }
  const id = ids();
  const via = terms.mode === 'clearing' ? terms.via : '';
  const row = { id, version: 1, redeemer, fund, mode: terms.mode, via, factor, validFrom, validTo: null };
  const said = { monthlyCap: monthlyCap ?? null, madeBy: madeBy ?? null, basis: basis ?? null };
  const made = await engine.db
    .insert(agreements)
    .values({ ...row, ...said, createdAt: clock() })
    .onConflictDoNothing()
    .returning({ id: agreements.id });
  return made.length === 1 ? { id } : problem('already-exists');
}
