/** What the rest of the program may use of the programme: funds, budgets, agreements and the rules in force. */
export {
  addAgreement,
  agreedAtTill,
  limitsOf,
  monthlyCapFor,
  takenKey,
  termsFor,
  type NewAgreement,
} from './agreements.ts';
export { factorText } from './agreement.views.ts';
export { agreedPeriod } from './agreed-period.ts';
export { sampleRoutes } from './sample.routes.ts';
export { agreementRoutes } from './agreement.routes.ts';
export { makeAgreement } from './make-agreement.ts';
export { mayBindAll } from './bindable-funds.ts';
export { approveBudget, getBudget, listBudgets, requestBudget, type Budget } from './budgets.ts';
export { findRule, placesDeciding, rulesAlong, type RuleInForce, type RuleKind } from './find-rule.ts';
export { addFund, findFund, fundsAtAll, fundsById, fundsOf, getFund, isUnitOf, type Fund } from './funds.ts';
export { rulesInForce, type RuleOfPeriod } from './rules-in-force.ts';
export { publishRule } from './publish-rule.ts';
export { awardRuleSchema } from './rules/award.schemas.ts';
export * from './rules/index.ts';
export { addDays, addMonths, dayOf, daysBetween, lastDayBefore, startOfDay } from './calendar.ts';
export { explainMovements, type Explainer, type Explanation } from './explanation.ts';
export { memberPoints, type HeldFor, type UnitPoints } from './member-points.ts';
export { memberMovements, type Movement } from './member-movements.ts';
export { memberRoutes } from './member.routes.ts';
export { residentPointsRoutes } from './resident.routes.ts';
export { MovementSchema, TransactionParams } from './member.schemas.ts';
export { getRuleVersion } from './find-rule-version.ts';
export { checkCitedRules, citeRule } from './rule-citation.ts';
export { seriesTermsFor } from './series-terms.ts';
export { isExpiryDue, runExpiry } from './expire-points.ts';
export { unitRoutes } from './unit.routes.ts';
export { calendarProblem, unitNamesOf } from './units.ts';
export { programmeRoutes } from './programme.routes.ts';
export { membersOf, nameOfActor } from './who-took-part.ts';
export { budgetsWaiting } from './waiting-approvals.ts';
export { outlookRoutes } from './outlook.routes.ts';
