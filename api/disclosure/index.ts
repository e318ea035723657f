/** 公示 and 月报: what the ledger did, for everybody to see and for those who answer for it. */
import type { ProductDeps } from '../places/index.ts';
import { newModule } from '../platform/index.ts';
import { boardRoutes } from './board.routes.ts';
import { reportRoutes } from './report.routes.ts';

export { countBook } from './count-book.ts';

/** For /api/v1. */
export const disclosureRoutes = (deps: ProductDeps) =>
  newModule(deps).route('/', boardRoutes(deps)).route('/', reportRoutes(deps));
