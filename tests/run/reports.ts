/** The last line of `npm test` comes from what vitest wrote down, never from what a step says about itself. */
export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

export const NOTHING: Counts = { passed: 0, failed: 0, skipped: 0 };

/** The part of vitest's JSON report that is counted. */
export type Report = {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    /** The file. */
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
};

export function addCounts(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/**
 * The tests of one step. A file that could not be loaded, or whose set-up threw, ran no test that failed and is a failure
 * all the same; so is an error that no test caught.
 */
export function countReport(report: Report): Counts {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !report.success ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Each test that failed, and each file that ran none; whoever has only the end of a log still reads what to look for. */
export function failuresOf({ testResults }: Report): string[] {
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [name] : [];
    return failed.map(({ fullName }) => `${name}: ${fullName}`);
  });
}

/**
 * What a finished step adds to the totals. A step that failed counts at least one failure, so that a crash which left no
 * report, or a check without tests, can never hide behind "0 failed"; and a step that owes a report must have written it.
 */
export function countStep(step: { ok: boolean; owesReport: boolean; reports: readonly Report[] }): Counts {
  const counts = step.reports.map(countReport).reduce(addCounts, NOTHING);
  const missing = step.owesReport && step.reports.length === 0;
  return (missing || !step.ok) && counts.failed === 0 ? addCounts(counts, { ...NOTHING, failed: 1 }) : counts;
}

export function formatCounts(counts: Counts): string {
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
}
