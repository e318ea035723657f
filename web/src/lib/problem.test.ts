import { describe, expect, it } from 'vitest';
import { parseProblem, readProblem } from './problem.ts';

const unknown = { title: '没有回应', advice: '请稍后再试。' };
const body = {
  type: '/api/docs/problems/invalid-input',
  title: 'x',
  status: 422,
  code: 'invalid-input',
  titles: { zh: '有几项填得不对', en: 'Some fields are not right' },
  advice: { zh: '请按提示改好。', en: 'Correct the fields.' },
  details: { zh: '金额写成了 1e9', en: 'The amount says 1e9' },
  fields: [
    { field: 'amount', zh: '请填写数字', en: 'A number, please' },
    { field: 'amount', zh: '第二个原因', en: 'A second reason' },
    { field: 3 },
  ],
};

describe('a problem', () => {
  it('is read in the language of the reader, with the first reason for each field', () => {
    expect(parseProblem(body, 422, 'zh-CN', unknown)).toMatchObject({
      title: '有几项填得不对',
      detail: '金额写成了 1e9',
      fields: { amount: '请填写数字' },
    });
    expect(parseProblem(body, 422, 'en', unknown)).toMatchObject({ advice: 'Correct the fields.' });
  });

  it('says that the next try needs a new key, when the refusal is remembered', () => {
    expect(parseProblem({ ...body, needsNewKey: true }, 409, 'en', unknown).needsNewKey).toBe(true);
    expect(parseProblem(body, 422, 'en', unknown).needsNewKey).toBe(false);
  });

  it("is told in plain words even when the answer is a proxy's page", async () => {
    const answer = new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'retry-after': '30' } });
    expect(await readProblem(answer, 'zh-CN', unknown)).toMatchObject({
      ...unknown,
      status: 502,
      retryAfterS: 30,
    });
  });
});
