/** 家人代办: whom residents let act for them. Who really acts is worked out in identity, for every request. */
import { newModule } from '../platform/index.ts';
import { deskRoutes } from './desk.routes.ts';
import { helperRoutes, type ActingDeps } from './consent.routes.ts';

export const actingRoutes = (deps: ActingDeps) =>
  newModule(deps).route('/', helperRoutes(deps)).route('/', deskRoutes(deps));

export { nameHelper } from './name-helper.ts';
export { endHelping } from './end-helping.ts';
