/** Protects: a file whose own total differs from the sum of its rows is not imported; a row is missing or was changed. */
import { formatYuan } from '../money/index.ts';
import { parseAmountUnder } from './amount-unit.ts';
import { cleanCell, squeeze } from './clean-text.ts';
import { fileProblem, type FileProblem } from './file-problems.ts';
import { isDash } from './row-reader.ts';
import type { ColumnTotal, RowWarning, Totals } from './parsed.ts';
import type { BodyRow } from './body-rows.ts';

/** The sum so far of what a total row names (物业费小计), where it names a part that is known. */
type NamedSum = (name: string) => ({ readonly name: string } & Sum) | undefined;
/** As shown, and what the cells hold beyond that: Excel adds what is stored and shows the sum rounded. */
type Sum = { fen: number; restFen: number };
type Column = { readonly column: number; readonly label: string; all: Sum; sinceTotal: Sum };

/** One cell of a total row, with what stands above it: since the sum before, and in the whole sheet so far. */
type Found = ColumnTotal & {
  readonly kind: 'total' | 'subtotal';
  readonly part: Sum;
  readonly whole: Sum;
  /** It differs from what is shown only by what the cells hold beyond that. */
  readonly isRounded: boolean;
  readonly named?: string;
};

const NOTHING: Sum = { fen: 0, restFen: 0 };
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
    this.#columns = columns.map((column) => ({ ...column, all: { ...NOTHING }, sinceTotal: { ...NOTHING } }));
  }

  /** Adds one row's readable amount, whether or not the row is refused for something else; `restFen`: beyond what is shown. */
  add(column: number, amountFen: number | undefined, restFen = 0): void {
    const sum = this.#columns.find((candidate) => candidate.column === column);
    if (sum === undefined || amountFen === undefined) return;
    for (const each of [sum.all, sum.sinceTotal]) {
      each.fen += amountFen;
      each.restFen += restFen;
    }
  }

  take(row: BodyRow, cells: readonly string[]): void {
    if (row.kind === 'row') return;
    const first = squeeze(cells.find((text) => cleanCell(text) !== '') ?? '');
    const named = row.kind === 'subtotal' ? this.#namedSum?.(first.replace(TOTAL_WORD, '')) : undefined;
    for (const sum of this.#columns) {
      const text = cleanCell(cells[sum.column] ?? '');
      const part = sum.sinceTotal;
      sum.sinceTotal = { ...NOTHING };
      if (text === '' || isDash(text)) continue;
      const rowNumber = row.index + 1;
      const parsed = parseAmountUnder(sum.label, text, { negative: true });
      if (!('value' in parsed)) {
        this.#unreadable.push(fileProblem('total-unreadable', sum.label, rowNumber, text.slice(0, 40)));
        continue;
      }
      const whole = { ...sum.all };
      const meant = named ?? (row.kind === 'subtotal' ? part : whole);
      const computedFen = meant.fen;
      this.#found.push({
        kind: row.kind,
        ...{ part, whole },
        isRounded: parsed.value !== computedFen && isSum(parsed.value, meant),
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

  finish(): { totals: Totals; problems: FileProblem[]; warnings: RowWarning[] } {
    const warnings = this.#found.filter(({ isRounded }) => isRounded).map(roundedWarning);
    const problems = [...this.#unreadable];
    for (const total of this.#found)
      if (total.differenceFen !== 0 && !total.isRounded && !this.#isPart(total))
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
    const computedFen = this.#columns.reduce((sum, column) => sum + column.all.fen, 0);
    if (columns.length === 0) return { totals: { computedFen, columns }, problems, warnings };
    const foundFen = columns.reduce((sum, column) => sum + column.foundFen, 0);
    const differenceFen = columns.reduce((sum, column) => sum + column.differenceFen, 0);
    return { totals: { computedFen, foundFen, differenceFen, columns }, problems, warnings };
  }

  /**
   * Whether a sum that is not the whole sheet's is still right: a building's, since the sum before it. The last 合计
   * may be one too, when every 合计 is.
   */
  #isPart(total: Found): boolean {
    if (total.kind === 'subtotal')
      return isSum(total.foundFen, total.whole) || isSum(total.foundFen, total.part);
    if (!isSum(total.foundFen, total.part)) return false;
    const all = this.#totalsOf(total.label);
    return all.at(-1) !== total || all.every(({ foundFen, part }) => isSum(foundFen, part));
  }

  /** The grand total of a column: the last 合计 over it, or all of them where each sums one building. */
  #grand(label: string): ColumnTotal | undefined {
    const all = this.#totalsOf(label);
    const last = all.at(-1);
    if (last === undefined) return undefined;
    const byPart =
      last.differenceFen !== 0 && !last.isRounded && all.every(({ foundFen, part }) => isSum(foundFen, part));
    const foundFen = byPart ? all.reduce((sum, total) => sum + total.foundFen, 0) : last.foundFen;
    const { rowNumber, whole } = last;
    return { label, rowNumber, foundFen, computedFen: whole.fen, differenceFen: foundFen - whole.fen };
  }

  #totalsOf(label: string): Found[] {
    return this.#found.filter((total) => total.label === label && total.kind === 'total');
  }
}

/** Half a fen either way, and what binary fractions lose. */
const HALF = 0.5 + 1e-6;

/** Whether a total says what its cells add up to, as shown or as they hold it. */
export function isSum(foundFen: number, { fen, restFen }: Sum): boolean {
  return foundFen === fen || (restFen !== 0 && Math.abs(fen + restFen - foundFen) <= HALF);
}

function roundedWarning({ label, rowNumber, foundFen, computedFen, differenceFen }: Found): RowWarning {
  const [found, computed, difference] = [foundFen, computedFen, differenceFen].map(formatYuan);
  return {
    ...{ code: 'total-rounded', field: 'amount', rowNumber },
    zh: `“${label}”的合计是 ${found} 元，各行显示的金额相加是 ${computed} 元，差 ${difference} 元是四舍五入造成的：Excel 按没有显示出来的小数相加。每张账单按显示的金额导入`,
    en: `The total of “${label}” is ¥${found}, the amounts as shown add up to ¥${computed}: the difference of ¥${difference} comes from rounding, as Excel adds decimals that it does not show. Each bill is taken in as shown`,
  };
}
