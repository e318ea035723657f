/** What the rest of the program may use of the programme: funds, budgets, agreements and the rules in force. */
export { addAgreement, termsFor, type NewAgreement } from './agreements.ts';
export { approveBudget, getBudget, listBudgets, requestBudget, type Budget } from './budgets.ts';
export { findRule, type RuleInForce, type RuleKind } from './find-rule.ts';
export { addFund, findFund, fundsOf, getFund, isUnitOf, type Fund } from './funds.ts';
export { publishRule } from './publish-rule.ts';
export { awardRuleSchema } from './rules/award.schemas.ts';
export * from './rules/index.ts';
export { explainAll, type Explainer, type Explanation } from './explanation.ts';
export { memberPoints, type HeldFor, type UnitPoints } from './member-points.ts';
export { memberMovements, type Movement } from './member-movements.ts';
export { memberRoutes } from './member.routes.ts';
export { residentPointsRoutes } from './resident.routes.ts';
export { getRuleVersion } from './find-rule-version.ts';
export { checkCitedRules, citeRule } from './rule-citation.ts';
export { seriesTermsFor } from './series-terms.ts';
export { isExpiryDue, runExpiry } from './expire-points.ts';
export { programmeRoutes } from './programme.routes.ts';
export { nameOfActor } from './who-took-part.ts';
