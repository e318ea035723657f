/**
 * Columns of money that no charge is read from. Protects: a fee under a word that we do not know, or a discount beside what
 * is due, is not left out with a mere remark; a person says whether the bills are right without it.
 */
import { headerKey, otherColumns, parseAmount, type Header } from '../../platform/files/index.ts';
import type { BillColumn, ItemColumn } from './bill-columns.ts';

export type LeftOutColumn = {
  readonly label: string;
  readonly sumFen: number;
  /** Something that makes the bill another amount: 优惠, 实际应收. */
  readonly changesDue: boolean;
};
type Column = { column: number; label: string; changesDue: boolean; isDue: boolean; sumFen: number };

const LESS = /优惠|减免|折扣|折让|减收|抵减|调整/;
/** What is due once that is taken off. */
const DUE = /^(?:实际|最终|折后|优惠后|减免后|净)(?:应收|应缴)|^(?:应收|应缴)净额/;
const MONEY = /费|押金|保证金|水|电|气|暖|网|垃圾|保洁|清运|绿化|车位|停车|基金|摊/;
const NO_MONEY =
  /合计|小计|总|欠|已|实收|面积|单价|标准|数量|用量|读数|度数|吨|日期|时间|状态|备注|说明|比例|率|编号|号|方式|名称|类型|类别|项目|户/;
const OTHER_GROUP = /往期|历史|欠费|已收|已缴|实收|房屋|业主|住户|预存/;

export class LeftOut {
  readonly #columns: Column[];

  constructor(header: Header<BillColumn>, items: readonly ItemColumn[]) {
    const isWide = items.length > 0;
    const read = new Set(items.map(({ column }) => column));
    const others = new Set(otherColumns(header));
    const known = new Set(header.columns.values());
    // A total of each row says by itself that no charge of it is missing.
    const hasTotal = isWide && (header.columns.has('rowTotal') || header.columns.has('amount'));
    this.#columns = header.labels.flatMap((label, column) => {
      if (known.has(column) || read.has(column) || !others.has(label)) return [];
      const word = headerKey(label);
      if (OTHER_GROUP.test(headerKey(header.groups[column] ?? ''))) return [];
      const isDue = DUE.test(word);
      const changesDue = isDue || LESS.test(word);
      const isFee = !hasTotal && MONEY.test(word) && !NO_MONEY.test(word);
      return changesDue || isFee ? [{ column, label, changesDue, isDue, sumFen: 0 }] : [];
    });
  }

  take(cells: readonly string[]): void {
    for (const each of this.#columns) {
      const read = parseAmount(cells[each.column] ?? '', { negative: true });
      if ('value' in read) each.sumFen += read.value;
    }
  }

  /** `computedFen`: what the file charges; a column that says the same takes nothing off. */
  finish(computedFen: number): LeftOutColumn[] {
    return this.#columns
      .filter(({ sumFen, isDue }) => sumFen !== (isDue ? computedFen : 0))
      .map(({ label, sumFen, changesDue }) => ({ label, sumFen, changesDue }));
  }
}
