import { describe, expect, it } from 'vitest';
import { admit, groupOfRoute, groupsOf, holds, safeNext, type Me } from './session.ts';

const person = (...held: Me['roles'][number]['role'][]): Me => ({
  id: '0190',
  name: '王秀兰',
  roles: held.map((role) => ({ role, place: 'e1' })),
});

describe('the groups of pages', () => {
  it('open to those who hold the post, and send others away', () => {
    expect(admit('/(merchant)/till', person('clerk'))).toBe('open');
    expect(admit('/(merchant)/till', person('member'))).toBe('forbidden');
    expect(admit('/(auditor)/verify', person('staff'))).toBe('forbidden');
  });

  it('ask a stranger to sign in, and leave the open pages open', () => {
    expect(admit('/(member)/balance', null)).toBe('sign-in');
    expect(admit('/sign-in', null)).toBe('open');
    expect(admit(null, null)).toBe('open');
  });

  it('are found wherever the group stands in the route', () => {
    expect(groupOfRoute('/(member)/(paper)/balance')).toBe('member');
    expect(groupOfRoute('/(unknown)/x')).toBeNull();
  });

  it('add up for a person who holds two posts', () => {
    expect(groupsOf(person('member', 'leader'))).toEqual(['member', 'community', 'programme']);
  });

  it('let an auditor read the rules and the funds, and make none', () => {
    expect(admit('/(programme)/programme/rules', person('auditor'))).toBe('open');
    expect(admit('/(community)/programme/rules/new', person('auditor'))).toBe('forbidden');
    expect(admit('/(programme)/programme', person('accountant'))).toBe('forbidden');
  });
});

it('a post is held or not', () => {
  expect([holds(person('clerk'), 'clerk'), holds(person('clerk'), 'staff'), holds(null, 'clerk')]).toEqual([
    true,
    false,
    false,
  ]);
});

describe('where to go after signing in', () => {
  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', '/a\nb'])(
    '%j is not a path of ours',
    (next) => expect(safeNext(next)).toBe('/'),
  );

  it('a path of ours is kept with its query', () => {
    expect(safeNext('/till?code=12345678')).toBe('/till?code=12345678');
  });
});
