import { m } from '$lib/paraglide/messages.js';

export type WechatWay = 'inside' | 'desk';

/**
 * How somebody with this browser can sign in with WeChat: in WeChat's own browser at once, at a desk by QR. A phone's
 * other browser has neither, since a phone cannot scan its own screen, and 企业微信 knows other people.
 */
export function wayOfBrowser(userAgent: string): WechatWay | null {
  if (/wxwork/i.test(userAgent)) return null;
  if (/MicroMessenger/i.test(userAgent)) return 'inside';
  return /Mobile|Android|iPhone|iPad/i.test(userAgent) || userAgent === '' ? null : 'desk';
}

export const wayNames = { inside: m.wechat_inside, desk: m.wechat_desk } as const;

/** What came of a visit to WeChat, in the address and in words; a word that nobody knows is a sign-in that ended. */
const words = {
  unbound: [m.wechat_unbound, m.wechat_unbound_words],
  denied: [m.wechat_denied, m.wechat_denied_words],
  snapshot: [m.wechat_snapshot, m.wechat_snapshot_words],
  down: [m.wechat_down, m.wechat_down_words],
  'of-another': [m.wechat_of_another, m.wechat_of_another_words],
  locked: [m.sign_in_locked_title, m.wechat_locked_words],
  'account-ended': [m.account_ended, m.account_ended_words],
  ended: [m.wechat_ended, m.wechat_ended_words],
} as const;

type WechatWord = keyof typeof words;

export function wordOfProblem(code: string): WechatWord {
  const word = code === 'locked-out' ? 'locked' : code.replace(/^wechat-/, '');
  return Object.hasOwn(words, word) ? (word as WechatWord) : 'ended';
}

export function wechatNews(word: string | null): { word: WechatWord; title: string; advice: string } | null {
  if (word === null) return null;
  const known = Object.hasOwn(words, word) ? (word as WechatWord) : 'ended';
  const [title, advice] = words[known];
  return { word: known, title: title(), advice: advice() };
}
