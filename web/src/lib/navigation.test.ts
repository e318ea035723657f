import { expect, it } from 'vitest';
import { navOf } from './navigation.ts';
import { groups, type Role } from './session.ts';

const every: readonly Role[] = [...new Set<Role>(Object.values(groups).flat())];

it.each(every.map((role) => [role]))('the bar of %s lists no page twice', (role) => {
  const me = { id: 'p', name: '周敏', roles: [{ role, place: 'e' }] };
  const hrefs = navOf(me).flatMap(({ items }) => items.map(({ href }) => href));
  expect(hrefs.length).toBeGreaterThan(0);
  expect(hrefs).toEqual([...new Set(hrefs)]);
});
