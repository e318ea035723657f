/** Why a column mapping cannot be kept, for whoever makes it. */
import type { Words } from '../platform/index.ts';
import { BILL_WORDS } from './files/bill-columns.ts';
import type { MappedField, MappingFault } from './files/bill-mapping.ts';

export function faultField(fault: MappingFault): Words & { field: string } {
  return { field: 'columns', ...wordsOf(fault) };
}

function wordsOf(fault: MappingFault): Words {
  switch (fault.code) {
    case 'column-missing':
      return {
        zh: `表头里没有“${fault.column}”这一列，请重新选择`,
        en: `The header has no column “${fault.column}”; choose again`,
      };
    case 'column-twice':
      return {
        zh: `“${fault.column}”这一列只能对应一项`,
        en: `The column “${fault.column}” can stand for one thing only`,
      };
    case 'field-twice':
      return {
        zh: `“${nameOf(fault.field).zh}”只能对应一列`,
        en: `Only one column can be the ${nameOf(fault.field).en}`,
      };
    case 'both-layouts':
      return {
        zh: '已经指定了“收费项目”这一列，就不能再把别的列当作一项费用',
        en: 'Where one column names the fee item, no other column can be a fee of its own',
      };
    case 'field-missing':
      return {
        zh: `请指定哪一列是“${nameOf(fault.field).zh}”`,
        en: `Say which column is the ${nameOf(fault.field).en}`,
      };
  }
}

function nameOf(field: MappedField): Words {
  const en = { room: 'house', item: 'fee item', amount: 'amount', feeItem: 'fee' } as Record<string, string>;
  return { zh: field === 'feeItem' ? '一项费用' : BILL_WORDS[field][0], en: en[field] ?? field };
}
