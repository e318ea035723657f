/** Who owes whom for points that were taken: a fund's month beside its funder's statement, and how old what is owed is. */
import type { ProductDeps } from '../places/index.ts';
import { newModule } from '../platform/index.ts';
import { fundMonthRoutes } from './fund-month.routes.ts';
import { funderStatementRoutes } from './funder-statement.routes.ts';
import { clearingRoutes } from './monthly/clearing.routes.ts';
import { exposureRoutes } from './monthly/exposure.routes.ts';
import { monthlyRoutes } from './monthly/monthly.routes.ts';
import { paymentRoutes } from './monthly/payment.routes.ts';
import { owedRoutes } from './owed.routes.ts';
import { pairingRoutes } from './pairing.routes.ts';

export { agreementsAsClaimed } from './agreement-claims.ts';
export { agreeToSettlement, objectToSettlement } from './monthly/agree-to-settlement.ts';
export { makeSettlement } from './monthly/make-settlement.ts';
export { paySettlement } from './monthly/pay-settlement.ts';
export { receivePayment } from './monthly/receive-payment.ts';
export { settlementSumsAsCounted } from './monthly/check-sums.ts';
export { paymentsAsClaimed } from './monthly/payment-claims.ts';
export { remarksAsClaimed, settlementsAsClaimed } from './monthly/settlement-claims.ts';
export { settlementsWaiting } from './monthly/settlements-waiting.ts';
export { ourSide } from './our-side.ts';
export { typeStatement } from './take-statement.ts';

/** For /api/v1. */
export const settlementRoutes = (deps: ProductDeps) =>
  newModule(deps)
    .route('/', fundMonthRoutes(deps))
    .route('/', funderStatementRoutes(deps))
    .route('/', pairingRoutes(deps))
    .route('/', owedRoutes(deps))
    .route('/', monthlyRoutes(deps))
    .route('/', paymentRoutes(deps))
    .route('/', clearingRoutes(deps))
    .route('/', exposureRoutes(deps));
