/** Protects: a file whose own total differs from the sum of its rows is not imported; a row is missing or was changed. */
import { formatYuan } from '../money/index.ts';
import { parseAmountUnder } from './amount-unit.ts';
import { cleanCell, squeeze } from './clean-text.ts';
import { fileProblem, type FileProblem } from './file-problems.ts';
import { isDash } from './row-reader.ts';
import type { ColumnTotal, Totals } from './parsed.ts';
import type { BodyRow } from './body-rows.ts';

/** The sum so far of what a total row names (物业费小计), where it names a part that is known. */
type NamedSum = (name: string) => { readonly name: string; readonly fen: number } | undefined;
type Column = { readonly column: number; readonly label: string; all: number; sinceTotal: number };

/** One cell of a total row, with what stands above it: since the sum before, and in the whole sheet so far. */
type Found = ColumnTotal & {
  readonly kind: 'total' | 'subtotal';
  readonly partFen: number;
  readonly wholeFen: number;
  readonly named?: string;
};

const TOTAL_WORD = /(?:小计|合计|总计|共计|累计)[:：]?$/;

/** Sums amount columns as the rows pass and compares them with the total rows. */
export class TotalCheck {
  readonly #columns: Column[];
  readonly #found: Found[] = [];
  readonly #unreadable: FileProblem[] = [];

  readonly #namedSum: NamedSum | undefined;

  /** `namedSum`: for a sheet with one amount column, whose total rows may each sum one item. */
  constructor(columns: readonly { column: number; label: string }[], namedSum?: NamedSum) {
    this.#namedSum = namedSum;
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
    const first = squeeze(cells.find((text) => cleanCell(text) !== '') ?? '');
    const named = row.kind === 'subtotal' ? this.#namedSum?.(first.replace(TOTAL_WORD, '')) : undefined;
    for (const sum of this.#columns) {
      const text = cleanCell(cells[sum.column] ?? '');
      const partFen = sum.sinceTotal;
      sum.sinceTotal = 0;
      if (text === '' || isDash(text)) continue;
      const rowNumber = row.index + 1;
      const parsed = parseAmountUnder(sum.label, text, { negative: true });
      if (!('value' in parsed)) {
        this.#unreadable.push(fileProblem('total-unreadable', sum.label, rowNumber, text.slice(0, 40)));
        continue;
      }
      const computedFen = named?.fen ?? (row.kind === 'subtotal' ? partFen : sum.all);
      this.#found.push({
        kind: row.kind,
        partFen,
        wholeFen: sum.all,
        label: sum.label,
        rowNumber,
        foundFen: parsed.value,
        computedFen,
        differenceFen: parsed.value - computedFen,
        ...(named && { named: named.name }),
      });
    }
  }

  /** What the file itself says that a named part sums to: the last row that says so. */
  foundOf(name: string): number | undefined {
    return this.#found.findLast(({ named }) => named === name)?.foundFen;
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
    const columns = this.#columns.flatMap(({ label }) => this.#grand(label) ?? []);
    const computedFen = this.#columns.reduce((sum, column) => sum + column.all, 0);
    if (columns.length === 0) return { totals: { computedFen, columns }, problems };
    const foundFen = columns.reduce((sum, column) => sum + column.foundFen, 0);
    const differenceFen = columns.reduce((sum, column) => sum + column.differenceFen, 0);
    return { totals: { computedFen, foundFen, differenceFen, columns }, problems };
  }

  /**
   * Whether a sum that is not the whole sheet's is still right: a building's, since the sum before it. The last 合计
   * may be one too, when every 合计 is.
   */
  #isPart(total: Found): boolean {
    if (total.kind === 'subtotal')
      return total.foundFen === total.wholeFen || total.foundFen === total.partFen;
    if (total.foundFen !== total.partFen) return false;
    const all = this.#totalsOf(total.label);
    return all.at(-1) !== total || all.every(({ foundFen, partFen }) => foundFen === partFen);
  }

  /** The grand total of a column: the last 合计 over it, or all of them where each sums one building. */
  #grand(label: string): ColumnTotal | undefined {
    const all = this.#totalsOf(label);
    const last = all.at(-1);
    if (last === undefined) return undefined;
    const byPart = last.differenceFen !== 0 && all.every(({ foundFen, partFen }) => foundFen === partFen);
    const foundFen = byPart ? all.reduce((sum, total) => sum + total.foundFen, 0) : last.foundFen;
    const { rowNumber, wholeFen } = last;
    return { label, rowNumber, foundFen, computedFen: wholeFen, differenceFen: foundFen - wholeFen };
  }

  #totalsOf(label: string): Found[] {
    return this.#found.filter((total) => total.label === label && total.kind === 'total');
  }
}
