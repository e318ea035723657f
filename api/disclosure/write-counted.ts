/** Puts what was counted where pages read it: in one database transaction with how far the book is counted. */
import { and, eq, sql } from 'drizzle-orm';
import type { Database, Engine } from '../db/index.ts';
import { chunksOf } from '../places/index.ts';
import type { CountedMember } from './counted-members.ts';
import type { CountSums, FigureSums, MonthSums } from './rules/month-sums.ts';

export type CountedBook = {
  book: number;
  transaction: number;
  until: number;
  firstMonth: string;
  month: string;
};
export type MonthAward = {
  transaction: number;
  estate: string;
  month: string;
  service: string;
  unit: string;
  points: number;
};

const FIGURES = [
  'issued',
  'takenBack',
  'redeemed',
  'refunded',
  'expired',
  'moved',
  'takenBackOfEarlier',
  'refundedOfEarlier',
] as const satisfies readonly (keyof FigureSums)[];
const COUNTS = [
  'people',
  'services',
  'minutes',
  'points',
  'voidedServices',
  'voidedMinutes',
  'voidedPoints',
] as const satisfies readonly (keyof CountSums)[];

export function writeCounted(
  engine: Engine,
  input: {
    book: CountedBook;
    sums: MonthSums;
    awards: readonly MonthAward[];
    members: readonly CountedMember[];
  },
): Promise<void> {
  const { monthFigures: f, monthCounts: c, monthAwards: a, countedMembers: m } = engine.tables;
  const { book, sums, awards, members } = input;
  const { month } = book;
  return engine.atomically((db) => [
    ...chunksOf(sums.figures).map((rows) =>
      db
        .insert(f)
        .values(rows.map((row) => ({ ...row, ...fresh, book: book.book, month })))
        .onConflictDoUpdate({ target: [f.place, f.month, f.fund], set: adding(f, FIGURES) }),
    ),
    ...sums.later.map(({ place, fund, month: earlier, takenBack, refunded }) =>
      db
        .update(f)
        .set({
          takenBackLater: sql`${f.takenBackLater} + ${takenBack}`,
          refundedLater: sql`${f.refundedLater} + ${refunded}`,
        })
        .where(and(eq(f.place, place), eq(f.month, earlier), eq(f.fund, fund))),
    ),
    ...chunksOf(sums.counts).map((rows) =>
      db
        .insert(c)
        .values(rows.map((row) => ({ ...row, month })))
        .onConflictDoUpdate({ target: [c.place, c.month, c.kind], set: adding(c, COUNTS) }),
    ),
    ...chunksOf(awards).map((rows) => db.insert(a).values(rows)),
    ...chunksOf(members).map((rows) =>
      db
        .insert(m)
        .values(rows.map((row) => ({ ...row, book: book.book })))
        .onConflictDoUpdate({
          target: [m.book, m.person],
          set: {
            estate: sql`excluded.estate`,
            months: sql`excluded.months`,
            moves: sql`excluded.moves`,
          },
        }),
    ),
    keepBook(engine, db, book),
  ]);
}

/** A row that only now begins to count: those who were there before it are in the rows that the month began with. */
const fresh = { opening: 0, takenBackLater: 0, refundedLater: 0 };

export function keepBook({ tables }: Engine, db: Database, row: CountedBook) {
  const { countedBooks: t } = tables;
  const { transaction, until, month } = row;
  return db.insert(t).values(row).onConflictDoUpdate({ target: t.book, set: { transaction, until, month } });
}

/** Each named column with what the row that met it would have had added. */
function adding<Name extends string>(table: Record<Name, { name: string }>, names: readonly Name[]) {
  return Object.fromEntries(
    names.map((name) => [name, sql`${table[name]} + ${sql.raw(`excluded.${table[name].name}`)}`]),
  ) as Record<Name, ReturnType<typeof sql>>;
}
