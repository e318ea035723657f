import { expect, it } from 'vitest';
import { isCurrent } from './nav.ts';

it('a page below an item keeps the item marked, a page with a like name does not', () => {
  expect(isCurrent({ href: '/bills' }, '/bills/2026-06')).toBe(true);
  expect(isCurrent({ href: '/bills' }, '/bills-archive')).toBe(false);
  expect(isCurrent({ href: '/' }, '/bills')).toBe(false);
});

it('of an item and a page of it that is an item too, only the nearer is marked', () => {
  const nav = [{ href: '/me' }, { href: '/me/code' }];
  expect(nav.map((item) => isCurrent(item, '/me/code', nav))).toEqual([false, true]);
  expect(nav.map((item) => isCurrent(item, '/me', nav))).toEqual([true, false]);
});
