/** The fuzz drill in little, in a file of its own because it takes longer than the others together. */
import fc from 'fast-check';
import { beforeAll, expect, inject, it, vi } from 'vitest';
import { faultOf } from './fuzz.ts';
import { drill } from './short-drill.ts';

// The drills start a server of their own; here there is one already.
beforeAll(() => void vi.stubEnv('TEST_POSTGRES_URL', inject('postgres').url));

it('a short run of fuzz finds no history that the model tells otherwise, and no input that breaks the API', async () => {
  const { code, err, out, last } = await drill('fuzz', '--runs', '20', '--seed', '20261127');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(
    /bad input on postgres: 20 runs, [1-9]\d* refused with [1-9]\d* codes, none with a 500, verify green/,
  );
  expect(last).toMatch(/^fuzz: seeds 20261127 to 20261127, 100 runs, no counterexample/);
});

it('a counterexample is told with its seed, shrunk', () => {
  const small = fc.property(fc.integer({ min: 0, max: 10_000 }), (points) => points < 100);
  const fault = faultOf(fc.check(small, { seed: 42, numRuns: 100 }));
  expect(fault).toMatch(/seed: 42\b/);
  expect(fault).toMatch(/Counterexample: \[100\]/);
});
