import { expect, test } from 'vitest';
import { everyPage } from './every-page.ts';
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

test('a long list that becomes a file lets others have their turn after each page', async () => {
  const keys = Array.from({ length: 1_000 }, (_, at) => at);
  const read = ({ before = -1, limit }: { before?: number; limit: number }) =>
    Promise.resolve(keys.slice(before + 1, before + 1 + limit));
  const seen: number[] = [];
  let sawAtFirstTurn = 0;
  setImmediate(() => (sawAtFirstTurn = seen.length));
  for await (const rows of everyPage(read, (key: number) => key)) seen.push(...rows);
  expect(seen).toEqual(keys);
  expect(sawAtFirstTurn).toBeLessThan(300);
  expect(sawAtFirstTurn).toBeGreaterThan(0);
});
