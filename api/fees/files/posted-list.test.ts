import { describe, expect, test } from 'vitest';
import { POSTED_LIST, sampleBytes, tableOf } from '../../../tests/support/sample-files.ts';
import { houseCode } from '../../places/index.ts';
import { isFileProblem } from '../../platform/files/index.ts';
import { offsetNumbers } from './offset-number.ts';
import { IN_FEN, parsePostedList, type WrittenAs } from './posted-list.ts';

async function parsed(file: Uint8Array | string) {
  const list = parsePostedList(await tableOf(file));
  if (isFileProblem(list)) throw new Error(list.zh);
  return list;
}

describe('the posted list', () => {
  test('the layout of domain.md, every planted row kept as the firm wrote it', async () => {
    const list = await parsed(POSTED_LIST);
    expect([...list.rejected, ...list.problems, ...list.warnings]).toEqual([]);
    expect(
      list.rows.map(({ offsetNumber, house, period, amountFen, state }) =>
        [offsetNumber, house && houseCode(house), period, amountFen, state].join(' '),
      ),
    ).toEqual([
      'DK-2606-0001 3-2-0501 2026-06 3549 posted',
      ' 3-2-0601 2026-06 1800 posted',
      'DK-2606-0003 3-2-0503 2026-06 3550 posted',
      'DK-2606-0004 3-2-0504 2026-06 1000 posted',
      'DK-2606-0004 3-2-0504 2026-06 1000 posted',
      'DK-2606-0005 3-2-0505 2026-07 2000 posted',
      'DK-2606-0006 3-2-0502 2026-06 2000 posted',
      'DK-2606-0008 3-2-0508 2026-06 11832 paid-otherwise',
      'DK-2606-0009 3-2-0509 2026-06 1500 returned',
    ]);
    expect(list.rows.at(-1)).toMatchObject({ remark: '账单已作废', postedOn: '2026-06-26' });
  });

  test("the firm's whole list of payments: real dates, methods mixed, points told from money", async () => {
    const list = await parsed(sampleBytes('posted-list.xlsx'));
    expect(list.rows).toHaveLength(12);
    expect(list.rows.filter(({ state }) => state === 'posted')).toHaveLength(6);
    expect(list.rows[2]).toEqual({
      rowNumber: 5,
      offsetNumber: '',
      house: { building: '1', unit: '1', room: '0201' },
      houseText: '1栋1单元0201',
      estate: '',
      item: '物业服务费',
      period: '2026-11',
      amountFen: 1200,
      postedOn: '2026-11-05',
      state: 'posted',
      isUnsaid: false,
      remark: '积分抵扣 凭证号 <填抵扣单号>',
    });
  });

  const PAYMENTS = '收款日期,房屋,收费项目,账期,收款方式,实收金额,摘要\n';

  test('our number inside a remark, however it is typed', async () => {
    const list = await parsed(
      `${PAYMENTS}2026-06-26,3-2-0501,物业费,2026-06,积分抵扣,35.49,积分抵扣 凭证号 DK-2606-0001\n2026-06-26,3-2-0502,物业费,2026-06,积分抵扣,20,抵扣单ｄｋ26060002。\n`,
    );
    expect(list.rows.map(({ offsetNumber }) => offsetNumber)).toEqual(['DK-2606-0001', 'DK-2606-0002']);
  });

  test('two numbers in one remark are refused: one row, one offset', async () => {
    const list = await parsed(
      `${PAYMENTS}2026-06-26,3-2-0501,物业费,2026-06,积分抵扣,55,DK-2606-0001 和 DK-2606-0002\n`,
    );
    expect(list.rejected).toMatchObject([
      { rowNumber: 2, reasons: [{ field: 'remark', code: 'several-numbers' }] },
    ]);
  });

  test('a row below zero takes a posting back', async () => {
    const list = await parsed(
      `${PAYMENTS}2026-06-26,3-2-0501,物业费,2026-06,积分抵扣,-35.49,冲红 DK-2606-0001\n`,
    );
    expect(list.rows).toMatchObject([{ state: 'returned', amountFen: 3549, offsetNumber: 'DK-2606-0001' }]);
  });

  test('money given back stays money, below zero', async () => {
    const list = await parsed(
      `${PAYMENTS}2026-06-26,3-2-0501,物业费,2026-06,现金,-0.26,\n2026-06-26,3-2-0501,物业费,2026-06,现金,118.32,\n`,
    );
    expect(list.rows).toMatchObject([
      { state: 'paid-otherwise', amountFen: -26 },
      { state: 'paid-otherwise', amountFen: 11_832 },
    ]);
  });

  test('the estate that a row names is kept, in its own column, in the house or beside one that nobody can read', async () => {
    const list = await parsed(
      '小区,房号,收款方式,实收金额\n金康苑,2-1-0202,积分,0.26\n,金康苑2栋1单元0202,积分,0.26\n金康苑,某室,现金,1\n,2-1-0202,现金,1\n',
    );
    expect(list.rows.map(({ estate }) => estate)).toEqual(['金康苑', '金康苑', '金康苑', '']);
  });

  test('a payment under the accountants’ own 凭证号 is no offset', async () => {
    const list = await parsed(
      '凭证号,房号,入账金额,收款日期\n记-0012,3-2-0501,10.00,2026-06-26\nDK-2606-0002,3-2-0502,10.00,2026-06-26\n',
    );
    expect(list.rows.map(({ state }) => state)).toEqual(['paid-otherwise', 'posted']);
  });

  test('a sheet of bills is none, although it says what was received', async () => {
    const bills =
      '房号,收费项目,计费月份,应收金额,已收金额,欠费\n3-2-0501,物业服务费,202606,118.32,118.32,0\n';
    expect(parsePostedList(await tableOf(bills))).toMatchObject({
      code: 'bill-sheet',
      zh: expect.stringContaining('这是应收账单表'),
      en: expect.stringContaining('This is a sheet of bills'),
    });
    // A list of payments may say beside each what was due.
    for (const word of ['收款方式', '收款日期', '状态', '抵扣单号']) {
      const list = parsePostedList(await tableOf(bills.replace('欠费', word).replace(',0\n', ',\n')));
      expect(list).not.toMatchObject({ code: 'bill-sheet' });
    }
  });

  test('a house that cannot be read is kept with a warning: a wrong house is a break, not a bad row', async () => {
    const list = await parsed(POSTED_LIST.replace('3-2-0503', '三栋某室'));
    expect(list.rows).toHaveLength(9);
    expect(list.rows[2]).toMatchObject({ houseText: '三栋某室' });
    expect(list.rows[2]).not.toHaveProperty('house');
    expect(list.warnings).toMatchObject([{ rowNumber: 4, code: 'house-unreadable' }]);
  });

  test('an unknown status, an amount in scientific notation, a day that is not', async () => {
    const list = await parsed(
      POSTED_LIST.replace('35.49,2026-06-26,已入账', '1e9,2026-06-31,待定').replace(
        '18.00,2026-06-26,已入账',
        '18.00,2026-06-26,待定',
      ),
    );
    expect(list.rejected.map(({ reasons }) => reasons.map(({ field, code }) => `${field} ${code}`))).toEqual([
      ['amount amount-exponent', 'postedOn date-does-not-exist'],
      ['status status-unknown'],
    ]);
  });

  test('a total that is not the sum, with a reversal in it', async () => {
    const rows = `${PAYMENTS}2026-06-26,3-2-0501,物业费,2026-06,积分抵扣,35.49,\n2026-06-26,3-2-0501,物业费,2026-06,积分抵扣,-5.49,冲红\n`;
    expect((await parsed(`${rows}合计,,,,,30.00,\n`)).problems).toEqual([]);
    expect((await parsed(`${rows}合计,,,,,40.98,\n`)).problems).toMatchObject([{ code: 'total-differs' }]);
  });

  test('missing columns are named', async () => {
    expect(
      parsePostedList(await tableOf('抵扣单号,房号,状态\nDK-2606-0001,3-2-0501,已入账\n')),
    ).toMatchObject({
      code: 'columns-missing',
      zh: expect.stringContaining('缺少这些列：入账金额。'),
    });
  });
});

