/** On which terms a redeemer takes points: the agreement of the day with that fund, else with any fund ('*'). */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Engine, Writes } from '../db/index.ts';
import type { Terms, TermsByFund } from '../ledger/index.ts';
import { worthMicro } from '../ledger/index.ts';
import { isProblem, problem, together, type Deps, type Instant, type Problem } from '../platform/index.ts';
import { fenToMicro } from '../platform/money/index.ts';
import { agreementsAt } from './rules/agreement-standing.ts';
import type { OverExposure, SettlementPeriod } from './rules/settlement-terms.ts';

export type NewAgreement = {
  redeemer: string;
  fund: string;
  terms: Terms;
  validFrom: Instant;
  /** The most points of one unit that a till of the redeemer takes in a month. */
  monthlyCap?: number;
  settles?: Settles;
  /** Who made it, and on what document. */
  madeBy?: string;
  basis?: string;
};

/** How often it is settled, and what may be left unpaid; what is left out is every month, and without a limit. */
export type Settles = { period?: SettlementPeriod; exposureFen?: number; overExposure?: OverExposure };

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

type Agreement = NonNullable<Awaited<ReturnType<typeof agreementsOf>>>[number];
type Asked = { redeemer: string; at: Instant };

async function inForce(engine: Engine, { redeemer, at }: Asked): Promise<Agreement[]> {
  return agreementsAt((await agreementsOf(engine, redeemer)) ?? [], at);
}

export async function termsFor(engine: Engine, asked: Asked): Promise<TermsByFund> {
  return byFund(await inForce(engine, asked), termsOf);
}

export type AtTill = {
  terms: TermsByFund;
  /** As `monthlyCapFor` says. */
  cap: number | undefined;
};

/**
 * All that a till asks of its agreements, in one read: the terms with what each lets its payer leave unpaid, and the cap.
 * `isAccepted`: whoever is at the till goes on over a limit that only asks. A hold has no such limit: what was promised
 * to a resident is theirs.
 */
export async function agreedAtTill(
  engine: Engine,
  { isAccepted, ...asked }: Asked & { isAccepted: boolean },
): Promise<AtTill> {
  const agreements = await inForce(engine, asked);
  const terms = byFund(agreements, (one) => {
    const [its, limit] = [termsOf(one), limitOf(one)];
    if (its.mode === 'stocked' || !limit || (isAccepted && limit.overExposure === 'ask')) return its;
    return { ...its, limitMicro: fenToMicro(limit.exposureFen) };
  });
  return { terms, cap: capOf(agreements) };
}

export type ExposureLimit = {
  fund: string;
  mode: Terms['mode'];
  via: string;
  exposureFen: number;
  overExposure: OverExposure;
};

/** The agreements of the day that say how much may be left unpaid. */
export async function limitsOf(engine: Engine, asked: Asked): Promise<ExposureLimit[]> {
  return (await inForce(engine, asked)).flatMap((one) => limitOf(one) ?? []);
}

/** The most points of one unit that the redeemer's tills take in a month; part of its agreement with any fund. */
export async function monthlyCapFor(engine: Engine, asked: Asked): Promise<number | undefined> {
  return capOf(await inForce(engine, asked));
}

function byFund(agreements: readonly Agreement[], its: (one: Agreement) => Terms): TermsByFund {
  return Object.fromEntries(agreements.map((one) => [one.fund, its(one)]));
}

function termsOf({ mode, via, factor }: Agreement): Terms {
  if (mode === 'stocked') return { mode };
  return mode === 'clearing' ? { mode, via, factor } : { mode, factor };
}

function limitOf({ fund, mode, via, exposureFen, overExposure }: Agreement): ExposureLimit | undefined {
  if (exposureFen === null || mode === 'stocked') return undefined;
  return { fund, mode, via, exposureFen, overExposure: overExposure ?? 'refuse' };
}

function capOf(agreements: readonly Agreement[]): number | undefined {
  return agreements.find(({ fund }) => fund === '*')?.monthlyCap ?? undefined;
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

/** As `rowOf` says; another of the same fund that begins then is the one that there is. */
export async function addAgreement(
  deps: Pick<Deps, 'engine' | 'ids' | 'clock'>,
  said: NewAgreement,
): Promise<{ id: string } | Problem> {
  const { agreements: t } = deps.engine.tables;
  const row = await rowOf(deps, said);
  if (isProblem(row)) return row;
  const made = await deps.engine.db.insert(t).values(row).onConflictDoNothing().returning({ id: t.id });
  return made.length === 1 ? { id: row.id } : problem('already-exists');
}

/** … with what changes by it, all or nothing; in the turn of the redeemer's terms. */
export async function addAgreementWith(
  deps: Pick<Deps, 'engine' | 'ids' | 'clock'>,
  said: NewAgreement,
  changes: Writes,
): Promise<{ id: string } | Problem> {
  const { agreements: t } = deps.engine.tables;
  const row = await rowOf(deps, said);
  if (isProblem(row)) return row;
  const begins = and(
    eq(t.redeemer, said.redeemer),
    eq(t.fund, said.fund),
    eq(t.validFrom, said.validFrom),
    isNull(t.validTo),
  );
  const [known] = await deps.engine.db.select({ id: t.id }).from(t).where(begins).limit(1);
  if (known) return problem('already-exists');
  await deps.engine.atomically((db) => [db.insert(t).values(row), ...changes(db)]);
  return { id: row.id };
}

/** A factor that does not give whole micro-yuan for a point of the fund is refused now, not at the till. */
async function rowOf(
  { engine, ids, clock }: Pick<Deps, 'engine' | 'ids' | 'clock'>,
  { redeemer, fund, terms, validFrom, monthlyCap, settles = {}, madeBy, basis }: NewAgreement,
) {
  const { funds } = engine.tables;
  const factor = terms.mode === 'stocked' ? 10_000 : terms.factor;
  if (!Number.isInteger(factor) || factor < 1 || factor > 100_000) return problem('invalid-input');
  if (fund !== '*') {
    const [of] = await engine.reader.select().from(funds).where(eq(funds.id, fund));
    if (!of) return problem('not-found');
    if (worthMicro(1, of.rateMicro, factor) === undefined) return problem('rate-not-exact');
  }
  const via = terms.mode === 'clearing' ? terms.via : '';
  const row = { id: ids(), version: 1, redeemer, fund, mode: terms.mode, via, factor, validFrom };
  const said = { monthlyCap: monthlyCap ?? null, madeBy: madeBy ?? null, basis: basis ?? null };
  const { period = null, exposureFen = null, overExposure = null } = settles;
  const settled = { period, exposureFen, overExposure: exposureFen === null ? null : overExposure };
  return { ...row, ...said, ...settled, validTo: null, createdAt: clock() };
}
