/** The most that an offset's own rule lets points pay of another bill line than it was made for. */
import type { Engine } from '../db/index.ts';
import { getRuleVersion } from '../programme/index.ts';
import type { Offset } from './offsets.ts';
import type { OffsetRule } from './rules/offset-rule.ts';
import { shareOfBill } from './rules/offset.ts';
import { offsetRuleSchema } from './rules/offset.schemas.ts';

export type MostOf = (
  offset: Pick<Offset, 'item' | 'ruleVersion'>,
  bill: { amountFen: number },
) => Promise<number>;

/** Each rule is read once. One that is not there any more lets points pay the whole of it. */
export function mostByRule(engine: Engine): MostOf {
  const rules = new Map<string, Promise<OffsetRule | undefined>>();
  const read = async (citation: string): Promise<OffsetRule | undefined> => {
    const found = await getRuleVersion(engine, citation);
    const parsed = found && offsetRuleSchema.safeParse(found.body);
    return parsed?.data;
  };
  return async ({ item, ruleVersion }, { amountFen }) => {
    const known = rules.get(ruleVersion) ?? read(ruleVersion);
    rules.set(ruleVersion, known);
    const rule = await known;
    return rule ? shareOfBill(rule, item, amountFen) : amountFen;
  };
}
