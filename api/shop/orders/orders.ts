/** Orders: what is stored of one, and who may find it. */
import { and, asc, desc, eq, inArray, lt } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { together } from '../../platform/index.ts';

/** Something else in the place of what is not there, for no more points; the member agrees or declines. */
export type Proposal = {
  line: string;
  goods: string;
  price: string;
  name: string;
  points: number;
  yuanFen: number;
  quantity: number;
  kind: 'goods' | 'service';
  by: string;
};

export type Order = NonNullable<Awaited<ReturnType<typeof findOrder>>>;
export type OrderLine = Awaited<ReturnType<typeof linesOf>>[number];

export const findOrder = together(async ({ db, tables: { orders: t } }: Engine, ids) => {
  const rows = await db
    .select()
    .from(t)
    .where(inArray(t.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
});

/** In the order in which they were taken into the basket. */
export async function linesOf({ db, tables: { orderLines: t } }: Engine, order: string) {
  return db.select().from(t).where(eq(t.ofOrder, order)).orderBy(asc(t.id));
}

/** What of a line still waits. */
export function leftOf({ quantity, taken, released }: Pick<OrderLine, 'quantity' | 'taken' | 'released'>) {
  return quantity - taken - released;
}

/** The pick-ups of an order, the first one first. */
export async function pickUpsOf({ db, tables: { redemptions: t } }: Engine, order: string) {
  return db.select().from(t).where(eq(t.ofOrder, order)).orderBy(asc(t.id));
}

type Page = { before?: string | undefined; limit: number };

/** A member's orders, the newest first. */
export async function ordersOfMember(
  { reader, tables: { orders: t } }: Engine,
  { member, before, limit }: Page & { member: string },
): Promise<Order[]> {
  const earlier = before === undefined ? undefined : lt(t.id, before);
  return reader
    .select()
    .from(t)
    .where(and(eq(t.member, member), earlier))
    .orderBy(desc(t.id))
    .limit(limit);
}

/** A shop's orders in one state, the newest first. */
export async function ordersAt(
  { reader, tables: { orders: t } }: Engine,
  { place, state, before, limit }: Page & { place: string; state: Order['state'] },
): Promise<Order[]> {
  const earlier = before === undefined ? undefined : lt(t.id, before);
  return reader
    .select()
    .from(t)
    .where(and(eq(t.place, place), eq(t.state, state), earlier))
    .orderBy(desc(t.id))
    .limit(limit);
}
