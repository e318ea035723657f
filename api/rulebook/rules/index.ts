/** The pure part of the rulebook, for other modules' rules. */
export type { RuleBody } from './rule-body.ts';
export { ruleLines } from './rule-words.ts';
