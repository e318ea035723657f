/** The pure part of the fees, for other modules' rules: no database and no schema library behind this door. */
export { demoOffsetRule, type ItemPart, type OffsetRule } from './offset-rule.ts';
export { AGAIN_DAYS, quoteOffset, type OffsetRequest } from './offset.ts';
