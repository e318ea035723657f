import type { Kit } from '../db/index.ts';

/**
 * What the ledger moved, month by month and place by place, so that a page of any month costs a few rows. All of it is
 * worked out from the ledger in the order of `seq` by `count-book.ts`, which alone writes here.
 */
export const disclosureTables = (kit: Kit) => ({
  /** How far a book has been counted. */
  countedBooks: kit.table('counted_books', {
    book: kit.integer().primaryKey(),
    /** The last transaction counted. */
    transaction: kit.integer().notNull(),
    /** Whatever was booked before this instant is counted. */
    until: kit.instant().notNull(),
    /** 'YYYY-MM': the month of the first transaction, and the one that is being counted. */
    firstMonth: kit.text().notNull(),
    month: kit.text().notNull(),
  }),

  /** For whom a member's movements count, and in which month the member was last counted as what. */
  countedMembers: kit.table(
    'counted_members',
    {
      book: kit.integer().notNull(),
      person: kit.text().notNull(),
      /** The estate the member lives in; '' for none of the book's. */
      estate: kit.text().notNull(),
      /** By kind of count: the last month in which the member was one of the people. */
      months: kit.json<Record<string, string>>().notNull(),
      /** Where the member counted before each move, and the first transaction that no longer did; null: not known. */
      moves: kit.json<{ estate: string; until: number }[]>(),
    },
    (t) => [kit.primaryKey({ name: 'counted_members_pk', columns: [t.book, t.person] })],
  ),

  /** What those who live at a place (or `book:<n>`: everybody) got, used and lost of a fund's points in a month. */
  monthFigures: kit.table(
    'month_figures',
    {
      book: kit.integer().notNull(),
      place: kit.text().notNull(),
      month: kit.text().notNull(),
      fund: kit.text().notNull(),
      unit: kit.text().notNull(),
      /** What they had when the month began: available and held, less what is to be settled. */
      opening: kit.amount().notNull(),
      issued: kit.amount().notNull(),
      takenBack: kit.amount().notNull(),
      redeemed: kit.amount().notNull(),
      refunded: kit.amount().notNull(),
      expired: kit.amount().notNull(),
      /** Brought along by people who moved in, less what those who moved away took with them. */
      moved: kit.amount().notNull(),
      /** Of what was taken back and refunded: that which had been booked in an earlier month. */
      takenBackOfEarlier: kit.amount().notNull(),
      refundedOfEarlier: kit.amount().notNull(),
      /** Of what was issued and redeemed in this month: taken back and refunded in a later one. */
      takenBackLater: kit.amount().notNull(),
      refundedLater: kit.amount().notNull(),
    },
    (t) => [
      kit.primaryKey({ name: 'month_figures_pk', columns: [t.place, t.month, t.fund] }),
      kit.index('month_figures_book').on(t.book, t.month),
    ],
  ),

  /** People, services and hours of a place in a month; `kind` is 'earned', 'served' or 'served:' and a kind of service. */
  monthCounts: kit.table(
    'month_counts',
    {
      place: kit.text().notNull(),
      month: kit.text().notNull(),
      kind: kit.text().notNull(),
      people: kit.integer().notNull(),
      services: kit.integer().notNull(),
      minutes: kit.integer().notNull(),
      points: kit.amount().notNull(),
      /** Counted in this month or in an earlier one, and voided in this. */
      voidedServices: kit.integer().notNull(),
      voidedMinutes: kit.integer().notNull(),
      voidedPoints: kit.amount().notNull(),
    },
    (t) => [kit.primaryKey({ name: 'month_counts_pk', columns: [t.place, t.month, t.kind] })],
  ),

  /** The awards for services of a month, of those who live at an estate, in the order in which they were booked. */
  monthAwards: kit.table(
    'month_awards',
    {
      transaction: kit.integer().primaryKey(),
      estate: kit.text().notNull(),
      month: kit.text().notNull(),
      service: kit.text().notNull(),
      unit: kit.text().notNull(),
      points: kit.amount().notNull(),
    },
    (t) => [kit.index('month_awards_estate').on(t.estate, t.month, t.transaction)],
  ),
});
