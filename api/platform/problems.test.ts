import { describe, expect, it } from 'vitest';
import { HTTPException } from 'hono/http-exception';
import { z } from '@hono/zod-openapi';
import {
  catalogue,
  entryOf,
  problem,
  problemBody,
  problemCodes,
  ProblemError,
  problemOf,
  ProblemSchema,
} from './problems.ts';
import { fieldProblems, say } from './problem-fields.ts';

describe('the catalogue of problems', () => {
  it.each(problemCodes)('%s has a status, a title and advice in both languages', (code) => {
    const { status, title, advice } = entryOf(code);
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(status).toBeGreaterThanOrEqual(400);
    for (const words of [title, advice]) {
      expect(words.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(words.en).not.toMatch(/[\u4e00-\u9fff]/);
      expect(words.en.length).toBeGreaterThan(3);
    }
    expect(ProblemSchema.parse(problemBody(problem(code), 'zh')).code).toBe(code);
  });

  it('remembers only what the rules decide: never bad input, sign-in, rate limits or overload', () => {
    for (const code of problemCodes) {
      const { status, remembered } = entryOf(code);
      if (remembered) expect([400, 401, 415, 429, 500, 503, 504], code).not.toContain(status);
    }
    expect(catalogue['changed-meanwhile'].remembered).toBe(false);
  });
});

describe('what an exception says to the caller', () => {
  it('a bug says nothing of its message', () => {
    const body = problemBody(problemOf(new Error('SELECT phone FROM people')), 'en');
    expect(body.status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('phone');
  });

  it('an HTTPException keeps its status', () => {
    for (const status of [400, 401, 403, 404, 405, 413, 415, 503] as const) {
      expect(entryOf(problemOf(new HTTPException(status, { message: 'x' })).code).status).toBe(status);
    }
  });

  it('a thrown problem is that problem', () => {
    expect(problemOf(new ProblemError(problem('too-large')))).toEqual(problem('too-large'));
  });

  it('a schema names the field by its path, in both languages', () => {
    const schema = z.object({
      lines: z.array(
        z.object({ amount: z.string(), house: z.string().regex(/^\d/, say('请填房号', 'A house number')) }),
      ),
    });
    const result = schema.safeParse({ lines: [{ house: 'x' }] });
    expect(fieldProblems(result.error!.issues)).toEqual([
      { field: 'lines.0.amount', zh: '这一项必须填写', en: 'This field is required' },
      { field: 'lines.0.house', zh: '请填房号', en: 'A house number' },
    ]);
  });

  it('a thousand wrong fields make a short answer', () => {
    const result = z.array(z.number()).safeParse(Array.from({ length: 1000 }, () => 'x'));
    expect(fieldProblems(result.error!.issues)).toHaveLength(20);
  });
});
