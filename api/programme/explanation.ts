/** "Why did I get this": what a module knows of the transactions it made. The app composes the modules' explainers. */
import type { Engine } from '../db/index.ts';
import type { ActedBy } from '../identity/index.ts';
import type { Step } from './rules/index.ts';

export type Explanation = {
  kind: 'service' | 'purchase' | 'redemption' | 'order' | 'offset' | 'budget';
  zh: string;
  en: string;
  steps: readonly Step[];
  /** Who made it and who checked it, as `person:<id>` or `key:<id>`. */
  maker: string;
  /** Where a relative or staff did it for a member (代办): who, and for whom. */
  actedBy?: ActedBy;
  madeFor?: string;
  /** Whose wish it was though none of their points went: by this transaction they are told of it. */
  askedBy?: string;
  checker: string | null;
  ruleVersion: string | null;
};

/** Explains those of the given transactions that its module made. */
export type Explainer = (
  engine: Engine,
  transactions: readonly number[],
) => Promise<ReadonlyMap<number, Explanation>>;

async function explainAll(
  explainers: readonly Explainer[],
  engine: Engine,
  transactions: readonly number[],
): Promise<Map<number, Explanation>> {
  const found = await Promise.all(explainers.map((explain) => explain(engine, transactions)));
  return new Map(found.flatMap((map) => [...map]));
}

/** What nobody knows by itself, such as the part of an award that was not earned, is told by what it reverses. */
export async function explainMovements(
  explainers: readonly Explainer[],
  engine: Engine,
  movements: readonly { transaction: number; reverses: number | null }[],
): Promise<Map<number, Explanation>> {
  const ids = movements.flatMap((m) => (m.reverses === null ? [m.transaction] : [m.transaction, m.reverses]));
  const known = await explainAll(explainers, engine, ids);
  return new Map(
    movements.flatMap(({ transaction, reverses }) => {
      const why = known.get(transaction) ?? (reverses === null ? undefined : known.get(reverses));
      return why ? [[transaction, why]] : [];
    }),
  );
}
