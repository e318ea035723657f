/** "Why did I get this": what a module knows of the transactions it made. The app composes the modules' explainers. */
import type { Engine } from '../db/index.ts';
import type { Step } from './rules/index.ts';

export type Explanation = {
  kind: 'service' | 'purchase' | 'redemption' | 'offset' | 'budget';
  zh: string;
  en: string;
  steps: readonly Step[];
  /** Who made it and who checked it, as `person:<id>` or `key:<id>`. */
  maker: string;
  checker: string | null;
  ruleVersion: string | null;
};

/** Explains those of the given transactions that its module made. */
export type Explainer = (
  engine: Engine,
  transactions: readonly number[],
) => Promise<ReadonlyMap<number, Explanation>>;

export async function explainAll(
  explainers: readonly Explainer[],
  engine: Engine,
  transactions: readonly number[],
): Promise<Map<number, Explanation>> {
  const found = await Promise.all(explainers.map((explain) => explain(engine, transactions)));
  return new Map(found.flatMap((map) => [...map]));
}
