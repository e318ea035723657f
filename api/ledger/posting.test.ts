/** What came too late is worked out again, but not for ever. */
import { expect, it } from 'vitest';
import { problem, type Problem } from '../platform/index.ts';
import { untilFresh } from './posting.ts';

/** Answers in order, the last one from then on, and counts how often it was asked. */
function attempts(...answers: ({ points: number } | Problem)[]) {
  const asked = { times: 0 };
  const attempt = async () => answers[Math.min(asked.times++, answers.length - 1)]!;
  return { asked, done: () => untilFresh(attempt) };
}

const LATE = problem('changed-meanwhile');

it('a request is worked out again until what it rests on has stood still', async () => {
  const { asked, done } = attempts(LATE, LATE, { points: 20 });
  expect(await done()).toEqual({ points: 20 });
  expect(asked.times).toBe(3);
});

it('what stands still after that is decided, and not asked again', async () => {
  const { asked, done } = attempts(LATE, problem('cap-exceeded'), { points: 20 });
  expect(await done()).toMatchObject({ code: 'cap-exceeded' });
  expect(asked.times).toBe(2);
});

it('after five attempts its sender is told that things change too fast', async () => {
  const { asked, done } = attempts(LATE);
  expect(await done()).toMatchObject({ code: 'changed-meanwhile' });
  expect(asked.times).toBe(5);
});
