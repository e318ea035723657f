import { headerKey, type ColumnWords, type Header } from '../../platform/files/index.ts';
import { HOUSE_WORDS, type HouseColumn } from '../../places/index.ts';

export type BillColumn =
  | HouseColumn
  | 'serial'
  | 'billNumber'
  | 'name'
  | 'phone'
  | 'item'
  | 'period'
  | 'area'
  | 'unitPrice'
  | 'amount'
  | 'rowTotal'
  | 'paid'
  | 'prepaid'
  | 'balance'
  | 'unpaid'
  | 'pastDue'
  | 'penalty'
  | 'dueDate'
  | 'remark';

export const BILL_WORDS: ColumnWords<BillColumn> = {
  ...HOUSE_WORDS,
  serial: ['序号', '行号'],
  billNumber: ['账单编号', '账单号', '单据编号', '缴费单号'],
  name: ['业主', '业主姓名', '姓名', '客户名称', '住户', '户主', '缴费人', '住户姓名'],
  phone: ['手机', '手机号', '手机号码', '联系电话', '联系方式', '电话'],
  item: ['收费项目', '费用项目', '费用名称', '收费名称', '费项', '费用类型', '收费科目', '科目', '费用'],
  period: [
    '计费月份',
    '账期',
    '所属账期',
    '费用月份',
    '所属月份',
    '账单月份',
    '收费月份',
    '计费周期',
    '所属期',
    '月份',
  ],
  area: ['建筑面积', '收费面积', '计费面积', '面积'],
  unitPrice: ['单价', '收费标准'],
  amount: ['应收金额', '本期应收', '本月应收', '应收', '应缴金额', '应缴', '账单金额', '费用金额', '金额'],
  rowTotal: ['应收合计', '本月合计', '合计应收', '应收总额', '合计', '小计'],
  paid: ['已收金额', '已收', '已缴金额', '已缴', '实收金额', '实收'],
  prepaid: ['预存抵扣', '预存冲抵', '预收抵扣', '预收冲抵', '预缴抵扣', '预存款抵扣'],
  balance: [
    '预存余额',
    '预存',
    '预存款',
    '预存款余额',
    '预存金额',
    '预缴',
    '预缴金额',
    '预缴余额',
    '预收',
    '预收款',
  ],
  unpaid: ['欠费金额', '欠费', '未收金额', '未收', '未缴金额', '未缴'],
  pastDue: ['往期欠费', '历史欠费', '以前欠费', '累计欠费', '上期欠费', '欠费合计'],
  penalty: ['违约金', '滞纳金'],
  dueDate: ['截止日期', '缴费截止日', '缴费截止日期', '到期日', '应缴日期', '缴费期限'],
  remark: ['备注', '说明'],
};

/** A column of one fee item, in a sheet that has the items side by side. */
export type ItemColumn = { readonly column: number; readonly label: string };

const FEE = /费$|公摊|分摊|车位|停车|电梯|水电/;
const NOT_A_FEE = /合计|小计|总|欠|已|实收|减免|优惠|面积|单价|标准|数量|用量|读数|日期|状态|备注|余额/;
const DUE_GROUP = /应收|应缴|本月|本期|当月|费用|收费项目/;
const OTHER_GROUP = /往期|历史|欠费|已收|已缴|实收|减免|房屋|业主|住户|预存/;

/** Columns that are none of the known words, and are a fee by their own word or by the group over them. */
export function itemColumns(header: Header<BillColumn>): ItemColumn[] {
  const used = new Set(header.columns.values());
  return header.labels.flatMap((label, column) => {
    const group = header.groups[column] ?? '';
    if (label === '' || used.has(column) || NOT_A_FEE.test(label) || OTHER_GROUP.test(headerKey(group)))
      return [];
    return FEE.test(headerKey(label)) || DUE_GROUP.test(headerKey(group)) ? [{ column, label }] : [];
  });
}
