import type { Kit } from '../../db/index.ts';

/** What a closed month is written down as. Nothing here is ever changed: the databases themselves refuse it. */
export const statementTables = (kit: Kit) => ({
  /** A closed month's statement (月结单), worked out and kept in the unit that closed it. */
  monthStatements: kit.table(
    'month_statements',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      closure: kit.text().notNull(),
      place: kit.text().notNull(),
      /** 'YYYY-MM' */
      month: kit.text().notNull(),
      /** 1 for the first closing of the month, one more each time it was opened again and closed. */
      edition: kit.integer().notNull(),
      /** Canonical JSON (RFC 8785) of a `StatementBody`; never read as anything but text before it is hashed. */
      body: kit.text().notNull(),
      /** SHA-256 of the body (hex); the closing's transaction commits to the same. */
      hash: kit.text().notNull(),
      /** The last transaction of the book (its `seq`) when it was read. */
      readThrough: kit.integer().notNull(),
      closedTransaction: kit.integer(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.uniqueIndex('month_statements_edition').on(t.place, t.month, t.edition),
      kit.uniqueIndex('month_statements_closure').on(t.closure),
      kit.index('month_statements_closed').on(t.closedTransaction),
    ],
  ),

  /** The firm's own 科目: each change is the next version, so that who changed what stays for ever. */
  firmAccounts: kit.table(
    'firm_accounts',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      firm: kit.text().notNull(),
      /** JSON of `FirmAccounts`. */
      accounts: kit.text().notNull(),
      changedBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [kit.uniqueIndex('firm_accounts_version').on(t.firm, t.version)],
  ),
});

export const appendOnlyStatementTables = ['month_statements', 'firm_accounts'] as const;
