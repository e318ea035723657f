/** The pure part of the shop, for other modules' rules: no database and no schema library behind this door. */
export { PERIODS, type Period } from './basket.ts';
export { pointsForPurchase, type Purchase } from './purchase-points.ts';
