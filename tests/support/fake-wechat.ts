/**
 * WeChat's two servers as one small one on this machine, as far as a sign-in sees them: it checks what is asked as
 * strictly, answers JSON as text/plain, gives a code once and for a while, and makes an openid of its own for each app.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WechatConfig } from '../../api/platform/index.ts';
import { endWithFile } from './ending.ts';

const SECRET = '0123456789abcdef0123456789abcdef';
const APPS = { inside: 'wx1111111111111111', desk: 'wx2222222222222222' } as const;
const SCOPES: Readonly<Record<string, string>> = {
  '/connect/oauth2/authorize': 'snsapi_base',
  '/connect/qrconnect': 'snsapi_login',
};

export type Trouble = 'none' | 'busy' | 'broken' | 'nonsense' | 'wrong-secret' | 'snapshot';

export interface FakeWechat {
  readonly config: WechatConfig;
  /** Whose phone it is that scans. */
  owner: string;
  agrees: boolean;
  trouble: Trouble;
  /** Every token and openid that it gave out, which must be found nowhere. */
  readonly given: string[];
  /** What it was asked for, path by path. */
  readonly asked: URL[];
  /** Codes that were not used by now are too old. */
  endCodes(): void;
  stop(): Promise<void>;
}

export async function startFakeWechat(): Promise<FakeWechat> {
  const codes = new Map<string, { app: string; owner: string; isOver: boolean }>();
  let next = 0;

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://wechat.test');
    fake.asked.push(url);
    if (request.method !== 'GET') return end(response, 405, 'GET only');
    if (url.pathname in SCOPES) return authorize(url, response);
    if (url.pathname === '/sns/oauth2/access_token') return giveToken(url, request, response);
    return end(response, 404, 'no such page');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  const fake: FakeWechat = {
    config: {
      apps: {
        inside: { appId: APPS.inside, secret: SECRET },
        desk: { appId: APPS.desk, secret: SECRET },
      },
      authorizeUrl: url,
      apiUrl: url,
    },
    owner: 'wang',
    agrees: true,
    trouble: 'none',
    given: [],
    asked: [],
    endCodes: () => codes.forEach((code) => (code.isOver = true)),
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  endWithFile(fake.stop);
  return fake;

  function authorize(asked: URL, response: ServerResponse): void {
    const { appid = '', redirect_uri: back = '', response_type: type, scope, state = '' } = of(asked);
    const isInside = asked.pathname.includes('authorize');
    if (appid !== (isInside ? APPS.inside : APPS.desk) || scope !== SCOPES[asked.pathname])
      return end(response, 200, 'appid 参数错误');
    if (type !== 'code' || !/^[0-9a-zA-Z]{1,128}$/.test(state)) return end(response, 200, 'state 参数错误');
    if (!URL.canParse(back)) return end(response, 200, 'redirect_uri 参数错误');
    const to = new URL(back);
    if (fake.agrees) {
      const code = `0${String(++next).padStart(3, '0')}Code${'x'.repeat(20)}`;
      codes.set(code, { app: appid, owner: fake.owner, isOver: false });
      to.searchParams.set('code', code);
    }
    to.searchParams.set('state', state);
    response.writeHead(302, { location: to.href }).end();
  }

  function giveToken(asked: URL, request: IncomingMessage, response: ServerResponse): void {
    const say = (facts: object) => end(response, 200, JSON.stringify(facts));
    const { appid, secret, code = '', grant_type: grant } = of(asked);
    if (fake.trouble === 'broken') return void request.socket.destroy();
    if (fake.trouble === 'nonsense') return end(response, 502, '<html>bad gateway</html>');
    if (fake.trouble === 'busy') return say({ errcode: -1, errmsg: 'system error' });
    if (secret !== SECRET || fake.trouble === 'wrong-secret')
      return say({ errcode: 40125, errmsg: `invalid appsecret, rid: ${code}` });
    const found = codes.get(code);
    if (grant !== 'authorization_code' || found?.app !== appid)
      return say({ errcode: 40029, errmsg: 'invalid code' });
    if (found?.isOver) return say({ errcode: 40163, errmsg: 'code been used' });
    found!.isOver = true;
    const openid = `o${appid?.slice(2, 6)}_${found?.owner}_0123456789`;
    const tokens = { access_token: `ACCESS-${code}`, refresh_token: `REFRESH-${code}`, openid };
    fake.given.push(...Object.values(tokens));
    const snapshot = fake.trouble === 'snapshot' ? { is_snapshotuser: 1 } : {};
    return say({ ...tokens, expires_in: 7200, scope: SCOPES['/connect/qrconnect'], ...snapshot });
  }
}

function of({ searchParams }: URL): Partial<Record<string, string>> {
  return Object.fromEntries(searchParams);
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}
