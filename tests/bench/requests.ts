/** The requests of the HTTP cases, each with keys that were never used before. */
import { v7 as uuid } from 'uuid';
import { BOOK, fundOfMember, UNIT, type Stage } from './stage.ts';
import type { Confirm } from './tills.ts';

export type HttpCase = 'post' | 'hot' | 'spend' | 'purchase';

export type Ask = {
  method: 'GET' | 'POST';
  path: string;
  /** A system's key, or else the cookie of a browser. */
  token?: string;
  cookie?: string;
  key?: string;
  body?: unknown;
};

/** A step that visits every member before it visits one again, and no two neighbours one after another. */
const STRIDE = 7_919;

function pick<T>(from: readonly T[], nth: number): T {
  const found = from[(nth * STRIDE) % from.length];
  if (found === undefined) throw new RangeError('the stage is empty');
  return found;
}

/** Two entries of a promise: what a member comes to owe back to a fund. */
export function postEntries(stage: Stage, nth: number, isHot: boolean) {
  const index = (nth * STRIDE) % stage.members.length;
  const fund = isHot ? stage.hotFund : fundOfMember(stage, index);
  const member = stage.members[index] ?? '';
  return [
    { owner: fund, role: 'owed' as const, unit: UNIT, fund, amount: '1' },
    { owner: member, role: 'debt' as const, unit: UNIT, fund, amount: '-1' },
  ];
}

export function requestOf(stage: Stage, wanted: HttpCase, nth: number): Ask {
  const common = { method: 'POST' as const, token: stage.token, key: uuid() };
  const merchant = pick(stage.merchants, nth);
  switch (wanted) {
    case 'post':
    case 'hot': {
      const entries = postEntries(stage, nth, wanted === 'hot');
      return {
        ...common,
        path: '/api/v1/ledger/transactions',
        body: { place: stage.place, kind: 'claim', entries },
      };
    }
    case 'spend': {
      const body = { member: pick(stage.spenders, nth), points: '3', unit: 'CON', goods: '洗衣液 1 瓶' };
      return { ...common, path: `/api/v1/merchants/${merchant}/redemptions`, body };
    }
    case 'purchase': {
      const body = { member: pick(stage.buyers, nth), receipt: common.key, amount: '1.50' };
      return { ...common, path: `/api/v1/merchants/${merchant}/purchases`, body };
    }
  }
}

export function confirmAsk({ merchant, cookie, body }: Confirm): Ask {
  return { method: 'POST', path: `/api/v1/merchants/${merchant}/redemptions`, cookie, key: uuid(), body };
}

export function readOf(token: string, owner: string, what: string): Ask {
  return { method: 'GET', token, path: `/api/v1/books/${BOOK}/owners/${owner}/${what}` };
}

export function bytesOf({ method, path, token, cookie, key, body }: Ask): Buffer {
  const text = body === undefined ? '' : JSON.stringify(body);
  const head = [
    `${method} ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
    ...(cookie === undefined ? [] : [`Cookie: ${cookie}`, 'Origin: http://127.0.0.1']),
    ...(key === undefined ? [] : [`Idempotency-Key: ${key}`]),
    ...(body === undefined
      ? []
      : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(text)}`]),
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${text}`);
}
