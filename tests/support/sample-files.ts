import { readFileSync } from 'node:fs';
import { isFileProblem, readTable, type TableFile } from '../../api/platform/files/index.ts';

export type SampleFile = 'roster-gbk.csv' | 'bills-wide.xlsx' | 'bills-long-gbk.csv' | 'posted-list.xlsx';

/** The bytes of a file as firms export it, kept in tests/support/files. */
export function sampleBytes(name: SampleFile): Uint8Array {
  return readFileSync(new URL(`files/${name}`, import.meta.url));
}

/** A file that must be readable. */
export async function tableOf(bytes: Uint8Array | string, fileName = 'table.csv'): Promise<TableFile> {
  const table = await readTable(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, fileName);
  if (isFileProblem(table)) throw new Error(`${table.code}: ${table.zh}`);
  return table;
}

/** The bill sheet of domain.md: title rows, a phone spoilt by Excel, 501 beside 0501, a total that must equal the sum. */
export const BILL_SHEET = `和美苑2026年6月物业费应收明细表
制表：财务部                                        制表日期：2026-06-01
序号,房号,业主,手机,收费项目,计费月份,建筑面积,单价,应收金额,已收,欠费
1,3#-2-0501,王玉兰,13800000001,物业服务费,202606,98.60,1.20,118.32,0.00,118.32
2,3#-2-0502,李建国,1.38E+10,物业服务费,202606,"1,098.60",1.20,"1,318.32",,
3,3#-2-501,赵敏,,公摊水电,2026.06,,,12.40,,
合计,,,,,,,,"1,449.04",0.00,
`;

/** The posted list of domain.md, row by row as the firm sends it back. */
export const POSTED_LIST = `抵扣单号,房号,收费项目,计费月份,入账金额,入账日期,状态(已入账/已退回),备注
DK-2606-0001,3-2-0501,物业服务费,202606,35.49,2026-06-26,已入账,
,3-2-0601,物业服务费,202606,18.00,2026-06-26,已入账,
DK-2606-0003,3-2-0503,物业服务费,202606,35.50,2026-06-26,已入账,
DK-2606-0004,3-2-0504,物业服务费,202606,10.00,2026-06-26,已入账,
DK-2606-0004,3-2-0504,物业服务费,202606,10.00,2026-06-26,已入账,
DK-2606-0005,3-2-0505,物业服务费,202607,20.00,2026-06-26,已入账,
DK-2606-0006,3-2-0502,物业服务费,202606,20.00,2026-06-26,已入账,
DK-2606-0008,3-2-0508,物业服务费,202606,118.32,2026-06-20,已收,现金
DK-2606-0009,3-2-0509,物业服务费,202606,15.00,2026-06-26,已退回,账单已作废
`;
