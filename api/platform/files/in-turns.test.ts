import { expect, test } from 'vitest';
import { finish, inTurns, type Steps } from './in-turns.ts';

function* count(to: number, seen: number[]): Steps<number> {
  for (let at = 1; at <= to; at += 1) {
    seen.push(at);
    yield;
  }
  return to;
}

test('long work lets others have their turn, and its result is that of doing it at once', async () => {
  const seen: number[] = [];
  let sawAtFirstTurn = 0;
  setImmediate(() => (sawAtFirstTurn = seen.length));
  expect(await inTurns(count(50, seen))).toBe(finish(count(50, [])));
  expect(sawAtFirstTurn).toBeLessThan(5);
  expect(seen).toHaveLength(50);
});
