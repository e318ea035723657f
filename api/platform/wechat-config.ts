/** Settings of sign-in with WeChat. Each app has an id and a secret; where there is none, there is no sign-in with WeChat. */
import { z } from '@hono/zod-openapi';
import { say } from './problem-fields.ts';
import type { ConfigRefusal } from './config.ts';

/** `inside`: a service account's pages in WeChat's own browser; `desk`: a site of the open platform, by QR. */
export type WechatWay = 'inside' | 'desk';

interface WechatApp {
  /** Public: it stands in the address that people are sent to. */
  readonly appId: string;
  readonly secret: string;
}

export interface WechatConfig {
  readonly apps: Readonly<Partial<Record<WechatWay, WechatApp>>>;
  /** Where people are sent to agree, and where codes are asked about; WeChat's own, unless a test says otherwise. */
  readonly authorizeUrl: string;
  readonly apiUrl: string;
}

const appId = z
  .string()
  .regex(/^wx[0-9a-f]{16}$/, say('应当是 wx 开头的 18 位 AppID', 'must be an AppID, wx and 16 characters'))
  .optional();
const appSecret = z
  .string()
  .regex(/^[0-9a-zA-Z]{32}$/, say('应当是 32 位的 AppSecret', 'must be an AppSecret of 32 characters'))
  .optional();
const address = z
  .url({
    protocol: /^https?$/,
    error: say('应当是 https:// 开头的网址', 'must be an address like https://…'),
  })
  .max(200);

export const WechatEnvironment = {
  WECHAT_APP_ID: appId,
  WECHAT_APP_SECRET: appSecret,
  WECHAT_WEB_APP_ID: appId,
  WECHAT_WEB_APP_SECRET: appSecret,
  WECHAT_AUTHORIZE_URL: address.default('https://open.weixin.qq.com'),
  WECHAT_API_URL: address.default('https://api.weixin.qq.com'),
};

type Given = z.infer<z.ZodObject<typeof WechatEnvironment>> & { readonly ORIGIN?: string | undefined };

export function readWechat(e: Given): WechatConfig | ConfigRefusal | undefined {
  const inside = appOf('WECHAT_APP', e.WECHAT_APP_ID, e.WECHAT_APP_SECRET);
  const desk = appOf('WECHAT_WEB_APP', e.WECHAT_WEB_APP_ID, e.WECHAT_WEB_APP_SECRET);
  for (const app of [inside, desk]) if (app && 'kind' in app) return app;
  if (!inside && !desk) return undefined;
  if (e.ORIGIN === undefined) {
    return {
      kind: 'refused',
      zh: '设置不对：用微信登录要有 ORIGIN，微信只回到登记过的网址。',
      en: 'Wrong settings: sign-in with WeChat needs ORIGIN, since WeChat leads back only to a registered address.',
    };
  }
  const apps = { ...(inside && { inside }), ...(desk && { desk }) } as WechatConfig['apps'];
  return { apps, authorizeUrl: e.WECHAT_AUTHORIZE_URL, apiUrl: e.WECHAT_API_URL };
}

function appOf(
  name: string,
  appId: string | undefined,
  secret: string | undefined,
): WechatApp | ConfigRefusal | undefined {
  if (appId !== undefined && secret !== undefined) return { appId, secret };
  if (appId === undefined && secret === undefined) return undefined;
  return {
    kind: 'refused',
    zh: `设置不对：${name}_ID 和 ${name}_SECRET 要一起设置。`,
    en: `Wrong settings: ${name}_ID and ${name}_SECRET belong together.`,
  };
}
