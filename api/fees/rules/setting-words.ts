/** The fields of layouts and mappings in words, for whoever compares two versions. */
export type MappedText = { readonly column: string; readonly field: string };

const WORDS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  number: ['抵扣单号', 'offset number'],
  house: ['房号（楼-单元-室）', 'house with building and unit'],
  item: ['收费项目', 'fee item'],
  period: ['计费月份', 'month'],
  billAmount: ['账单金额', 'bill amount'],
  value: ['抵扣金额', 'offset value'],
  date: ['日期', 'day'],
  batch: ['批次号', 'batch number'],
  estate: ['小区', 'estate'],
  building: ['楼栋', 'building'],
  unit: ['单元', 'unit'],
  room: ['室号', 'room'],
  billNumber: ['账单编号', 'bill number'],
  leftToPay: ['抵扣后还需', 'left to pay'],
  serial: ['序号', 'serial number'],
  name: ['业主', 'owner'],
  phone: ['手机', 'phone'],
  area: ['面积', 'area'],
  unitPrice: ['单价', 'unit price'],
  amount: ['应收金额', 'amount due'],
  rowTotal: ['本行合计', 'total of the row'],
  paid: ['已收', 'received'],
  prepaid: ['预存抵扣', 'paid ahead'],
  balance: ['预存余额', 'balance paid ahead'],
  unpaid: ['欠费', 'unpaid'],
  pastDue: ['往期欠费', 'past due'],
  penalty: ['违约金', 'penalty'],
  dueDate: ['截止日期', 'due date'],
  remark: ['备注', 'remark'],
  feeItem: ['一项费用', 'one fee item'],
};

/** Each field has words of its own: a change from one to the other is to be seen. */
export const FIELD_WORDS = Object.values(WORDS);

export function formatField(field: string): { zh: string; en: string } {
  const [zh = field, en = field] = WORDS[field] ?? [];
  return { zh, en };
}
