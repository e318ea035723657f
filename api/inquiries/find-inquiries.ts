/** Questions as kept, with every word that was said about them. */
import { and, asc, desc, eq, gt, inArray, lt, ne, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Desk } from './rules/index.ts';

export type Inquiry = NonNullable<Awaited<ReturnType<typeof findInquiry>>>;
export type InquiryWord = Awaited<ReturnType<typeof wordsOf>>[number];

export async function findInquiry({ db, tables: { inquiries: t } }: Engine, id: string) {
  const [row] = await db.select().from(t).where(eq(t.id, id));
  return row;
}

/** What was said about these, the first word first. A question has four or five. */
export async function wordsOf({ db, tables: { inquiryWords: t } }: Engine, inquiries: readonly string[]) {
  if (inquiries.length === 0) return [];
  return db
    .select()
    .from(t)
    .where(inArray(t.inquiry, [...inquiries]))
    .orderBy(asc(t.inquiry), asc(t.id));
}

/** A member's own, about one transaction or any; the newest first, before the inquiry `before`. */
export async function listOwnInquiries(
  { reader, tables }: Engine,
  input: {
    member: string;
    transaction?: number;
    /** An estate and what is above it: only what is answered there, or at a shop or firm that belongs there. */
    around?: readonly string[];
    before?: string;
    limit: number;
  },
): Promise<Inquiry[]> {
  const { member, transaction, around, before, limit } = input;
  const { inquiries: t } = tables;
  const there = around && inArray(t.place, placesAround({ reader, tables }, around));
  const about = transaction === undefined ? undefined : eq(t.transaction, transaction);
  return reader
    .select()
    .from(t)
    .where(and(eq(t.member, member), about, there, before === undefined ? undefined : lt(t.id, before)))
    .orderBy(desc(t.id))
    .limit(limit);
}

/** A line of places and what lies right below them, but no other estate. */
function placesAround(
  { reader, tables: { places: p } }: Pick<Engine, 'reader' | 'tables'>,
  line: readonly string[],
) {
  const beside = and(inArray(p.parent, [...line]), ne(p.kind, 'estate'));
  return reader
    .select({ id: p.id })
    .from(p)
    .where(or(inArray(p.id, [...line]), beside));
}

/** Those of a desk that wait for an answer, or that wait no longer; in either order, after the inquiry `after`. */
export async function listInquiries(
  { reader, tables: { inquiries: t } }: Engine,
  input: {
    place: string;
    desk: Desk;
    waits: boolean;
    order: 'oldest' | 'newest';
    after?: string;
    limit: number;
  },
): Promise<Inquiry[]> {
  const { place, desk, waits, order, after, limit } = input;
  const [beyond, sorted] = order === 'oldest' ? [gt, asc] : [lt, desc];
  const later = after === undefined ? undefined : beyond(t.id, after);
  return reader
    .select()
    .from(t)
    .where(and(eq(t.place, place), eq(t.desk, desk), eq(t.waits, waits), later))
    .orderBy(sorted(t.id))
    .limit(limit);
}

/** More than this many are not counted: a desk with so many has other worries than their number. */
export const MOST_COUNTED = 100;

/** How many wait at a desk, up to MOST_COUNTED. */
export async function countWaiting(
  { reader, tables: { inquiries: t } }: Engine,
  { place, desk }: { place: string; desk: Desk },
): Promise<number> {
  const rows = await reader
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.place, place), eq(t.desk, desk), eq(t.waits, true)))
    .limit(MOST_COUNTED);
  return rows.length;
}
