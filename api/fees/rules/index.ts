/** The pure part of the fees, for other modules' rules: no database and no schema library behind this door. */
export { demoOffsetRule, type OffsetRule } from './offset-rule.ts';
export { offsetCapKey, quoteOffset, type BillLine, type Holding, type OffsetRequest } from './offset.ts';
