/**
 * WeChat's side of a sign-in: where somebody is sent to agree, and whose code it is that they come back with. Of what
 * WeChat answers only the openid is read; its tokens are dropped here, and nothing else of a person is asked for.
 */
import { z, type Log, type WechatConfig, type WechatWay } from '../../platform/index.ts';

/** `snapshot`: WeChat showed a picture of the page under a made-up openid, which is nobody's. */
type Asked = { readonly openid: string } | 'refused' | 'snapshot' | 'down';

const PATIENCE_MS = 8_000;
/** Never given out, used before, ended, of another app, missing. */
const CODE_FAULTS = new Set([40029, 40163, 41008, 42003]);

const TokenAnswer = z.object({
  errcode: z.number().optional(),
  openid: z
    .string()
    .regex(/^[\w-]{6,64}$/)
    .optional(),
  is_snapshotuser: z.number().optional(),
});

/** Inside WeChat its quiet grant, which names the openid alone and asks nobody; at a desk the QR. */
const PLACES = {
  inside: { path: '/connect/oauth2/authorize', scope: 'snsapi_base' },
  desk: { path: '/connect/qrconnect', scope: 'snsapi_login' },
} as const satisfies Record<WechatWay, object>;

export interface WechatProvider {
  readonly ways: readonly WechatWay[];
  appIdOf(way: WechatWay): string | undefined;
  /** Where to send somebody; WeChat adds `code` and `state` to `back`. */
  addressOf(way: WechatWay, asked: { back: string; state: string }): string | undefined;
  openidOf(way: WechatWay, code: string): Promise<Asked>;
}

export function createWechatProvider(
  { apps, authorizeUrl, apiUrl }: WechatConfig,
  log: Log,
  send: typeof fetch = fetch,
): WechatProvider {
  return {
    ways: (['inside', 'desk'] as const).filter((way) => apps[way]),
    appIdOf: (way) => apps[way]?.appId,
    addressOf(way, { back, state }) {
      const appid = apps[way]?.appId;
      if (appid === undefined) return undefined;
      const { path, scope } = PLACES[way];
      const url = new URL(path, authorizeUrl);
      // WeChat reads them in this order.
      const asked = { appid, redirect_uri: back, response_type: 'code', scope, state };
      url.search = new URLSearchParams(asked).toString();
      url.hash = 'wechat_redirect';
      return url.href;
    },
    async openidOf(way, code) {
      const app = apps[way];
      if (!app) return 'refused';
      const url = new URL('/sns/oauth2/access_token', apiUrl);
      const asked = { appid: app.appId, secret: app.secret, code, grant_type: 'authorization_code' };
      url.search = new URLSearchParams(asked).toString();
      try {
        const answer = await send(url, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
        // It calls its JSON text/plain.
        const said = TokenAnswer.safeParse(answer.ok ? await answer.json() : undefined);
        if (!said.success) return down(log, { status: answer.status });
        const { errcode = 0, openid, is_snapshotuser: snapshot } = said.data;
        if (CODE_FAULTS.has(errcode)) return 'refused';
        if (errcode !== 0 || openid === undefined) return down(log, { errcode });
        return snapshot === 1 ? 'snapshot' : { openid };
      } catch (error) {
        // The address had the secret and the code, so of the fault only its kind is told.
        return down(log, { kind: error instanceof Error ? error.name : typeof error });
      }
    },
  };
}

function down(log: Log, facts: object): 'down' {
  log.warn(facts, 'WeChat did not answer a sign-in');
  return 'down';
}
