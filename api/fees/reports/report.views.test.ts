import { expect, it } from 'vitest';
import type { OffsetReport } from './offset-report.ts';
import { offsetReportRows, offsetReportView } from './report.views.ts';

it('what funds bear is rounded as the month’s statement rounds it, on the page and in the file', () => {
  // 12.255 yuan borne of 12.30: the statement says 12.26, and the firm gives 0.04 itself.
  const total = { count: 1, valueFen: 1_230, micro: 12_255_000 };
  const report: OffsetReport = {
    from: '2026-06',
    to: '2026-06',
    total,
    months: [],
    estates: [],
    items: [],
    funds: [],
  };
  expect(offsetReportView({ ...report, complete: true }).total).toEqual({
    ...{ count: 1, value: '12.30', borne: '12.26', concession: '0.04' },
  });
  expect([...offsetReportRows(report)][1]).toEqual([
    '合计',
    '',
    1,
    { fen: 1_230 },
    { fen: 1_226 },
    { fen: 4 },
  ]);
});
