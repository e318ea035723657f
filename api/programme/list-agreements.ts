/** Agreements as they are read: of several redeemers, page by page in the order of redeemer, fund and first day. */
import { aliasedTable, and, asc, eq, gt, inArray, isNull, lte, not, or, exists, sql } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Instant } from '../platform/index.ts';

export type Agreement = NonNullable<Awaited<ReturnType<typeof findAgreement>>>;
export const AGREEMENT_STATES = ['in-force', 'to-come', 'ended', 'replaced'] as const;
export type AgreementState = (typeof AGREEMENT_STATES)[number];
export type AgreementAfter = { redeemer: string; fund: string; validFrom: Instant; id: string };

export async function findAgreement({ reader, tables: { agreements: t } }: Engine, id: string) {
  const [row] = await reader.select().from(t).where(eq(t.id, id));
  return row;
}

export async function listAgreements(
  { reader, tables: { agreements: t } }: Engine,
  input: {
    redeemers: readonly string[];
    state?: AgreementState | undefined;
    now: Instant;
    after?: AgreementAfter | undefined;
    limit: number;
  },
): Promise<(Agreement & { isReplaced: boolean })[]> {
  const { now, after } = input;
  const redeemers = input.redeemers.filter((id) => after === undefined || id >= after.redeemer);
  if (redeemers.length === 0) return [];
  const later = aliasedTable(t, 'later');
  const goesOn = (table: typeof t) => or(isNull(table.validTo), gt(table.validTo, now));
  const replaced = exists(
    reader
      .select({ one: sql`1` })
      .from(later)
      .where(
        and(
          ...[eq(later.redeemer, t.redeemer), eq(later.fund, t.fund), gt(later.validFrom, t.validFrom)],
          ...[lte(later.validFrom, now), goesOn(later as unknown as typeof t)],
        ),
      ),
  );
  const begun = lte(t.validFrom, now);
  const states = {
    'in-force': and(begun, goesOn(t), not(replaced)),
    replaced: and(begun, goesOn(t), replaced),
    'to-come': and(gt(t.validFrom, now), isNull(t.validTo)),
    ended: lte(t.validTo, now),
  };
  const beyond =
    after &&
    sql`(${t.redeemer}, ${t.fund}, ${t.validFrom}, ${t.id}) > (${after.redeemer}, ${after.fund}, ${after.validFrom}, ${after.id})`;
  const rows = await reader
    .select({ row: t, isReplaced: sql<number | boolean>`${replaced}` })
    .from(t)
    .where(and(inArray(t.redeemer, redeemers), input.state && states[input.state], beyond))
    .orderBy(asc(t.redeemer), asc(t.fund), asc(t.validFrom), asc(t.id))
    .limit(input.limit);
  return rows.map(({ row, isReplaced }) => ({ ...row, isReplaced: Boolean(isReplaced) }));
}

/** How one stands at a moment; a later one with the same fund replaces it while both would hold. */
export function stateOfAgreement(
  { validFrom, validTo, isReplaced }: Pick<Agreement, 'validFrom' | 'validTo'> & { isReplaced: boolean },
  now: Instant,
): AgreementState {
  if (validTo !== null && (validTo <= now || validTo <= validFrom)) return 'ended';
  if (validFrom > now) return 'to-come';
  return isReplaced ? 'replaced' : 'in-force';
}
