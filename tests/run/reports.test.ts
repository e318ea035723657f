import { describe, expect, test } from 'vitest';
import { addCounts, countReport, countStep, failuresOf, formatCounts, type Report } from './reports.ts';

const file = (status: string, ...tests: string[]) => ({
  name: '/linli/tests/api/houses.test.ts',
  status,
  assertionResults: tests.map((each, nth) => ({ status: each, fullName: `house ${nth}` })),
});

const green: Report = {
  success: true,
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [file('passed', 'passed')],
};

describe('the totals of a run', () => {
  test('add up passed, failed and skipped tests, with the unwritten ones among the skipped', () => {
    expect(countReport(green)).toEqual({ passed: 3, failed: 0, skipped: 2 });
    const both = addCounts(countReport(green), { passed: 1, failed: 2, skipped: 3 });
    expect(formatCounts(both)).toBe('4 passed, 2 failed, 5 skipped');
  });

  test('count a file that could not be loaded as a failure', () => {
    const report = { ...green, success: false, testResults: [file('failed')] };
    expect(countReport(report).failed).toBe(1);
  });

  test('count a file whose set-up threw, although none of its tests failed', () => {
    const testResults = [file('failed', 'skipped')];
    expect(countReport({ ...green, success: false, testResults }).failed).toBe(1);
  });

  test('count a failed test once, not again for its file', () => {
    const testResults = [file('failed', 'failed', 'passed')];
    expect(countReport({ ...green, success: false, numFailedTests: 1, testResults }).failed).toBe(1);
  });

  test('count an error that no test caught', () => {
    expect(countReport({ ...green, success: false }).failed).toBe(1);
  });
});

test('names what failed: each test, and a file that ran none', () => {
  const testResults = [file('failed', 'passed', 'failed'), file('failed'), file('passed', 'passed')];
  expect(failuresOf({ ...green, testResults })).toEqual([
    '/linli/tests/api/houses.test.ts: house 1',
    '/linli/tests/api/houses.test.ts',
  ]);
});

describe('a step', () => {
  test('that crashed without a report is a failure', () => {
    expect(countStep({ ok: false, owesReport: true, reports: [] })).toEqual({
      passed: 0,
      failed: 1,
      skipped: 0,
    });
  });

  test('that ended well but wrote no report is a failure too', () => {
    expect(countStep({ ok: true, owesReport: true, reports: [] }).failed).toBe(1);
  });

  test('that failed after a green report is a failure', () => {
    expect(countStep({ ok: false, owesReport: true, reports: [green] })).toEqual({
      passed: 3,
      failed: 1,
      skipped: 2,
    });
  });

  test('without tests that ended well adds nothing', () => {
    expect(countStep({ ok: true, owesReport: false, reports: [] })).toEqual({
      passed: 0,
      failed: 0,
      skipped: 0,
    });
  });
});
