import type { Deps } from '../platform/index.ts';
import type { Auth } from './auth.ts';
import type { CodeSecrets } from './sign-in-codes.ts';
import type { LockOut } from './lock-out.ts';
import type { SystemKeys } from './system-keys.ts';

/** What identity keeps between requests; made by `createIdentity`. */
export interface Identity {
  readonly auth: Auth;
  readonly keys: SystemKeys;
  readonly lockOut: LockOut;
  readonly secrets: CodeSecrets;
}

export interface IdentityDeps extends Deps {
  readonly identity: Identity;
}