test('numbers of others are not ours', () => {
  expect(offsetNumbers('票据 00034102，流水 WX20261105123456')).toEqual([]);
  expect(offsetNumbers('DK-2606-0001，再说一次 dk26060001')).toEqual(['DK-2606-0001']);
});

describe('a list in fen', () => {
  const as: WrittenAs = { words: { number: '外部单号', amount: '优惠', room: '房间' }, amounts: 'fen' };
  const read = async (text: string, written?: WrittenAs) => {
    const list = parsePostedList(await tableOf(text), written);
    if (isFileProblem(list)) throw new Error(list.zh);
    return { ...list, fen: list.rows.map(({ amountFen }) => amountFen) };
  };
  const file = (header: string, ...amounts: string[]) =>
    [
      `抵扣单号,房号,${header}`,
      ...amounts.map((one, nth) => `DK-2606-000${nth + 1},3-2-050${nth + 1},${one}`),
    ].join('\n');

  test('is read in fen where its own word says so, total row and all', async () => {
    const list = await read(`${file('入账金额（分）', '3549', '1000')}\n合计,,4549\n`);
    expect(list).toMatchObject({ fen: [3_549, 1_000], problems: [], implied: [] });
    expect(list.totals).toMatchObject({ computedFen: 4_549, foundFen: 4_549 });
    const broken = await read(file('入账金额(分)', '35.49'));
    expect(broken.rejected).toMatchObject([{ reasons: [{ code: 'fen-not-whole', field: 'amount' }] }]);
  });

  test('is read by the firm’s layout where it says nothing, and says that it was', async () => {
    expect(await read(file('入账金额', '3549', '1000'), as)).toMatchObject({
      fen: [3_549, 1_000],
      implied: [IN_FEN],
    });
    // A fraction is of a yuan, and so is what the header calls yuan.
    expect(await read(file('入账金额', '35.49', '10'), as)).toMatchObject({
      fen: [3_549, 1_000],
      implied: [],
    });
    expect(await read(file('入账金额（元）', '35', '10'), as)).toMatchObject({
      fen: [3_500, 1_000],
      implied: [],
    });
    expect(await read(file('入账金额', '35', '10'))).toMatchObject({ fen: [3_500, 1_000], implied: [] });
  });

  test('has its value under the layout’s own word, although a bill’s 金额 stands before it', async () => {
    const text = '抵扣单号,房号,金额,抵扣额\nDK-2606-0001,3-2-0501,118.32,35.49\n';
    const own: WrittenAs = { words: { amount: '抵扣额' }, amounts: 'yuan' };
    expect((await read(text, own)).rows).toMatchObject([{ amountFen: 3_549 }]);
    // What the firm posted still stands before what it was given.
    const both = text.replace('金额,抵扣额', '抵扣金额,入账金额');
    const usual: WrittenAs = { words: { amount: '抵扣金额' }, amounts: 'yuan' };
    expect((await read(both, usual)).rows).toMatchObject([{ amountFen: 3_549 }]);
    // A word that is usually another column's is the layout's where it says so.
    const swapped = text.replace('金额,抵扣额', '实收,状态').replace('118.32,35.49', '已入账,35.49');
    const strange: WrittenAs = { words: { amount: '状态' }, amounts: 'yuan' };
    expect((await read(swapped, strange)).rows).toMatchObject([{ amountFen: 3_549, state: 'posted' }]);
  });

  test('may carry the layout’s own words', async () => {
    expect(await read('外部单号,房间,优惠\nDK-2606-0001,3-2-0501,3549\n', as)).toMatchObject({
      rows: [{ offsetNumber: 'DK-2606-0001', houseText: '3-2-0501', amountFen: 3_549 }],
    });
  });
});
