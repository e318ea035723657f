/** Notices: what people are told of, on their pages, to their phones, or on a slip. */
import type { ProductDeps } from '../places/index.ts';
import { newModule } from '../platform/index.ts';
import { myNoticesRoutes } from './notices.routes.ts';
import { outboxRoutes } from './outbox.routes.ts';

export const noticesRoutes = (deps: ProductDeps) =>
  newModule(deps).route('/', myNoticesRoutes(deps)).route('/', outboxRoutes(deps));

export { makeNotices } from './make-notices.ts';
