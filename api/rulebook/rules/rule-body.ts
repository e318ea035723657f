/** What a rule of any kind says, as data; each kind is defined by the module that decides by it. */
import type { OffsetRule } from '../../fees/rules/index.ts';
import type { AwardRule } from '../../programme/rules/index.ts';

export type RuleBody = AwardRule | OffsetRule;
export const RULE_KINDS = ['award', 'purchase', 'offset'] as const;
