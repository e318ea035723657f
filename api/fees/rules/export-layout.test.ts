import { describe, expect, it } from 'vitest';
import { parseMonths } from '../../platform/files/index.ts';
import { layoutRows, usualLayout, type ExportLayout, type LayoutLine } from './export-layout.ts';

const line = (number: string, valueFen: number): LayoutLine => ({
  ...{ number, house: '3-2-0501', building: '3', unit: '2', room: '0501', estate: '和美苑' },
  ...{ item: '物业服务费', period: '2026-06', date: '2026-06-20', batch: 'DC-2606-01', billNumber: 'B-77' },
  ...{ billAmountFen: 11_832, valueFen, leftToPayFen: 11_832 - valueFen },
});

const LINES = [line('DK-2606-0001', 3_549), line('DK-2606-0002', 1_000)];

describe('the table that the firm’s software takes in', () => {
  it('is, for a firm that has said nothing, the one with which the posted list comes back', () => {
    const paid = { fen: 11_832 };
    const day = { date: '2026-06-20' };
    expect(layoutRows(usualLayout, LINES)).toEqual([
      ['抵扣单号', '房号', '收费项目', '计费月份', '账单金额', '抵扣金额', '抵扣日期'],
      ['DK-2606-0001', '3-2-0501', '物业服务费', '2026-06', paid, { fen: 3_549 }, day],
      ['DK-2606-0002', '3-2-0501', '物业服务费', '2026-06', paid, { fen: 1_000 }, day],
      ['合计', null, null, null, null, { fen: 4_549 }, null],
    ]);
  });

  it('has the columns, words and writing of the firm', () => {
    const layout: ExportLayout = {
      columns: [
        { field: 'value', header: '优惠金额(分)' },
        { field: 'building', header: '楼号' },
        { field: 'room', header: '房间' },
        { field: 'period', header: '账期' },
        { field: 'date', header: '日期' },
        { field: 'number', header: '外部单号' },
        { field: 'leftToPay', header: '应收净额' },
      ],
      ...{ dates: '20260615', periods: '2026年6月', amounts: 'fen', totalRow: true, file: 'csv-gb18030' },
    };
    expect(layoutRows(layout, LINES)).toEqual([
      ['优惠金额(分)', '楼号', '房间', '账期', '日期', '外部单号', '应收净额'],
      [3_549, '3', '0501', '2026年6月', '20260620', 'DK-2606-0001', 8_283],
      [1_000, '3', '0501', '2026年6月', '20260620', 'DK-2606-0002', 10_832],
      [4_549, '合计', null, null, null, null, null],
    ]);
  });

  it.each([
    ['2026-06', '2026-01~2026-12'],
    ['202606', '202601-202612'],
    ['2026/06', '2026/01~2026/12'],
    ['2026年6月', '2026年1月至2026年12月'],
  ] as const)('writes several months as %s so that the posted list reads them again', (periods, written) => {
    const layout: ExportLayout = { ...usualLayout, periods };
    const [, row] = layoutRows(layout, [{ ...line('DK-2606-0001', 3_549), period: '2026-01~2026-12' }]);
    expect(row?.[3]).toBe(written);
    expect(parseMonths(written)).toEqual({ value: '2026-01~2026-12' });
  });

  it('ends with the last offset where the software would take a sum for one more', () => {
    expect(layoutRows({ ...usualLayout, totalRow: false }, LINES)).toHaveLength(3);
  });
});
