import { expect, it } from 'vitest';
import { settlementOf } from '../statement/figures.ts';
import type { OffsetReport } from './offset-report.ts';
import { offsetReportRows, offsetReportView } from './report.views.ts';

it('what funds bear is rounded as the month’s statement rounds it, on the page and in the file', () => {
  const total = { count: 1, valueFen: 1_230, micro: 12_255_000 };
  const statement = settlementOf({ postedFen: 1_230, beforeMicro: 0, capturedMicro: total.micro });
  expect(statement).toMatchObject({ owedFen: 1_225, concessionFen: 5 });
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
    ...{ count: 1, value: '12.30', borne: '12.25', concession: '0.05' },
  });
  expect([...offsetReportRows(report)][1]).toEqual([
    '合计',
    '',
    1,
    { fen: 1_230 },
    { fen: 1_225 },
    { fen: 5 },
  ]);
});
