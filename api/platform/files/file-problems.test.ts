import { expect, test } from 'vitest';
import { FILE_PROBLEM_CODES, fileProblem, type FileProblemCode } from './index.ts';

test('every problem of a file says in both languages what to do, and leaves no fact out', () => {
  const facts: Partial<Record<FileProblemCode, unknown[]>> = {
    'not-a-table': [{ zh: '图片', en: 'a picture' }],
    'no-such-sheet': ['七月', ['六月']],
    'header-missing': [['房号'], ['封面']],
    'columns-missing': [['房号'], ['姓名'], 3],
    'mapping-column-missing': ['收费系统', ['本次'], ['本期']],
    'no-rows-of-estate': ['和美苑', [{ zh: '“金康苑” 2 行', en: '2 rows of “金康苑”' }]],
    'total-differs': ['应收', 7, '1.00', '2.00', '-1.00'],
    'total-unreadable': ['应收', 7, '约一千'],
    'period-unclear': [['2026-05', '2026-06']],
  };
  const say = fileProblem as (code: FileProblemCode, ...facts: unknown[]) => { zh: string; en: string };
  for (const code of FILE_PROBLEM_CODES) {
    const { zh, en } = say(code, ...(facts[code] ?? [3, 27]));
    expect(`${zh} ${en}`).not.toMatch(/undefined|NaN|\[object/);
    expect(zh).toMatch(/[\u4e00-\u9fff].*[。]$/);
    expect(en).toMatch(/^[A-Z].*\.$/);
  }
  expect(fileProblem('cell-too-long', 2, 27).zh).toContain('AB 列');
});
