/** What the rest of the program may use of the ledger. */
export { Journal, JournalUnavailable, type Lane } from './journal.ts';
export { ROLES, type AccountRef, type Role } from './core/account.ts';
export { MICRO_PER_FEN, worthMicro, type Amount, type Instant } from './core/amount.ts';
export { CNY6, NEVER, promiseAsset, seriesAsset, type Asset, type SeriesTerms } from './core/asset.ts';
export type {
  Answer,
  Command,
  EntryDraft,
  Key,
  Outcome,
  Row,
  RowChange,
  Take,
  Tally,
  Terms,
  TermsByFund,
  Unique,
  Unit,
  VoucherSeries,
} from './core/command.ts';
export { closeThrough, monthOf } from './core/month.ts';
export { termsOf } from './core/postings/settlement.ts';
export type { Refusal, RefusalCode } from './core/refusals.ts';
export { BOOK_SPAN } from './core/transaction.ts';
export { ledgerPool, openLedger, type Ledger } from './open-ledger.ts';
export { PostgresStore } from './postgres-store.ts';
export { SqliteStore } from './sqlite-store.ts';
export { SqliteThread } from './sqlite-thread.ts';
export { ledgerRoutes } from './ledger.routes.ts';
export { rowTablesOf } from './row-tables.ts';
export type { LedgerStore } from './store.ts';
export { hashRequest } from './proof/canonical.ts';
export { canonicalJson, hashCanonicalJson } from './proof/canonical-json.ts';
export {
  balancesAsBooked,
  balancesAsOf,
  balancesOf,
  lastEntryUpTo,
  type Balance,
  type Owner,
} from './reads/balances.ts';
export { heldOf } from './reads/held.ts';
export { firstEntrySince, statementOf, type StatementLine, type StatementPage } from './reads/statement.ts';
export { followBook, lastBooked, lastSeqBookedBy, type Followed } from './reads/following.ts';
export { settledAwards, type Settled } from './reads/settled-awards.ts';
export { listTransactions, transactionsById, type TransactionHead } from './reads/transactions.ts';
export type { Entry, TallyEntry, Transaction } from './core/transaction.ts';
export { drawSample, numbersBooked } from './reads/sample.ts';
export { rootOfBook } from './book-root.ts';
export { tallyTotals } from './reads/tallies.ts';
export { findPosted, post, postedOf, problemOfRefusal, untilFresh } from './posting.ts';
export type { Ask, Posted, UnitBody } from './posting.ts';
export { verify, type BookReport, type Finding, type Progress, type VerifyReport } from './verify/index.ts';
export type {
  CheckCited,
  CheckSums,
  Claim,
  ClaimedPoints,
  ClaimSource,
  ProductChecks,
  RowClaims,
} from './verify/index.ts';
export { HEARTBEAT_STALE_MS, namesOfNoBook, startVerification, verificationRoutes } from './verify/index.ts';
export { exportCsv, exportHledger } from './export/hledger.ts';
