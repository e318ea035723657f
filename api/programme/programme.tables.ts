import { sql } from 'drizzle-orm';
import type { Kit } from '../db/index.ts';
import type { Expiry } from './rules/index.ts';
import type { OverExposure, SettlementPeriod } from './rules/settlement-terms.ts';

/** Who pays for points, on which terms they are taken, and the dated rules by which they are given. */
export const programmeTables = (kit: Kit) => ({
  /**
   * A kind of points (积分种类) that the community made for itself; those that every programme begins with need no row.
   * Its code is in every series of it and never changes; the calendar not either, once somebody has points of it.
   */
  units: kit.table(
    'units',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      book: kit.integer().notNull(),
      /** The community or street that made it. */
      place: kit.text().notNull(),
      /** As funds and rules name it. One meaning in the whole deployment, so that a page can name it by its code. */
      code: kit.text().notNull().unique(),
      nameZh: kit.text().notNull(),
      nameEn: kit.text().notNull(),
      expiry: kit.json<Expiry>().notNull(),
      basis: kit.text().notNull(),
      madeBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
      /** The last correction of its names or its calendar. */
      changedBy: kit.text(),
      changedAt: kit.instant(),
      changedReason: kit.text(),
    },
    (t) => [kit.index('units_book').on(t.book, t.id)],
  ),

  /** A fund is the ledger's owner of a budget; its place is who pays (a community, a merchant, a firm). */
  funds: kit.table(
    'funds',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      book: kit.integer().notNull(),
      place: kit.text().notNull(),
      name: kit.text().notNull(),
      /** The unit it issues: VOL (volunteer points) or CON (consumer points). */
      unit: kit.text().notNull(),
      /** Settlement rate of what it issues now, in micro-yuan a point. */
      rateMicro: kit.amount().notNull(),
      /** Whether the budget of expired points returns. */
      budgetReturns: kit.boolean().notNull(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.uniqueIndex('funds_identity').on(t.place, t.unit),
      kit.index('funds_book').on(t.book, t.id),
      kit.index('funds_unit').on(t.book, t.unit, t.id),
    ],
  ),

  /** A budget that was asked for by one person and approved by another; approval is what books it. */
  budgets: kit.table(
    'budgets',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      fund: kit.text().notNull(),
      amount: kit.amount().notNull(),
      /** The document it rests on (依据). */
      basis: kit.text().notNull(),
      requestedBy: kit.text().notNull(),
      approvedBy: kit.text(),
      transaction: kit.integer(),
      /** Taken back, or turned down, before anybody approved it. */
      withdrawnBy: kit.text(),
      withdrawnAt: kit.instant(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.index('budgets_fund').on(t.fund, t.id),
      kit.index('budgets_requested').on(t.requestedBy, t.approvedBy),
      // Few wait at a time, and they are what a colleague looks for.
      kit
        .index('budgets_waiting')
        .on(t.fund, t.id)
        .where(sql`${t.transaction} is null and ${t.withdrawnAt} is null`),
    ],
  ),

  /** How a redeemer is paid for taking points of a fund ('*': of any fund), from a day on. */
  agreements: kit.table(
    'agreements',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      redeemer: kit.text().notNull(),
      fund: kit.text().notNull(),
      mode: kit.text().$type<'owed' | 'clearing' | 'stocked'>().notNull(),
      /** The clearing party's place; '' unless the mode is clearing. */
      via: kit.text().notNull(),
      /** In ten-thousandths; 10,000 = 1. */
      factor: kit.integer().notNull(),
      validFrom: kit.instant().notNull(),
      validTo: kit.instant(),
      createdAt: kit.instant().notNull(),
      /** Who made it, on what document, and who ended it and why; null of those that the program laid down itself. */
      madeBy: kit.text(),
      basis: kit.text(),
      endedBy: kit.text(),
      endedAt: kit.instant(),
      endedReason: kit.text(),
      /** The most points of one unit that a till of the redeemer takes in a month; null where there is no such cap. */
      monthlyCap: kit.amount(),
      /** The most that the redeemer lets its payer leave unpaid, in fen, and what a till does then; null: no limit. */
      exposureFen: kit.amount(),
      overExposure: kit.text().$type<OverExposure>(),
      /** How often it is settled; null: every month. */
      period: kit.text().$type<SettlementPeriod>(),
    },
    (t) => [
      kit.index('agreements_redeemer').on(t.redeemer, t.fund, t.validFrom, t.id),
      kit
        .uniqueIndex('agreements_begin')
        .on(t.redeemer, t.fund, t.validFrom)
        .where(sql`${t.validTo} is null`),
      kit.check('agreements_over_exposure_known', sql`${t.overExposure} in ('refuse', 'ask')`),
      kit.check('agreements_period_known', sql`${t.period} in ('month', 'quarter', 'year')`),
      kit.check('agreements_mode_known', sql`${t.mode} in ('owed', 'clearing', 'stocked')`),
    ],
  ),

  /** Rules are data, dated and never edited: a change is a new version from an instant on. */
  ruleVersions: kit.table(
    'rule_versions',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      place: kit.text().notNull(),
      kind: kit.text().$type<'award' | 'purchase' | 'offset'>().notNull(),
      body: kit.json<Record<string, unknown>>().notNull(),
      validFrom: kit.instant().notNull(),
      reason: kit.text().notNull(),
      madeBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
      /** The document it rests on (依据); null of those that were laid down by the program itself. */
      basis: kit.text(),
      /** Called off before its day came; one that was in force stays for ever. */
      withdrawnBy: kit.text(),
      withdrawnAt: kit.instant(),
      withdrawnReason: kit.text(),
    },
    (t) => [
      kit
        .uniqueIndex('rule_versions_in_force')
        .on(t.place, t.kind, t.validFrom)
        .where(sql`${t.withdrawnAt} is null`),
      kit.index('rule_versions_place').on(t.place, t.kind, t.validFrom, t.id),
    ],
  ),
});
