/** Purchases, codes and redemptions at a counter. */
import { newModule } from '../platform/index.ts';
import { batchRoutes } from './batch.routes.ts';
import { counterRoutes, type ShopDeps } from './counter.routes.ts';
import { goodsRoutes } from './goods/goods.routes.ts';
import { goodsSalesRoutes } from './goods/goods-sales.routes.ts';
import { photoRoutes } from './goods/photo.routes.ts';
import { shelfRoutes } from './goods/shelf.routes.ts';
import { myOrdersRoutes } from './orders/my-orders.routes.ts';
import { orderRoutes } from './orders/order.routes.ts';
import { stockRoutes } from './stock/stock.routes.ts';
import { stocktakingRoutes } from './stock/stocktaking.routes.ts';
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
    .route('/', batchRoutes(deps))
    .route('/', salesRoutes(deps))
    .route('/', salesTableRoutes(deps))
    .route('/', pricesRoutes(deps))
    .route('/', goodsRoutes(deps))
    .route('/', shelfRoutes(deps))
    .route('/', photoRoutes(deps))
    .route('/', stockRoutes(deps))
    .route('/', stocktakingRoutes(deps))
    .route('/', goodsSalesRoutes(deps))
    .route('/', myOrdersRoutes(deps))
    .route('/', orderRoutes(deps));

export { makeCode, readScan, resolveCode, sweepCodes } from './codes.ts';
export { confirmRedemption, type RedemptionInput } from './confirm-redemption.ts';
export type { CounterDone, Customer } from './counter.ts';
export { creditPurchase, type PurchaseInput } from './credit-purchase.ts';
export { purchasesOfMonth } from './purchases-of-month.ts';
export { explainShop } from './list-sales.ts';
export { purchasesAsClaimed, redemptionsAsClaimed } from './sale-claims.ts';
export { explainOrder } from './orders/explain-orders.ts';
export { ordersAsClaimed } from './orders/order-claims.ts';
export { stockAsClaimed } from './stock/stock-claims.ts';
export { shelfOf } from './goods/find-goods.ts';
export { setPhoto } from './goods/photo.ts';
export { addGoods, setPrice } from './goods/change-goods.ts';
export { placeOrder } from './orders/place-order.ts';
export { releaseEndedOrders } from './orders/end-order.ts';
export { collectOrder } from './orders/collect-order.ts';
export { proposeSubstitute } from './orders/substitute.ts';
export { recordMovement } from './stock/record-movement.ts';
export { countStock } from './stock/take-stock.ts';
export { takePurchaseBack, undoRedemption } from './undo.ts';
