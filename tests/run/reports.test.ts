import { describe, expect, test } from 'vitest';
import { addCounts, countReport, countStep, formatCounts, type Report } from './reports.ts';

const green: Report = {
  success: true,
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
};

describe('the totals of a run', () => {
  test('add up passed, failed and skipped tests, with the unwritten ones among the skipped', () => {
    expect(countReport(green)).toEqual({ passed: 3, failed: 0, skipped: 2 });
    const both = addCounts(countReport(green), { passed: 1, failed: 2, skipped: 3 });
    expect(formatCounts(both)).toBe('4 passed, 2 failed, 5 skipped');
  });

  test('count a file that could not be loaded as a failure', () => {
    const report = { ...green, success: false, testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(countReport(report).failed).toBe(1);
  });

  test('count a file whose set-up threw, although none of its tests failed', () => {
    const testResults = [{ status: 'failed', assertionResults: [{ status: 'skipped' }] }];
    expect(countReport({ ...green, success: false, testResults }).failed).toBe(1);
  });

  test('count a failed test once, not again for its file', () => {
    const testResults = [
      { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
    ];
    expect(countReport({ ...green, success: false, numFailedTests: 1, testResults }).failed).toBe(1);
  });

  test('count an error that no test caught', () => {
    expect(countReport({ ...green, success: false }).failed).toBe(1);
  });
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
