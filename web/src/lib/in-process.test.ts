import { expect, it } from 'vitest';
import { parseMe } from './in-process.server.ts';

it('who is signed in is read with the posts this build knows, and nothing else', () => {
  const body = {
    person: { id: '0190', name: '王秀兰', phone: '138' },
    roles: [
      { role: 'member', place: 'e1' },
      { role: 'emperor', place: 'e1' },
      { role: 'staff', place: null },
    ],
  };
  expect(parseMe(body)).toEqual({ id: '0190', name: '王秀兰', roles: [{ role: 'member', place: 'e1' }] });
});

it.each([null, {}, { person: { id: 1, name: 'x' }, roles: [] }, { person: { id: '1', name: 'x' } }])(
  'an answer in another shape signs nobody in: %j',
  (body) => expect(parseMe(body)).toBeNull(),
);
