/**
 * What goes to WeChat and comes back, and what a browser keeps meanwhile. Nothing of it is stored at the start, so a
 * stranger who begins a million sign-ins leaves no row: a state proves itself by the deployment's secret and by the
 * mark in the cookie of the browser in which it began, and only its return is written down.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Instant, WechatWay } from '../../platform/index.ts';

/** For somebody who looks for their phone, scans, and agrees. */
export const STATE_MS = 10 * 60_000;
/** … and then signs in once and confirms. */
export const WAITING_MS = 15 * 60_000;

/** An openid that waits for its person to sign in and confirm. */
export interface Waiting {
  readonly way: WechatWay;
  readonly openidKey: string;
}

export interface WechatMarks {
  /** At most 128 letters and digits, which is all that WeChat carries. */
  stateFor(browser: string, way: WechatWay, now: Instant): string;
  /** Undefined: forged, begun in another browser, or ended. */
  readState(state: string, browser: string, now: Instant): { way: WechatWay; endsAt: Instant } | undefined;
  /** Whoever has the database alone has no openid, and finds none by trying. */
  openidKey(app: string, openid: string): string;
  seal(waiting: Waiting, now: Instant): string;
  unseal(sealed: string, now: Instant): Waiting | undefined;
}

const LETTERS = { inside: 'i', desk: 'd' } as const;
const STATE = /^([id])([0-9a-z]{9})([0-9a-f]{32})([0-9a-f]{64})$/;
const SEALED = /^([id])([0-9a-z]{9})([\w-]{43})([0-9a-f]{64})$/;

export function createWechatMarks(secret: string): WechatMarks {
  const keyed = (what: string, ...values: string[]) =>
    createHmac('sha256', secret).update(['wechat', what, ...values].join('\n'));
  const markOf = (what: string, ...values: string[]) => keyed(what, ...values).digest('hex');
  return {
    stateFor(browser, way, now) {
      const said = LETTERS[way] + instantText(now + STATE_MS) + randomBytes(16).toString('hex');
      return said + markOf('state', said, browser);
    },
    readState(state, browser, now) {
      const [, letter, ends = '', nonce = '', mark = ''] = STATE.exec(state) ?? [];
      const endsAt = parseInt(ends, 36);
      if (letter === undefined || !isSame(mark, markOf('state', letter + ends + nonce, browser)))
        return undefined;
      return endsAt <= now ? undefined : { way: wayOf(letter), endsAt };
    },
    openidKey: (app, openid) => keyed('openid', app, openid).digest('base64url'),
    seal({ way, openidKey }, now) {
      const said = LETTERS[way] + instantText(now + WAITING_MS) + openidKey;
      return said + markOf('waiting', said);
    },
    unseal(sealed, now) {
      const [, letter, ends = '', openidKey = '', mark = ''] = SEALED.exec(sealed) ?? [];
      if (letter === undefined || !isSame(mark, markOf('waiting', letter + ends + openidKey)))
        return undefined;
      return parseInt(ends, 36) <= now ? undefined : { way: wayOf(letter), openidKey };
    },
  };
}

/** For the browser's cookie. */
export function mintBrowserMark(): string {
  return randomBytes(32).toString('base64url');
}

export function hashOfState(state: string): string {
  return createHash('sha256').update(state).digest('hex');
}

const wayOf = (letter: string): WechatWay => (letter === LETTERS.inside ? 'inside' : 'desk');
const instantText = (at: Instant) => at.toString(36).padStart(9, '0');

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
