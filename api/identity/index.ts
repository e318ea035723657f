import type { Engine } from '../db/index.ts';
import { newModule } from '../platform/index.ts';
import type { Clock, Config, Identify, Log, PlaceTree } from '../platform/index.ts';
import { accessLogRoutes } from './access-log.routes.ts';
import { createAuth } from './auth.ts';
import type { Identity, IdentityDeps } from './deps.ts';
import { createIdentify } from './identify.ts';
import { invitationRoutes, linkRoutes, residentInvitationRoutes } from './invitation.routes.ts';
import { keyRoutes } from './key.routes.ts';
import { createLockOut } from './lock-out.ts';
import { roleRoutes } from './role.routes.ts';
import { helpRoutes, signInRoutes } from './sign-in.routes.ts';
import { createCodeSecrets } from './sign-in-codes.ts';
import { createSystemKeys } from './system-keys.ts';
import { createWechatMarks } from './wechat/wechat-marks.ts';
import { createWechatProvider } from './wechat/wechat-provider.ts';
import { ownWechatRoutes } from './wechat/wechat.routes.ts';

/** Sign-in, people, roles and system keys. */
export function createIdentity(deps: {
  engine: Engine;
  clock: Clock;
  log: Log;
  secret: string;
  config: Pick<Config, 'origin' | 'wechat'>;
  places: Pick<PlaceTree, 'servedBy'>;
}): Identity & { readonly identify: Identify } {
  const { engine, clock, log, secret } = deps;
  const auth = createAuth(engine, { secret, origin: deps.config.origin });
  const keys = createSystemKeys(engine, clock, log);
  return {
    auth,
    keys,
    lockOut: createLockOut(engine, secret),
    secrets: createCodeSecrets(secret),
    wechatMarks: createWechatMarks(secret),
    ...(deps.config.wechat && { wechat: createWechatProvider(deps.config.wechat, log) }),
    identify: createIdentify({ engine, auth, keys, clock, places: deps.places }),
  };
}

/** For /api/v1. */
export const identityRoutes = (deps: IdentityDeps) =>
  newModule(deps)
    .route('/', roleRoutes(deps))
    .route('/', accessLogRoutes(deps))
    .route('/', keyRoutes(deps))
    .route('/', helpRoutes(deps))
    .route('/', invitationRoutes(deps))
    .route('/', residentInvitationRoutes(deps))
    .route('/', linkRoutes(deps))
    .route('/', ownWechatRoutes(deps));

export { signInRoutes };
export { logAccess, logLook, accessLogRow } from './access-log.ts';
export { FormatQuery, giveTable, tableAnswer } from './give-table.ts';
export type { AccessAction, AccessLogEntry } from './access-log.ts';
export { mintSetUpLink } from './accept-invitation.ts';
export { canSignIn } from './invite.ts';
export { isCommonPassword } from './common-passwords.ts';
export { actsForFirm } from './at-served-estates.ts';
export { createSignIn } from './create-sign-in.ts';
export type { Identity, IdentityDeps } from './deps.ts';
export { countInPosts, findRoles, peopleInPost } from './find-roles.ts';
export { sweepIdentity } from './lock-out.ts';
export type { LockOut } from './lock-out.ts';
export { createSystemKey } from './manage-keys.ts';
export { correctPerson } from './correct-person.ts';
export { diedOn, hasDied } from './has-died.ts';
export { idsOfHuman } from './one-human.ts';
export type { MergeEffects } from './merge-effects.ts';
export { erasePerson, fillInitials, findPerson, personRow } from './people.ts';
export type { Person } from './people.ts';
export { readCode } from './read-code.ts';
export { CODE_MS, findCode, listCodesToRead, type SignInCode } from './sign-in-codes.ts';
export { rolesOfPerson } from './list-roles.ts';
export { endRole, grantRole, mayHelp, tiesOf } from './roles.ts';
export type { GrantedRole } from './roles.ts';
export { grantorsOf, roleFits } from './role-rules.ts';
export { PASSWORD_MAX, UsernameSchema } from './sign-in.schemas.ts';
export { phoneHolders } from './phone-holders.ts';
export { phoneOf } from './phone.schemas.ts';
export { personActor } from './person-actor.ts';
export { areTwoPeople, peopleBehind, peopleBehindMany } from './two-people.ts';
export { bookedDay, byConsent, createActFor, findConsent, findStanding } from './act-for.ts';
export type { StoredConsent } from './act-for.ts';
export { actedByOf, ActedBySchema, actedByView, asOf, PresentShape } from './acted-by.ts';
export type { ActedBy, Identified } from './acted-by.ts';
export * from './rules/may-act-for.ts';
export type { Deed } from './two-people.ts';
