/**
 * What transactions cite as `ruleVersion` lies outside of the ledger, which knows nothing of rules. Whoever keeps them says
 * whether they still read as they were cited; the text of the citation itself is covered by the hash of its transaction.
 */
import type { Engine } from '../../db/index.ts';

/** By the text of the citation: the first transaction (its id) that has it, and how many do. */
export type Cited = ReadonlyMap<string, { first: number; count: number }>;

export type RulesReport = {
  /** Citations by content that were compared with the rule as it is stored now. */
  checked: number;
  /** Transactions that name their rule by id alone, of before rules were cited by content: nothing holds those. */
  byIdOnly: number;
};

export type CheckCited = (
  engine: Engine,
  cited: Cited,
) => Promise<{ rules: RulesReport; findings: { transaction: number; zh: string; en: string }[] }>;
