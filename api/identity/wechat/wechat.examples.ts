import { named, type RouteExample } from '../../platform/index.ts';

export const wechatWays: RouteExample = { answer: { ways: ['inside', 'desk'] } };

export const beginWechat: RouteExample = {
  body: { way: 'desk', next: '/me' },
  answer: {
    address:
      'https://open.weixin.qq.com/connect/qrconnect?appid=wx0123456789abcdef&redirect_uri=https%3A%2F%2Fpoints.example.org%2Fsign-in%2Fwechat&response_type=code&scope=snsapi_login&state=d0#wechat_redirect',
  },
};

export const returnFromWechat: RouteExample = {
  body: { state: 'd0', code: '031Xabcd' },
  answer: { outcome: 'signed-in', person: named.person },
};

export const ownWechat: RouteExample = {
  answer: {
    ways: [{ way: 'inside', boundAt: '2026-06-20T04:00:00.000Z' }, { way: 'desk' }],
    waiting: 'desk',
  },
};

export const bindWechat: RouteExample = {};

export const unbindWechat: RouteExample = { params: { way: 'desk' } };
