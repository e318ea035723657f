/** What the page of an import says of the one that was sent, and how it asks again. */
import { expect, it } from 'vitest';
import { newestRun } from './newest-run.ts';
import { refusalLines } from './run-words.ts';

const words = (zh: string) => ({ zh, en: zh });
const field = { field: 'confirm', ...words('这份文件只写在册的人，没写的算搬走') };
const refusal = {
  code: 'not-confirmed',
  title: words('需要您先确认'),
  advice: words('请确认'),
  fields: [field],
};

it('an import that waits for an answer says what happened and what to do, then what is asked', () => {
  expect(refusalLines(refusal)).toEqual([
    '有问题要先由人确认，请重新上传，核对后打勾再导入。',
    '要确认的：这份文件只写在册的人，没写的算搬走',
  ]);
});

it('one whose file is wrong says what is wrong with it, or the problem’s own words', () => {
  const wrong = { ...refusal, code: 'invalid-input' };
  expect(refusalLines(wrong)).toEqual([field.zh]);
  expect(refusalLines({ ...wrong, fields: [] })).toEqual(['需要您先确认 请确认']);
});

it('asking how far it is fails without a word: a busy or a lost server costs nobody the page', async () => {
  const wanted = { estate: 'e', kind: 'roster' } as const;
  const run = { id: 'r', state: 'running' };
  const answers = (status: number, body: unknown) => () =>
    Promise.resolve(new Response(JSON.stringify(body), { status }));
  expect(await newestRun(answers(503, { code: 'overloaded' }), wanted)).toBeUndefined();
  expect(await newestRun(() => Promise.reject(new TypeError('lost')), wanted)).toBeUndefined();
  expect(await newestRun(answers(200, { items: [] }), wanted)).toBeNull();
  expect(await newestRun(answers(200, { items: [run] }), wanted)).toEqual(run);
  const old = { id: 'r', state: 'taken', startedAt: '2020-01-01T00:00:00Z' };
  expect(await newestRun(answers(200, { items: [old] }), wanted)).toBeNull();
});
