/** Notices: what people are told of, on their pages, to their phones, or on a slip. */
import type { IdentityDeps } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { newModule } from '../platform/index.ts';
import { codeRoutes } from './code.routes.ts';
import { myNoticesRoutes } from './notices.routes.ts';
import { outboxRoutes } from './outbox.routes.ts';

export const noticesRoutes = (deps: ProductDeps & IdentityDeps) =>
  newModule(deps)
    .route('/', myNoticesRoutes(deps))
    .route('/', outboxRoutes(deps))
    .route('/', codeRoutes(deps));

export { makeNotices } from './make-notices.ts';
export { codesWaiting, messagesWaiting } from './waiting-to-tell.ts';
export { tellPeople } from './tell-people.ts';
export { writeNotices, type NoticeDeps, type Telling } from './write-notices.ts';
