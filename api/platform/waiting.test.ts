import { expect, it } from 'vitest';
import { MOST_WAITING, waitingOf } from './waiting.ts';

it('what waits longest says since when, and where to begin', () => {
  const found = [
    { place: 'b', since: 20 },
    { place: 'a', since: 10 },
  ];
  expect(waitingOf('rate-service', found)).toEqual([
    { kind: 'rate-service', place: 'a', since: 10, count: 2, more: false },
  ]);
});

it('what ends first comes first, however long it has waited', () => {
  const found = [
    { place: 'a', since: 10, due: 90 },
    { place: 'b', since: 20, due: 30 },
  ];
  expect(waitingOf('read-code', found)).toEqual([
    { kind: 'read-code', place: 'b', since: 20, due: 30, count: 2, more: false },
  ]);
});

it('nothing is no line, and more than 99 are not counted', () => {
  expect(waitingOf('rate-service', [])).toEqual([]);
  const many = Array.from({ length: 200 }, (_, at) => ({ place: 'a', since: at }));
  expect(waitingOf('rate-service', many)).toMatchObject([{ count: MOST_WAITING, more: true }]);
});
