import { expect, it } from 'vitest';
import { withQuery } from './table.ts';

const url = new URL('http://x/bills?sort=room&cursor=abc&q=3-2');

it('a new order keeps the search and starts from the first rows', () => {
  expect(withQuery(url, { sort: 'amount', cursor: null })).toBe('/bills?sort=amount&q=3-2');
});

it('nothing left to say leaves the plain address', () => {
  expect(withQuery(url, { sort: null, cursor: null, q: null })).toBe('/bills');
});
