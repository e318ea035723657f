import { sql } from 'drizzle-orm';
import type { Kit } from '../db/index.ts';
import type { ActedBy, Deed } from '../identity/index.ts';
import { dueMonthIn, isForSeveral } from './due-month-in.ts';
import type { MappedColumn } from './files/bill-mapping.ts';
import { poolTables, type OffsetState } from './pool.tables.ts';
import { reconcileTables } from './reconcile.tables.ts';
import type { PaidWas } from './rules/received-since.ts';
import type { FirmSettingKind } from './rules/setting-changes.ts';
import { reportTables } from './reports/report.tables.ts';
import type { ExportLayout } from './rules/export-layout.ts';

/** Bills of property firms, points put against them, and what the firm says it has posted. */
export const feesTables = (kit: Kit) => ({
  /** One bill line. A reissued bill is a new row with the next `issue`; the old one stays, cancelled. */
  bills: kit.table(
    'bills',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      estate: kit.text().notNull(),
      house: kit.text().notNull(),
      item: kit.text().notNull(),
      /** 'YYYY-MM'; of a bill for several months the first, which names the line. */
      period: kit.text().notNull(),
      /** The last month of a bill for several, such as a year; null where it is for one. */
      periodTo: kit.text(),
      /** The month that such a bill is due in, where its file says one; else it is due in the first. */
      dueIn: kit.text(),
      issue: kit.integer().notNull(),
      /** The firm's own number; '' when its file has none. */
      number: kit.text().notNull(),
      amountFen: kit.amount().notNull(),
      paidFen: kit.amount().notNull(),
      /** What the firm says the house owes from before; null where its file does not say. */
      pastDueFen: kit.amount(),
      state: kit.text().$type<'open' | 'reissued' | 'cancelled'>().notNull(),
      /** The file that brought it, or a later one that said again what is past due. */
      import: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
      /** When what is paid of it was said otherwise last, and what it had been. */
      paidWas: kit.json<PaidWas>(),
    },
    (t) => [
      kit.uniqueIndex('bills_identity').on(t.estate, t.house, t.item, t.period, t.issue),
      kit.index('bills_house').on(t.house, t.id),
      kit.index('bills_estate').on(t.estate, t.period, t.id),
      // The few bills for several months, which those of other months may overlap.
      kit.index('bills_several').on(t.estate, t.periodTo).where(isForSeveral(t)),
      // A desk's lists go by the month that a bill is due in …
      kit.index('bills_due').on(t.estate, dueMonthIn(t), t.id),
      kit.index('bills_amount').on(t.estate, dueMonthIn(t), t.amountFen, t.id),
      // … or, behind the index of the houses' names, in the order of the houses.
      kit.index('bills_house_due').on(t.house, dueMonthIn(t), t.item, t.issue, t.id),
      kit.check('bills_state_known', sql`${t.state} in ('open', 'reissued', 'cancelled')`),
    ],
  ),

  /** What a person said of a firm's columns: the next file with the same header is read by it. */
  feeMappings: kit.table(
    'fee_mappings',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      /** The firm's place, or the estate where it has no firm. */
      firm: kit.text().notNull(),
      name: kit.text().notNull(),
      header: kit.json<readonly string[]>().notNull(),
      columns: kit.json<readonly MappedColumn[]>().notNull(),
      savedBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.uniqueIndex('fee_mappings_name').on(t.firm, t.name),
      kit.index('fee_mappings_firm').on(t.firm, t.id),
    ],
  ),

  /** Which house a person says a firm means by what it writes, where that is no house's own name. */
  houseNames: kit.table(
    'house_names',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      estate: kit.text().notNull(),
      written: kit.text().notNull(),
      house: kit.text().notNull(),
      decidedBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.uniqueIndex('house_names_written').on(t.estate, t.written),
      kit.index('house_names_estate').on(t.estate, t.id),
    ],
  ),

  /** A numbered document (凭证): points held against one bill line until the firm has posted them. */
  offsets: kit.table(
    'offsets',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      number: kit.text().notNull(),
      estate: kit.text().notNull(),
      bill: kit.text().notNull(),
      billIssue: kit.integer().notNull(),
      house: kit.text().notNull(),
      item: kit.text().notNull(),
      /** The month that the bill is due in: its cap, its cut-off and the month close go by it. */
      period: kit.text().notNull(),
      member: kit.text().notNull(),
      valueFen: kit.amount().notNull(),
      /** Points by unit, e.g. {"CON":3189,"VOL":36}. */
      points: kit.json<Readonly<Record<string, number>>>().notNull(),
      steps: kit.json<readonly Record<string, unknown>[]>().notNull(),
      ruleVersion: kit.text().notNull(),
      hold: kit.text().notNull(),
      state: kit.text().$type<OffsetState>().notNull(),
      exportBatch: kit.text(),
      holdTransaction: kit.integer(),
      settledTransaction: kit.integer(),
      createdAt: kit.instant().notNull(),
      /** Who made or cancelled it for the member; null where they did it themselves. */
      ...{ actedBy: kit.json<ActedBy>(), cancelledBy: kit.json<ActedBy>() },
      /** The months of a bill for several, '2026-01~2026-12'; null where `period` is the bill's month. */
      billMonths: kit.text(),
      /** Since when the household owns the house, where others owned it before: its cap is counted apart from theirs. */
      householdSince: kit.date(),
      reversedTransaction: kit.integer(),
    },
    (t) => [
      kit.uniqueIndex('offsets_number').on(t.estate, t.number),
      kit.index('offsets_estate').on(t.estate, t.state, t.id),
      kit.index('offsets_value').on(t.estate, t.state, t.valueFen, t.id),
      kit.index('offsets_period').on(t.estate, t.period, t.id),
      kit.index('offsets_member').on(t.member, t.id),
      kit.index('offsets_bill').on(t.bill),
      kit.index('offsets_batch').on(t.exportBatch, t.state),
      kit.index('offsets_hold').on(t.holdTransaction),
      kit.index('offsets_settled').on(t.settledTransaction),
      kit.index('offsets_reversed').on(t.reversedTransaction),
      kit.check(
        'offsets_state_known',
        sql`${t.state} in ('held', 'exported', 'posted', 'cancelled', 'returned', 'reversed')`,
      ),
    ],
  ),

  exportBatches: kit.table(
    'export_batches',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      estate: kit.text().notNull(),
      number: kit.text().notNull(),
      count: kit.integer().notNull(),
      valueFen: kit.amount().notNull(),
      rowsHash: kit.text().notNull(),
      madeBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
      /** Who sent it to the firm, and who says that the firm's software has taken it; null where nobody said so. */
      sent: kit.json<Deed>(),
      acknowledged: kit.json<Deed>(),
      /** Somebody wants it back, and somebody else took it back: the offsets of it then are `offsetsTakenBack`. */
      askedBack: kit.json<Deed & { reason: string }>(),
      takenBack: kit.json<Deed>(),
    },
    (t) => [
      kit.uniqueIndex('export_batches_number').on(t.estate, t.number),
      kit.index('export_batches_estate').on(t.estate, t.id),
    ],
  ),

  /** What a batch had that was taken back (撤回): each offset may be in another one by now. */
  offsetsTakenBack: kit.table(
    'offsets_taken_back',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      batch: kit.text().notNull(),
      offsetId: kit.text().notNull(),
    },
    (t) => [kit.uniqueIndex('offsets_taken_back_identity').on(t.batch, t.offsetId)],
  ),

  /** How a firm's software wants a batch written (导出格式). Each change is a row of its own; the newest is in force. */
  exportLayouts: kit.table(
    'export_layouts',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      firm: kit.text().notNull(),
      /** 1, 2 … of the firm. */
      number: kit.integer().notNull(),
      body: kit.json<ExportLayout>().notNull(),
      madeBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [kit.uniqueIndex('export_layouts_number').on(t.firm, t.number)],
  ),

  /**
   * A change of what holds for a firm's every estate: asked for by one person and in force once a second one approves, or at
   * once where the firm has nobody else. What is in force stands in the setting's own table.
   */
  firmChanges: kit.table(
    'firm_changes',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      /** The firm's place, or the estate where it has no firm. */
      firm: kit.text().notNull(),
      /** Where it was asked for. */
      estate: kit.text().notNull(),
      kind: kit.text().$type<FirmSettingKind>().notNull(),
      /** Of a mapping its name; '' of what a firm has one of. */
      name: kit.text().notNull(),
      /** JSON of the setting as it was and as it is to be; null where there was none, or is to be none. */
      before: kit.text(),
      after: kit.text(),
      /** The setting's version that was looked at. */
      follows: kit.integer().notNull(),
      state: kit.text().$type<'waiting' | 'approved' | 'withdrawn'>().notNull(),
      askedBy: kit.text().notNull(),
      /** Who approved, declined or took it back; null where nobody else was there to approve. */
      endedBy: kit.text(),
      endedAt: kit.instant(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      // One change of a setting waits at a time.
      kit
        .uniqueIndex('firm_changes_waiting')
        .on(t.firm, t.kind, t.name)
        .where(sql`${t.state} = 'waiting'`),
      kit.index('firm_changes_firm').on(t.firm, t.id),
      kit.check('firm_changes_state_known', sql`${t.state} in ('waiting', 'approved', 'withdrawn')`),
      kit.check('firm_changes_kind_known', sql`${t.kind} in ('layout', 'accounts', 'mapping')`),
    ],
  ),
  ...poolTables(kit),

  ...reconcileTables(kit),
  ...reportTables(kit),

  /** A closed month of a place (月结), and why it was opened again. The lock itself is a tally of the ledger. */
  closures: kit.table(
    'closures',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      place: kit.text().notNull(),
      /** 'YYYY-MM' */
      month: kit.text().notNull(),
      state: kit.text().$type<'closed' | 'reopened'>().notNull(),
      /** Who asked for it; null of months that were closed when one person did. */
      askedBy: kit.text(),
      /** Who approved it. */
      closedBy: kit.text().notNull(),
      closedTransaction: kit.integer(),
      reopenedBy: kit.text(),
      reopenedTransaction: kit.integer(),
      reason: kit.text(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.index('closures_place').on(t.place, t.id),
      kit.index('closures_asked').on(t.askedBy, t.closedBy),
      // A transaction's id names its book: what was closed or opened in one since an earlier look.
      kit.index('closures_closed').on(t.closedTransaction),
      kit.index('closures_reopened').on(t.reopenedTransaction),
      kit.check('closures_state_known', sql`${t.state} in ('closed', 'reopened')`),
    ],
  ),

  /** The accountant asks for a month to be closed; it is closed when somebody else approves. */
  closureRequests: kit.table(
    'closure_requests',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      place: kit.text().notNull(),
      /** 'YYYY-MM' */
      month: kit.text().notNull(),
      state: kit.text().$type<'waiting' | 'approved' | 'withdrawn'>().notNull(),
      askedBy: kit.text().notNull(),
      /** Who approved, declined or took it back. */
      endedBy: kit.text(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      // One request waits at a place: months are closed one after the other.
      kit
        .uniqueIndex('closure_requests_waiting')
        .on(t.place)
        .where(sql`${t.state} = 'waiting'`),
      kit.check('closure_requests_state_known', sql`${t.state} in ('waiting', 'approved', 'withdrawn')`),
    ],
  ),
});
