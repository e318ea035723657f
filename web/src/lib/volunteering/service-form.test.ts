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
  came: '',
  left: '',
  trust: 'scan',
};

const service = (change: Partial<ServiceFields>) => {
  const parsed = parseService({ ...saturday, ...change });
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

it('a night watch that goes past midnight ends on the next day', () => {
  expect(service({ from: '22:00', to: '01:00', came: '23:58', left: '00:40' })).toMatchObject({
    endsAt: '2026-06-13T17:00:00.000Z',
    attendedFrom: '2026-06-13T15:58:00.000Z',
    attendedTo: '2026-06-13T16:40:00.000Z',
  });
  // Begun just after midnight, and somebody came a little before it.
  expect(service({ from: '00:10', to: '02:00', came: '23:55' }).attendedFrom).toBe(
    '2026-06-12T15:55:00.000Z',
  );
});

it('what is missing or impossible is said beside its own field', () => {
  const wrong = parseService({
    ...saturday,
    member: '',
    type: '',
    day: '2026-13-40',
    to: '25:00',
    left: '9',
    trust: 'x',
  });
  expect(Object.keys('errors' in wrong ? wrong.errors : {}).sort()).toEqual(
    ['day', 'left', 'member', 'to', 'trust', 'type'].sort(),
  );
});
