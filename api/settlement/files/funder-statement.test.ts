import { expect, it } from 'vitest';
import { isFileProblem, finish, readTable } from '../../platform/files/index.ts';
import { funderStatementSteps } from './funder-statement.ts';

async function parsed(text: string) {
  const table = await readTable(Buffer.from(text), 'x.csv');
  if (isFileProblem(table)) throw new Error(table.zh);
  const read = finish(funderStatementSteps(table));
  if (isFileProblem(read)) throw new Error(read.zh);
  return read;
}

it('reads a sheet of sums below its title, and compares its own total row', async () => {
  const { rows, rejected, problems } = await parsed(
    [
      '金康社区经费2026年6月对账单,,,,,',
      '商户名称,上月结转,本期积分,本期应付,已付金额,期末应付',
      '和美物业,"1,000.00","3,189",31.89,1000.00,31.89',
      '便民超市,0,5,0.05,-,0.05',
      '合计,1000.00,,31.94,1000.00,31.94',
    ].join('\n'),
  );
  expect([rejected, problems]).toEqual([[], []]);
  expect(rows).toMatchObject([
    {
      partyText: '和美物业',
      opening: 100_000,
      points: 3_189,
      accepted: 3_189,
      paid: 100_000,
      closing: 3_189,
    },
    { partyText: '便民超市', paid: null, reversed: null, closing: 5, number: '' },
  ]);
});

it('reads a list of documents; a row that nobody can read says why', async () => {
  const { rows, rejected } = await parsed(
    ['抵扣单号,物业公司,账期,积分,金额', 'DK-2606-0001,和美物业,2026年6月,36,3.60', ',,,1.5,'].join('\n'),
  );
  expect(rows).toMatchObject([{ number: 'DK-2606-0001', period: '2026-06', points: 36, accepted: 360 }]);
  expect(rejected.map(({ reasons }) => reasons.map(({ code }) => code))).toEqual([
    ['not-a-number', 'missing'],
  ]);
});
