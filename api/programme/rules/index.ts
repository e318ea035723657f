/** The pure part of the programme, for other modules' rules: no database and no schema library behind this door. */
export * from '../calendar.ts';
export * from '../calendar-months.ts';
export {
  coversDay,
  DAY_KINDS,
  dayKind,
  holidayOn,
  publicHolidays,
  type DayKind,
  type Holiday,
  type HolidayTable,
} from '../calendar-holidays.ts';
export { awardService, bestGrade, gradeNames, trustNames, type Award, type Service } from './award.ts';
export {
  expiryOf,
  GRADES,
  TRUSTS,
  type AwardRule,
  type Expiry,
  type Grade,
  type PurchaseAwardRule,
  type ServiceAwardRule,
  type Step,
  type TallyDemand,
  type Trust,
} from './award-rule.ts';
export {
  endsWith,
  exposureState,
  OVER_EXPOSURE,
  SETTLEMENT_PERIODS,
  type ExposureState,
  type OverExposure,
  type SettlementPeriod,
} from './settlement-terms.ts';
export { expiryWords } from './expiry-words.ts';
export { earnedKey, withinDay, type Capped, type DailyCap, type Earning } from './daily-cap.ts';
export { UNIT_NAMES, unitWords } from './unit-names.ts';
export { demoPurchaseRule, demoServiceRule } from './demo-programme.ts';
