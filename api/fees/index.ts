/** Bills, offsets, the exchange with the property firm, and the close of a month. */
import type { ProductDeps } from '../places/index.ts';
import { newModule } from '../platform/index.ts';
import { breakDeedRoutes } from './breaks/break-deeds.routes.ts';
import { evidenceRoutes } from './breaks/evidence.routes.ts';
import { breakRoutes } from './breaks/break.routes.ts';
import { atWorkRoutes } from './at-work.routes.ts';
import { batchRoutes } from './batch.routes.ts';
import { billMappingRoutes } from './bill-mapping.routes.ts';
import { billRoutes } from './bill.routes.ts';
import { billChangeRoutes } from './bill-change.routes.ts';
import { closingsRoutes } from './closings.routes.ts';
import { closureRoutes } from './closure.routes.ts';
import { feeTableRoutes } from './fee-tables.routes.ts';
import { dueRoutes } from './due.routes.ts';
import { deskOffsetRoutes } from './desk.routes.ts';
import { layoutRoutes } from './layout.routes.ts';
import { offsetRoutes } from './offset.routes.ts';
import { poolRoutes } from './pool.routes.ts';
import { postedListRoutes } from './posted-list.routes.ts';
import { statementRoutes } from './statement/statement.routes.ts';
import { firmChangeRoutes } from './settings/firm-changes.routes.ts';
import { voucherRoutes } from './voucher/voucher.routes.ts';
import { reportRoutes } from './reports/report.routes.ts';
import { reconcileRoutes } from './reconcile.routes.ts';

export { writeOffsAsClaimed } from './breaks/write-off-claims.ts';
export { askToClose } from './ask-to-close.ts';
export { closeMonth, reopenMonth } from './close-month.ts';
export { confirmOffset, type OffsetInput } from './confirm-offset.ts';
export { exportOffsets } from './export-offsets.ts';
export { cancelOffset, releaseEndedOffsets } from './give-back.ts';
export { importBills } from './import-bills.ts';
export { importPostedList, type PostedListReport } from './import-posted-list.ts';
export { findLeftBehind } from './note-left-behind.ts';
export { batchesAsClaimed } from './batch-claims.ts';
export { offsetsAsClaimed } from './offset-claims.ts';
export { offsetsOfPeriod, type OffsetToTry } from './offsets-of-period.ts';
export { offsetSumsAsCounted } from './reports/check-sums.ts';
export { countOffsets } from './reports/count-offsets.ts';
export { offsetPartsAsClaimed } from './part-claims.ts';
export { agreeToPool, leavePool } from './pool-consents.ts';
export { explainOffset } from './explain-offset.ts';
export { quoteForBill, seenOf } from './quote-offset.ts';
export { resolveBreak } from './resolve-break.ts';
export { demoOffsetRule, type OffsetRule } from './rules/offset-rule.ts';
export { offsetRuleSchema } from './rules/offset.schemas.ts';
export { statementsAsClaimed } from './statement/statement-claims.ts';
export { exchangeWaiting } from './waiting-exchange.ts';
export { signaturesWaiting } from './waiting-signature.ts';

/** For /api/v1. */
export const feesRoutes = (deps: ProductDeps) =>
  newModule(deps)
    .route('/', atWorkRoutes(deps))
    .route('/', billRoutes(deps))
    .route('/', billChangeRoutes(deps))
    .route('/', billMappingRoutes(deps))
    .route('/', dueRoutes(deps))
    .route('/', offsetRoutes(deps))
    .route('/', deskOffsetRoutes(deps))
    .route('/', poolRoutes(deps))
    .route('/', batchRoutes(deps))
    .route('/', layoutRoutes(deps))
    .route('/', postedListRoutes(deps))
    .route('/', reconcileRoutes(deps))
    .route('/', breakRoutes(deps))
    .route('/', breakDeedRoutes(deps))
    .route('/', evidenceRoutes(deps))
    .route('/', closureRoutes(deps))
    .route('/', closingsRoutes(deps))
    .route('/', statementRoutes(deps))
    .route('/', voucherRoutes(deps))
    .route('/', firmChangeRoutes(deps))
    .route('/', reportRoutes(deps))
    .route('/', feeTableRoutes(deps));
