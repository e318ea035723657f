import { expect, it } from 'vitest';
import type { Me } from '$lib/session.ts';
import { actsAt } from './payers.server.ts';

/** Staff of 金康, and a leader in 银河. */
const places = [
  { id: 'jinkang', name: '金康社区', kind: 'community', roles: ['staff'] },
  { id: 'yinhe', name: '银河社区', kind: 'community', roles: ['leader'] },
];
const answers = (url: RequestInfo | URL) =>
  Promise.resolve(
    Response.json({
      items: new URL(String(url), 'http://linli.test').pathname.endsWith('/places') ? places : [],
    }),
  );
const me = { roles: [{ role: 'staff' }, { role: 'leader' }] } as unknown as Me;

it('who works as staff in one community publishes no rules in another, where they only look', async () => {
  expect([await actsAt(answers, me, 'jinkang'), await actsAt(answers, me, 'yinhe')]).toEqual([true, false]);
});
