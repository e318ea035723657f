import { expect, it } from 'vitest';
import { together } from './together.ts';

const source = {};

/** Answers with the length of each key, `missing` excepted, and notes what it was asked. */
function lengths() {
  const asked: string[][] = [];
  const find = together<object, number>(async (_source, keys) => {
    asked.push([...keys]);
    return new Map(keys.filter((key) => key !== 'missing').map((key) => [key, key.length]));
  });
  return { asked, find };
}

it('asks once for what is wanted in one moment, and answers each with its own', async () => {
  const { asked, find } = lengths();
  const found = await Promise.all(['one', 'three', 'one', 'missing'].map((key) => find(source, key)));
  expect(found).toEqual([3, 5, 3, undefined]);
  expect(asked).toEqual([['one', 'three', 'missing']]);
});

it('asks again for what is wanted later: nothing is kept', async () => {
  const { asked, find } = lengths();
  await find(source, 'one');
  await find(source, 'one');
  expect(asked).toEqual([['one'], ['one']]);
});

it('keeps the questions of two sources apart', async () => {
  const { asked, find } = lengths();
  await Promise.all([find(source, 'one'), find({}, 'one')]);
  expect(asked).toEqual([['one'], ['one']]);
});

it('begins another query when one has many keys', async () => {
  const { asked, find } = lengths();
  await Promise.all(Array.from({ length: 501 }, (_, i) => find(source, `key ${i}`)));
  expect(asked.map((keys) => keys.length)).toEqual([500, 1]);
});

it('tells everybody who asked when the query fails', async () => {
  const find = together<object, number>(() => Promise.reject(new Error('no database')));
  const results = await Promise.allSettled([find(source, 'one'), find(source, 'two')]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
