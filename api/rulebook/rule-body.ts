/** A stored body as the kind that it is; what was published was checked then, so anything else is a fault of ours. */
import { demoOffsetRule, offsetRuleSchema } from '../fees/index.ts';
import { awardRuleSchema, demoPurchaseRule, demoServiceRule } from '../programme/index.ts';

export function bodyOf({ body }: { body: Record<string, unknown> }) {
  return body['kind'] === 'offset' ? offsetRuleSchema.parse(body) : awardRuleSchema.parse(body);
}

/** Where a place begins that has no rule of a kind yet. */
export const templates = {
  award: awardRuleSchema.parse(demoServiceRule),
  purchase: awardRuleSchema.parse(demoPurchaseRule),
  offset: offsetRuleSchema.parse(demoOffsetRule),
};
