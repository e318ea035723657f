/** Counts and sums by fee item, to be laid beside the file's own before any row of it is accepted. */
import type { ItemSum, Totals, TotalCheck } from '../../platform/files/index.ts';
import { feeItem } from './fee-item.ts';

export class ItemSums {
  readonly #items = new Map<string, { count: number; sumFen: number; restFen: number; label: string }>();

  /** One charge, whether or not its row is refused for something else. A 0.00 is no charge. */
  add(label: string, amountFen: number | undefined, restFen = 0): void {
    if (label === '' || amountFen === undefined || amountFen === 0) return;
    const item = feeItem(label);
    const sum = this.#items.get(item) ?? { count: 0, sumFen: 0, restFen: 0, label };
    sum.count += 1;
    sum.sumFen += amountFen;
    sum.restFen += restFen;
    this.#items.set(item, sum);
  }

  /** For a total row such as 物业费小计: the item it names and its sum so far. */
  readonly named = (text: string): { name: string; fen: number; restFen: number } | undefined => {
    const name = feeItem(text);
    const sum = this.#items.get(name);
    return sum && { name, fen: sum.sumFen, restFen: sum.restFen };
  };

  /** In the order in which the file first charges them. */
  finish(check: TotalCheck, { columns, foundFen }: Totals): ItemSum[] {
    const found = (item: string, label: string): number | undefined =>
      check.foundOf(item) ??
      columns.find((column) => column.label === label)?.foundFen ??
      (this.#items.size === 1 ? foundFen : undefined);
    return [...this.#items].map(([item, { count, sumFen, label }]) => {
      const said = found(item, label);
      const beside = said === undefined ? {} : { foundFen: said, differenceFen: said - sumFen };
      return { item, count, computedFen: sumFen, ...beside };
    });
  }
}
