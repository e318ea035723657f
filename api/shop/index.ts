/** Purchases, codes and redemptions at a counter. */
import { newModule } from '../platform/index.ts';
import { counterRoutes, type ShopDeps } from './counter.routes.ts';
import { memberCodeRoutes } from './member-code.routes.ts';
import { pricesRoutes } from './prices.routes.ts';
import { quoteRoutes } from './quote.routes.ts';
import { salesRoutes } from './sales.routes.ts';
import { salesTableRoutes } from './sales-table.routes.ts';

export const shopRoutes = (deps: ShopDeps) =>
  newModule(deps)
    .route('/', memberCodeRoutes(deps))
    .route('/', quoteRoutes(deps))
    .route('/', counterRoutes(deps))
    .route('/', salesRoutes(deps))
    .route('/', salesTableRoutes(deps))
    .route('/', pricesRoutes(deps));

export { makeCode, readScan, resolveCode, sweepCodes } from './codes.ts';
export { confirmRedemption, type RedemptionInput } from './confirm-redemption.ts';
export type { CounterDone, Customer } from './counter.ts';
export { creditPurchase, type PurchaseInput } from './credit-purchase.ts';
export { purchasesOfMonth } from './purchases-of-month.ts';
export { explainShop } from './list-sales.ts';
export { purchasesAsClaimed, redemptionsAsClaimed } from './sale-claims.ts';
export { takePurchaseBack, undoRedemption } from './undo.ts';
