/** Agreements as they are read: of several redeemers, page by page in the order of redeemer, fund and first day. */
import { aliasedTable, and, asc, eq, exists, gt, inArray, isNull, lte, or, sql, type SQL } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Instant } from '../platform/index.ts';
import type { AgreementState } from './rules/agreement-standing.ts';

export type Agreement = NonNullable<Awaited<ReturnType<typeof findAgreement>>>;
/** An agreement with how it stands at the moment it was read for. */
export type StandingAgreement = Agreement & { state: AgreementState };
export type AgreementAfter = { redeemer: string; fund: string; validFrom: Instant; id: string };

export async function findAgreement({ reader, tables: { agreements: t } }: Engine, id: string) {
  const [row] = await reader.select().from(t).where(eq(t.id, id));
  return row;
}

export async function standingAgreement(
  engine: Engine,
  { id, now }: { id: string; now: Instant },
): Promise<StandingAgreement | undefined> {
  const { agreements: t } = engine.tables;
  const [found] = await engine.reader
    .select({ row: t, state: stateAt(engine, now) })
    .from(t)
    .where(eq(t.id, id));
  return found && { ...found.row, state: found.state };
}

export async function listAgreements(
  engine: Engine,
  input: {
    redeemers: readonly string[];
    state?: AgreementState | undefined;
    now: Instant;
    after?: AgreementAfter | undefined;
    limit: number;
  },
): Promise<StandingAgreement[]> {
  const { agreements: t } = engine.tables;
  const { now, after } = input;
  const redeemers = input.redeemers.filter((id) => after === undefined || id >= after.redeemer);
  if (redeemers.length === 0) return [];
  const state = stateAt(engine, now);
  const beyond =
    after &&
    sql`(${t.redeemer}, ${t.fund}, ${t.validFrom}, ${t.id}) > (${after.redeemer}, ${after.fund}, ${after.validFrom}, ${after.id})`;
  const rows = await engine.reader
    .select({ row: t, state })
    .from(t)
    .where(and(inArray(t.redeemer, redeemers), input.state && eq(state, input.state), beyond))
    .orderBy(asc(t.redeemer), asc(t.fund), asc(t.validFrom), asc(t.id))
    .limit(input.limit);
  return rows.map((found) => ({ ...found.row, state: found.state }));
}

/** How each stands at a moment; `agreementsAt` says the same of what is in force. One text, so that a filter finds what is shown. */
function stateAt({ reader, tables: { agreements: t } }: Engine, now: Instant): SQL<AgreementState> {
  const later = aliasedTable(t, 'later');
  const replaced = exists(
    reader
      .select({ one: sql`1` })
      .from(later)
      .where(
        and(
          ...[eq(later.redeemer, t.redeemer), eq(later.fund, t.fund)],
          sql`(${later.validFrom}, ${later.id}) > (${t.validFrom}, ${t.id})`,
          ...[lte(later.validFrom, now), or(isNull(later.validTo), gt(later.validTo, later.validFrom))],
        ),
      ),
  );
  return sql<AgreementState>`case
    when ${t.validTo} <= ${now} or ${t.validTo} <= ${t.validFrom} then 'ended'
    when ${t.validFrom} > ${now} then 'to-come'
    when ${replaced} then 'replaced'
    else 'in-force' end`;
}
