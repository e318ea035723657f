/**
 * The whole schema: every module's tables, composed once and built for both engines.
 * A module adds its tables with one line here and one `npm run migrations`.
 */
import { appendOnlyAttachmentTables, attachmentTables } from '../attachments/attachments.tables.ts';
import { identityTables } from '../identity/identity.tables.ts';
import { proxyTables } from '../identity/proxy.tables.ts';
import { appendOnlyLedgerTables, keyedLedgerTables, ledgerTables } from '../ledger/ledger.tables.ts';
import { verificationTables } from '../ledger/verify/verification.tables.ts';
import { disclosureTables } from '../disclosure/disclosure.tables.ts';
import { appendOnlyBreakTables, breakTables } from '../fees/breaks/breaks.tables.ts';
import { feesTables } from '../fees/fees.tables.ts';
import { appendOnlyStatementTables, statementTables } from '../fees/statement/statement.tables.ts';
import { inquiriesTables } from '../inquiries/inquiries.tables.ts';
import { noticesTables } from '../notices/notices.tables.ts';
import { placesTables } from '../places/places.tables.ts';
import { programmeTables } from '../programme/programme.tables.ts';
import { appendOnlySettlementTables, settlementTables } from '../settlement/settlement.tables.ts';
import { appendOnlyGoodsTables, goodsTables } from '../shop/goods/goods.tables.ts';
import { orderTables } from '../shop/orders/orders.tables.ts';
import { appendOnlyMonthlyTables, monthlyTables } from '../settlement/monthly/monthly.tables.ts';
import { shopTables } from '../shop/shop.tables.ts';
import { appendOnlyStockTables, stockTables } from '../shop/stock/stock.tables.ts';
import { volunteeringTables } from '../volunteering/volunteering.tables.ts';
import { webhookTables } from '../webhooks/webhooks.tables.ts';
import { pgKit } from './kit-postgres.ts';
import { sqliteKit } from './kit.ts';
import type { Kit } from './kit.ts';

const compose = (kit: Kit) => ({
  ...ledgerTables(kit),
  ...verificationTables(kit),
  ...identityTables(kit),
  ...proxyTables(kit),
  ...volunteeringTables(kit),
  ...shopTables(kit),
  ...goodsTables(kit),
  ...stockTables(kit),
  ...orderTables(kit),
  ...programmeTables(kit),
  ...placesTables(kit),
  ...feesTables(kit),
  ...breakTables(kit),
  ...statementTables(kit),
  ...disclosureTables(kit),
  ...inquiriesTables(kit),
  ...noticesTables(kit),
  ...settlementTables(kit),
  ...attachmentTables(kit),
  ...monthlyTables(kit),
  ...webhookTables(kit),
});

export const sqliteTables = compose(sqliteKit);

export type Tables = typeof sqliteTables;

/** PostgreSQL tables under the SQLite types (see kit-postgres.ts). */
export const postgresTables: Tables = compose(pgKit);

/** Names of the tables on which the database itself refuses UPDATE, DELETE and TRUNCATE. */
export const appendOnlyTables: readonly string[] = [
  ...appendOnlyLedgerTables,
  ...appendOnlyStatementTables,
  ...appendOnlyBreakTables,
  ...appendOnlySettlementTables,
  ...appendOnlyAttachmentTables,
  ...appendOnlyGoodsTables,
  ...appendOnlyStockTables,
  ...appendOnlyMonthlyTables,
];

/** Names of the tables that SQLite keeps WITHOUT ROWID. */
export const withoutRowidTables: readonly string[] = [...keyedLedgerTables];
