/** Reads of settlements (结算单): one, the latest of a pair, those of a place, and what is said and paid on them. */
import { and, asc, desc, eq, gt, inArray, lt, ne, sql, sum } from 'drizzle-orm';
import type { Engine, Tables } from '../../db/index.ts';
import type { SettlementState } from './monthly.tables.ts';

export type Settlement = Tables['settlements']['$inferSelect'];
export type SettlementLine = Tables['settlementLines']['$inferSelect'];
export type SettlementRemark = Tables['settlementRemarks']['$inferSelect'];
export type SettlementPayment = Tables['settlementPayments']['$inferSelect'];

/** `payer`: a fund or a clearing party. */
export type Pair = { payer: string; payee: string };

export async function findSettlement(
  { reader, tables: { settlements: t } }: Engine,
  id: string,
): Promise<Settlement | undefined> {
  const [row] = await reader.select().from(t).where(eq(t.id, id));
  return row;
}

export async function latestOf(
  { reader, tables: { settlements: t } }: Engine,
  { payer, payee }: Pair,
): Promise<Settlement | undefined> {
  const [row] = await reader
    .select()
    .from(t)
    .where(and(eq(t.payee, payee), eq(t.payer, payer)))
    .orderBy(desc(t.month))
    .limit(1);
  return row;
}

/** In fen: what the settlements of each payer with this payee leave to be paid. */
export async function leftToPay(
  { reader, tables: { settlements: t } }: Engine,
  payee: string,
): Promise<Map<string, number>> {
  const rows = await reader
    .select({ payer: t.payer, fen: sum(sql`${t.netFen} - ${t.paidFen}`).mapWith(Number) })
    .from(t)
    .where(and(eq(t.payee, payee), ne(t.state, 'paid')))
    .groupBy(t.payer);
  return new Map(rows.map(({ payer, fen }) => [payer, fen]));
}

export const SETTLEMENT_SIDES = ['payee', 'payer'] as const;
export type SettlementSide = (typeof SETTLEMENT_SIDES)[number];

type Asked = {
  places: readonly string[];
  side: SettlementSide;
  state?: SettlementState | undefined;
  after?: string | undefined;
  limit: number;
};

/** The latest first. Each place's own by its index, then the first of all. */
export async function listSettlements(
  { reader, tables: { settlements: t } }: Engine,
  { places, side, state, after, limit }: Asked,
): Promise<Settlement[]> {
  const found: Settlement[] = [];
  const whose = side === 'payee' ? t.payee : t.payerPlace;
  for (const place of places) {
    const within = and(
      eq(whose, place),
      state === undefined ? undefined : eq(t.state, state),
      after === undefined ? undefined : lt(t.id, after),
    );
    found.push(...(await reader.select().from(t).where(within).orderBy(desc(t.id)).limit(limit)));
  }
  return found.toSorted((a, b) => (a.id > b.id ? -1 : 1)).slice(0, limit);
}

/** In the order of redeemers and funds. */
export async function linesOfSettlement(
  { reader, tables: { settlementLines: t } }: Engine,
  { settlement, after, limit }: { settlement: string; after?: string | undefined; limit: number },
): Promise<SettlementLine[]> {
  const later = after === undefined ? undefined : gt(t.id, after);
  return reader
    .select()
    .from(t)
    .where(and(eq(t.settlement, settlement), later))
    .orderBy(asc(t.id))
    .limit(limit);
}

/** More than two sides say of one settlement; and as many payments as stand with it, the others on pages of their own. */
export const MOST_REMARKS = 100;
export const MOST_PAYMENTS = 100;

export async function remarksOf(
  { reader, tables: { settlementRemarks: t } }: Engine,
  settlement: string,
): Promise<SettlementRemark[]> {
  return reader.select().from(t).where(eq(t.settlement, settlement)).orderBy(asc(t.id)).limit(MOST_REMARKS);
}

/** What is to be answered. */
export async function lastObjection(
  { reader, tables: { settlementRemarks: t } }: Engine,
  settlement: string,
): Promise<SettlementRemark | undefined> {
  const [row] = await reader
    .select()
    .from(t)
    .where(and(eq(t.settlement, settlement), eq(t.kind, 'objection')))
    .orderBy(desc(t.id))
    .limit(1);
  return row;
}

export async function paymentsOf(
  { reader, tables: { settlementPayments: t } }: Engine,
  { settlement, after, limit }: { settlement: string; after?: string | undefined; limit: number },
): Promise<SettlementPayment[]> {
  const later = after === undefined ? undefined : gt(t.id, after);
  return reader
    .select()
    .from(t)
    .where(and(eq(t.settlement, settlement), later))
    .orderBy(asc(t.id))
    .limit(limit);
}

export async function findPayment(
  { reader, tables: { settlementPayments: t } }: Engine,
  id: string,
): Promise<SettlementPayment | undefined> {
  const [row] = await reader.select().from(t).where(eq(t.id, id));
  return row;
}

type Transfer = { payerPlace: string; transfer: string };

/** What counts what is paid of one transfer of the bank. */
export const transferTally = ({ payerPlace, transfer }: Transfer): string =>
  `bank-transfer:${payerPlace}:${transfer}`;

/** A transfer pays no more settlements than this. */
const MOST_PARTS = 500;

/** The payments of a transfer that stand, whatever they pay. */
export async function partsOfTransfer(
  { reader, tables: { settlementPayments: t } }: Engine,
  { payerPlace, transfer }: Transfer,
): Promise<SettlementPayment[]> {
  const its = and(eq(t.payerPlace, payerPlace), eq(t.transfer, transfer), ne(t.state, 'taken-back'));
  return reader.select().from(t).where(its).limit(MOST_PARTS);
}

/** In fen: of each of these settlements what its payee has confirmed. */
export async function receivedOf(
  { reader, tables: { settlementPayments: t } }: Engine,
  settlements: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (settlements.length === 0) return new Map();
  const came = and(
    ...[inArray(t.settlement, [...settlements]), eq(t.receipt, 'received'), ne(t.state, 'taken-back')],
  );
  const rows = await reader
    .select({ settlement: t.settlement, fen: sum(t.amountFen).mapWith(Number) })
    .from(t)
    .where(came)
    .groupBy(t.settlement);
  return new Map(rows.map(({ settlement, fen }) => [settlement, fen]));
}
