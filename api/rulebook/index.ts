/** The rules as people read, publish, compare and try them; each module decides by its own. */
import type { ProductDeps } from '../places/index.ts';
import { newModule } from '../platform/index.ts';
import { ruleRoutes } from './rule.routes.ts';
import { ruleTableRoutes } from './rule-table.routes.ts';
import { trialRoutes } from './trial.routes.ts';

export { publishVersion } from './publish-version.ts';
export { rulesToCome } from './rules-to-come.ts';

/** For /api/v1. */
export const rulebookRoutes = (deps: ProductDeps) =>
  newModule(deps)
    .route('/', ruleRoutes(deps))
    .route('/', ruleTableRoutes(deps))
    .route('/', trialRoutes(deps));
