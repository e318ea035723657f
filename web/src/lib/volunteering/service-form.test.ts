import { expect, it, vi } from 'vitest';
import { parseService, type ServiceFields } from './service-form.ts';

vi.mock('$lib/paraglide/messages.js', () => ({
  m: new Proxy({}, { get: (_, name) => () => String(name) }),
}));

const saturday: ServiceFields = {
  member: 'resident',
  type: '人居环境',
  day: '2026-06-13',
  from: '19:00',
  to: '21:30',
  nextDay: '',
  came: '',
  left: '',
  trust: 'scan',
};

const now = Date.parse('2026-06-20T12:00:00+08:00');

const service = (change: Partial<ServiceFields>) => {
  const parsed = parseService({ ...saturday, ...change }, now);
  if (!('service' in parsed)) throw new Error(JSON.stringify(parsed.errors));
  return parsed.service;
};

it('the clock of the form is the one on the wall in Shanghai', () => {
  expect(service({})).toMatchObject({
    startsAt: '2026-06-13T11:00:00.000Z',
    endsAt: '2026-06-13T13:30:00.000Z',
  });
});

it('whoever is not said to come late or leave early stayed from beginning to end', () => {
  const { startsAt, endsAt, attendedFrom, attendedTo } = service({});
  expect([attendedFrom, attendedTo]).toEqual([startsAt, endsAt]);
  expect(service({ came: '18:50', left: '20:00' })).toMatchObject({
    attendedFrom: '2026-06-13T10:50:00.000Z',
    attendedTo: '2026-06-13T12:00:00.000Z',
  });
});

it('a night watch that goes past midnight ends on the next day, when that is ticked', () => {
  const watch = { from: '22:00', to: '01:00', nextDay: 'yes' };
  expect(service({ ...watch, came: '23:58', left: '00:40' })).toMatchObject({
    endsAt: '2026-06-13T17:00:00.000Z',
    attendedFrom: '2026-06-13T15:58:00.000Z',
    attendedTo: '2026-06-13T16:40:00.000Z',
  });
  expect(service({ ...watch, left: '23:30' }).attendedTo).toBe('2026-06-13T15:30:00.000Z');
  // Begun just after midnight, and somebody came a little before it.
  expect(service({ from: '00:10', to: '02:00', came: '23:55' }).attendedFrom).toBe(
    '2026-06-12T15:55:00.000Z',
  );
});

const faultsOf = (change: Partial<ServiceFields>, at = now) => {
  const parsed = parseService({ ...saturday, ...change }, at);
  return 'errors' in parsed ? parsed.errors : {};
};

it('an end before the beginning is refused, never taken for a night of 22 hours', () => {
  const mixedUp = { from: '11:00', to: '09:00' };
  expect(faultsOf(mixedUp)).toEqual({ to: 'community_ends_before' });
  expect(faultsOf({ from: '11:00', to: '11:00' })).toEqual({ to: 'community_ends_before' });
  expect(faultsOf({ nextDay: 'yes' })).toEqual({ nextDay: 'community_too_long' });
  expect(faultsOf({ came: '20:00', left: '19:30' })).toEqual({ left: 'community_left_before' });
});

it('what has not happened yet is said beside the field that was typed', () => {
  expect(faultsOf({ day: '2026-06-21' })).toEqual({ day: 'community_day_future' });
  const during = Date.parse('2026-06-13T20:00:00+08:00');
  expect(faultsOf({}, during)).toEqual({ to: 'community_time_future' });
  expect(faultsOf({ left: '20:30' }, during)).toEqual({ left: 'community_time_future' });
  expect(faultsOf({ left: '19:50' }, during)).toEqual({});
});

it('how the hours are known has to be chosen', () => {
  expect(faultsOf({ trust: '' })).toEqual({ trust: 'community_trust_missing' });
});

it('what is missing or impossible is said beside its own field', () => {
  const wrong = faultsOf({ member: '', type: '', day: '2026-13-40', to: '25:00', left: '9', trust: 'x' });
  expect(Object.keys(wrong).sort()).toEqual(['day', 'left', 'member', 'to', 'trust', 'type'].sort());
});
