import { expect, it } from 'vitest';
import { isCurrent, needsSide, tabsOf } from './nav.ts';

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

it('a page of another folder that belongs to an item marks it, not the start of that folder', () => {
  const nav = [
    { href: '/community' },
    { href: '/community/residents', also: ['/community/people', '/houses'] },
  ];
  expect(nav.map((item) => isCurrent(item, '/community/people/7', nav))).toEqual([false, true]);
  expect(nav.map((item) => isCurrent(item, '/houses/7', nav))).toEqual([false, true]);
  expect(nav.map((item) => isCurrent(item, '/community/outbox', nav))).toEqual([true, false]);
});

const group = (key: string, count: number) => ({
  key,
  items: Array.from({ length: count }, (_, at) => ({ href: `/${key}/${at}` })),
});
const hrefs = (items: readonly { href: string }[]) => items.map(({ href }) => href);

it('five pages are five tabs, and nothing hides behind a sixth', () => {
  const { shown, rest } = tabsOf([group('me', 3), group('counter', 2)]);
  expect(hrefs(shown)).toEqual(['/me/0', '/me/1', '/me/2', '/counter/0', '/counter/1']);
  expect(rest).toEqual([]);
});

it('somebody with several posts has the first page of each at hand, and all the others behind the fifth tab', () => {
  const posts = [group('me', 5), group('community', 4), group('audit', 2)];
  const { shown, rest } = tabsOf(posts);
  expect(hrefs(shown)).toEqual(['/me/0', '/me/1', '/community/0', '/audit/0']);
  expect(rest.map(({ key, items }) => [key, items.length])).toEqual([
    ['me', 3],
    ['community', 3],
    ['audit', 1],
  ]);
});

it('with more posts than tabs the rest keeps a whole post', () => {
  const { shown, rest } = tabsOf(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => group(key, 1)));
  expect(hrefs(shown)).toEqual(['/a/0', '/b/0', '/c/0', '/d/0']);
  expect(rest.map(({ key }) => key)).toEqual(['e', 'f']);
});

it('seven pages no longer stand in one line of a desk', () => {
  expect(needsSide([group('community', 6)])).toBe(false);
  expect(needsSide([group('community', 4), group('fees', 3)])).toBe(true);
});
