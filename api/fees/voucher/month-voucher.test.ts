import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settlementOf, type ValueRow } from '../statement/figures.ts';
import { USUAL_ACCOUNTS, voucherOf } from './month-voucher.ts';

const row = (item: string, posted: number, count = 1): ValueRow => ({
  ...{ item, opening: posted, made: 0, givenBack: 0, posted, closing: 0 },
  counts: { opening: count, made: 0, givenBack: 0, posted: count, closing: 0 },
});
const june = { month: '2026-06', accounts: USUAL_ACCOUNTS };

describe('the voucher of a month', () => {
  it('of the worked month: 35.49 off one bill, all of it owed', () => {
    const settlement = settlementOf({ postedFen: 3_549, beforeMicro: 0, capturedMicro: 35_490_000 });
    const voucher = voucherOf({ settlement, values: [row('物业服务费', 3_549)] }, june);
    expect(voucher.lines.map(({ code, debitFen, creditFen }) => [code, debitFen, creditFen])).toEqual([
      ['1221', 3_549, 0],
      ['1122', 0, 3_549],
    ]);
    expect(voucher).toMatchObject({ totalFen: 3_549, attachments: 1 });
    expect(voucher.lines[0]?.summary).toBe('2026年6月积分抵扣物业费');
    expect(voucher.lines[1]?.name).toBe('应收账款—物业费（物业服务费）');
  });

  it('36 points worth 7.20 of a bill for which 3.60 is owed: the firm gives 3.60, as an expense', () => {
    const settlement = settlementOf({ postedFen: 720, beforeMicro: 0, capturedMicro: 3_600_000 });
    const { lines } = voucherOf({ settlement, values: [row('物业服务费', 720)] }, june);
    expect(lines.map(({ code, debitFen, creditFen }) => [code, debitFen, creditFen])).toEqual([
      ['1221', 360, 0],
      ['6601', 360, 0],
      ['1122', 0, 720],
    ]);
  });

  it('owed more than the bills fell by: the difference is income', () => {
    const settlement = settlementOf({ postedFen: 360, beforeMicro: 0, capturedMicro: 7_200_000 });
    const { lines } = voucherOf({ settlement, values: [row('物业服务费', 360)] }, june);
    expect(lines.map(({ code, debitFen, creditFen }) => [code, debitFen, creditFen])).toEqual([
      ['1221', 720, 0],
      ['6051', 0, 360],
      ['1122', 0, 360],
    ]);
  });

  it('takes the account of the item where the firm has named one', () => {
    const accounts = { ...USUAL_ACCOUNTS, items: [{ item: '车位费', code: '112202', name: '应收车位费' }] };
    const settlement = settlementOf({ postedFen: 100, beforeMicro: 0, capturedMicro: 1_000_000 });
    const { lines } = voucherOf({ settlement, values: [row('车位费', 100)] }, { month: '2026-06', accounts });
    expect(lines[1]).toMatchObject({ code: '112202', name: '应收车位费', creditFen: 100 });
  });

  it('of a month in which nothing was posted has no lines', () => {
    const settlement = settlementOf({ postedFen: 0, beforeMicro: 12_345, capturedMicro: 0 });
    expect(voucherOf({ settlement, values: [row('物业服务费', 0, 0)] }, june)).toEqual({
      ...{ lines: [], totalFen: 0, attachments: 0 },
    });
  });

  it('writes off at the firm’s own cost what its books have too much', () => {
    const settlement = settlementOf({ postedFen: 1_000, beforeMicro: 0, capturedMicro: 10_000_000 });
    const writeOffs = [{ item: '物业服务费', valueFen: 1, count: 1 }];
    const { lines, totalFen, attachments } = voucherOf(
      { settlement, values: [row('物业服务费', 1_000)], writeOffs },
      june,
    );
    expect(lines.map(({ code, debitFen, creditFen }) => [code, debitFen, creditFen])).toEqual([
      ...[
        ['1221', 1_000, 0],
        ['6601', 1, 0],
      ],
      ...[
        ['1122', 0, 1_000],
        ['1122', 0, 1],
      ],
    ]);
    expect([totalFen, attachments, lines[1]?.summary]).toEqual([1_001, 2, '2026年6月差异转销（物业承担）']);
  });

  it('takes a wrong write-off back in red: below zero on the sides where it stood', () => {
    const settlement = settlementOf({ postedFen: 0, beforeMicro: 0, capturedMicro: 0 });
    const takenBack = [{ item: '物业服务费', on: '2026-06-22', valueFen: -1, count: 1 }];
    const voucher = voucherOf({ settlement, values: [], takenBack }, { ...june, month: '2026-07' });
    expect(
      voucher.lines.map(({ summary, code, debitFen, creditFen }) => [summary, code, debitFen, creditFen]),
    ).toEqual([
      ['红字冲销2026年6月22日的差异转销', '6601', -1, 0],
      ['红字冲销2026年6月22日的差异转销', '1122', 0, -1],
    ]);
    expect(voucher).toMatchObject({ totalFen: -1, attachments: 1 });
  });

  it('takes posted points back in red as well, beside what is posted, and counts both papers', () => {
    const settlement = settlementOf({ postedFen: 2_549, beforeMicro: 0, capturedMicro: 25_490_000 });
    const values = [row('物业服务费', 3_549), row('物业服务费', -1_000, -1)];
    const { lines, ...sums } = voucherOf({ settlement, values }, { ...june, month: '2026-07' });
    expect(
      lines.map(({ summary, code, debitFen, creditFen }) => [summary, code, debitFen, creditFen]),
    ).toEqual([
      ['2026年7月积分抵扣物业费', '1221', 2_549, 0],
      ['2026年7月积分抵扣物业费', '1122', 0, 3_549],
      ['2026年7月红字冲回积分抵扣', '1122', 0, -1_000],
    ]);
    expect(sums).toEqual({ totalFen: 2_549, attachments: 2 });
  });

  it('of a month that only takes back is red on both sides, the firm’s own share as well', () => {
    const settlement = settlementOf({
      postedFen: -1_000,
      beforeMicro: 10_000_000,
      capturedMicro: -9_330_000,
    });
    const { lines, ...sums } = voucherOf({ settlement, values: [row('物业服务费', -1_000, -1)] }, june);
    expect(lines.map(({ code, debitFen, creditFen }) => [code, debitFen, creditFen])).toEqual([
      ['1221', -933, 0],
      ['6601', -67, 0],
      ['1122', 0, -1_000],
    ]);
    expect(sums).toEqual({ totalFen: -1_000, attachments: 1 });
  });

  it('debits equal credits to the fen, whatever was posted, taken back and owed', () => {
    const items = fc.uniqueArray(
      fc.tuple(fc.constantFrom('物业服务费', '公摊水电', '车位费'), fc.integer({ min: -1e9, max: 1e9 })),
      { selector: ([item, fen]) => `${item}${fen < 0}` },
    );
    fc.assert(
      fc.property(
        items,
        fc.nat(1e13),
        fc.integer({ min: -1e13, max: 1e13 }),
        (posted, beforeMicro, capturedMicro) => {
          const values = posted.map(([item, fen]) => row(item, fen, fen < 0 ? -1 : 1));
          const postedFen = values.reduce((sum, each) => sum + each.posted, 0);
          const settlement = settlementOf({ postedFen, beforeMicro, capturedMicro });
          const { lines, totalFen } = voucherOf({ settlement, values }, june);
          expect(lines.reduce((sum, { creditFen }) => sum + creditFen, 0)).toBe(totalFen);
          expect(lines.every(({ debitFen, creditFen }) => (debitFen === 0) !== (creditFen === 0))).toBe(true);
        },
      ),
    );
  });
});
