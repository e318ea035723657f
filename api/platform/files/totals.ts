/** Protects: a file whose own total differs from the sum of its rows is not imported; a row is missing or was changed. */
import { formatYuan } from '../money/index.ts';
import { parseAmount } from './cell-values.ts';
import { cleanCell } from './clean-text.ts';
import { fileProblem, type FileProblem } from './file-problems.ts';
import { isDash } from './row-reader.ts';
import type { ColumnTotal, Totals } from './parsed.ts';
import type { BodyRow } from './body-rows.ts';

type Column = { readonly column: number; readonly label: string; all: number; sinceTotal: number };

/** Sums amount columns as the rows pass and compares them with the total rows. */
export class TotalCheck {
  readonly #columns: Column[];
  readonly #found: (ColumnTotal & { readonly kind: 'total' | 'subtotal'; readonly partFen: number })[] = [];
  readonly #unreadable: FileProblem[] = [];

  constructor(columns: readonly { column: number; label: string }[]) {
    this.#columns = columns.map((column) => ({ ...column, all: 0, sinceTotal: 0 }));
  }

  /** Adds one row's readable amount, whether or not the row is refused for something else. */
  add(column: number, amountFen: number | undefined): void {
    const sum = this.#columns.find((candidate) => candidate.column === column);
    if (sum === undefined || amountFen === undefined) return;
    sum.all += amountFen;
    sum.sinceTotal += amountFen;
  }

  take(row: BodyRow, cells: readonly string[]): void {
    if (row.kind === 'row') return;
    for (const sum of this.#columns) {
      const text = cleanCell(cells[sum.column] ?? '');
      const partFen = sum.sinceTotal;
      sum.sinceTotal = 0;
      if (text === '' || isDash(text)) continue;
      const rowNumber = row.index + 1;
      const parsed = parseAmount(text, { negative: true });
      if (!('value' in parsed)) {
        this.#unreadable.push(fileProblem('total-unreadable', sum.label, rowNumber, text.slice(0, 40)));
        continue;
      }
      const computedFen = row.kind === 'subtotal' ? partFen : sum.all;
      this.#found.push({
        kind: row.kind,
        partFen,
        label: sum.label,
        rowNumber,
        foundFen: parsed.value,
        computedFen,
        differenceFen: parsed.value - computedFen,
      });
    }
  }

  finish(): { totals: Totals; problems: FileProblem[] } {
    const problems = [...this.#unreadable];
    for (const total of this.#found)
      if (total.differenceFen !== 0 && !this.#isPart(total))
        problems.push(
          fileProblem(
            'total-differs',
            total.label,
            total.rowNumber,
            formatYuan(total.foundFen),
            formatYuan(total.computedFen),
            formatYuan(total.differenceFen),
          ),
        );
    const columns = this.#columns.flatMap(({ label }) => this.#last(label) ?? []);
    const computedFen = this.#columns.reduce((sum, column) => sum + column.all, 0);
    if (columns.length === 0) return { totals: { computedFen, columns }, problems };
    const foundFen = columns.reduce((sum, column) => sum + column.foundFen, 0);
    const differenceFen = columns.reduce((sum, column) => sum + column.differenceFen, 0);
    return { totals: { computedFen, foundFen, differenceFen, columns }, problems };
  }

  /** 合计 between the rows may be a building's: it then equals what stands since the total before it. */
  #isPart(total: { label: string; rowNumber: number; foundFen: number; partFen: number }): boolean {
    const last = this.#last(total.label);
    return last !== undefined && last.rowNumber > total.rowNumber && total.foundFen === total.partFen;
  }

  /** The grand total of a column: the last 合计 over it. */
  #last(label: string): ColumnTotal | undefined {
    const found = this.#found.filter((total) => total.label === label && total.kind === 'total').at(-1);
    if (found === undefined) return undefined;
    const { rowNumber, foundFen, computedFen, differenceFen } = found;
    return { label, rowNumber, foundFen, computedFen, differenceFen };
  }
}
