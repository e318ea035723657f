import { validate, version } from 'uuid';
import { expect, it } from 'vitest';
import { createIds } from './ids.ts';

it('gives UUIDv7 that rise, within one millisecond too and when the clock is set back', () => {
  let now = 1_750_000_000_000;
  const ids = createIds(() => now);
  const made = Array.from({ length: 1_000 }, (_, i) => {
    if (i % 100 === 99) now += i === 499 ? -5_000 : 1;
    return ids();
  });
  expect(made.every((id) => validate(id) && version(id) === 7)).toBe(true);
  expect(made).toEqual([...new Set(made)].sort());
});
