import type { Deps } from '../platform/index.ts';
import type { Auth } from './auth.ts';
import type { CodeSecrets } from './sign-in-codes.ts';
import type { LockOut } from './lock-out.ts';
import type { SystemKeys } from './system-keys.ts';
import type { WechatMarks } from './wechat/wechat-marks.ts';
import type { WechatProvider } from './wechat/wechat-provider.ts';

/** What identity keeps between requests; made by `createIdentity`. */
export interface Identity {
  readonly auth: Auth;
  readonly keys: SystemKeys;
  readonly lockOut: LockOut;
  readonly secrets: CodeSecrets;
  readonly wechatMarks: WechatMarks;
  /** Only where an app of WeChat's is set up. */
  readonly wechat?: WechatProvider;
}

export interface IdentityDeps extends Deps {
  readonly identity: Identity;
}
