import { expect, it } from 'vitest';
import { told, withAction, withQuery } from './table.ts';

const url = new URL('http://x/bills?sort=room&cursor=abc&q=3-2');

it('a new order keeps the search and starts from the first rows', () => {
  expect(withQuery(url, { sort: 'amount', cursor: null })).toBe('/bills?sort=amount&q=3-2');
});

it('nothing left to say leaves the plain address', () => {
  expect(withQuery(url, { sort: null, cursor: null, q: null })).toBe('/bills');
});

it('a named action keeps what the page shows: the place, the filter and how far one had read', () => {
  const far = new URL('http://x/agreements?place=p&state=ended&cursor=abc&done=said');
  expect(withAction(far, 'end', { end: 'a' })).toBe('?/end&place=p&state=ended&cursor=abc&end=a');
  expect(withAction(new URL('http://x/outbox'), 'told')).toBe('?/told');
});

it('no link takes along what was said of the press before, nor the action that a form without scripts left', () => {
  const after = new URL('http://x/outbox?/told&estate=e&state=waiting&made=yes');
  expect(withQuery(after, { ...told, state: null })).toBe('/outbox?estate=e');
  expect(withAction(after, 'read')).toBe('?/read&estate=e&state=waiting');
});
