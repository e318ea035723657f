import type { Words } from '../language.ts';
import type { FileProblem } from './file-problems.ts';

/** Why a row is refused. `field` is the column's name in our words, for the program; the texts quote the file's own. */
export interface RowReason extends Words {
  readonly code: string;
  readonly field: string;
}

export type RejectedRow = {
  /** As Excel counts rows, from 1. */
  readonly rowNumber: number;
  readonly reasons: readonly RowReason[];
  /** The row as it came, to be sent back with its reasons. */
  readonly cells: readonly string[];
  /** What stands for a house that is not known, by which a person's answer is remembered. */
  readonly written?: string;
};

/** Something a person should know that stops nothing: a phone left out, a column not imported. No row: the whole file. */
export interface RowWarning extends RowReason {
  readonly rowNumber?: number;
}

export type ColumnTotal = {
  readonly label: string;
  readonly rowNumber: number;
  readonly foundFen: number;
  readonly computedFen: number;
  readonly differenceFen: number;
};

export type Totals = {
  /** All amounts of all readable rows, refused ones included, so that it can be compared with the paper. */
  readonly computedFen: number;
  /** The file's own total of the same columns, when it has one; and each column's, where totals stand by column. */
  readonly foundFen?: number;
  readonly differenceFen?: number;
  readonly columns: readonly ColumnTotal[];
  /** Each fee item of a file of bills. */
  readonly items?: readonly ItemSum[];
};

/** How many rows charge an item and what they add up to, refused rows included, beside what the file says of it. */
export type ItemSum = {
  readonly item: string;
  readonly count: number;
  readonly computedFen: number;
  readonly foundFen?: number;
  readonly differenceFen?: number;
};

/** What a file says. Rows may be imported only while `problems` is empty; refused rows stay out either way. */
export type Parsed<Row> = {
  readonly rows: readonly Row[];
  readonly rejected: readonly RejectedRow[];
  readonly problems: readonly FileProblem[];
  readonly warnings: readonly RowWarning[];
  readonly totals: Totals;
  /** The last header row, from 0, and columns that the file gives outside its rows (the month in its title). */
  readonly headerRow: number;
  readonly implied: readonly Implied[];
  /** Columns of money that nothing was read from; `changesDue`: what is due is another amount by them. */
  readonly leftOut?: readonly {
    readonly label: string;
    readonly sumFen: number;
    readonly changesDue: boolean;
  }[];
};

export type Implied = {
  readonly label: string;
  readonly value: string;
  /** Where it stands, where that is not said otherwise: 标题. */
  readonly source?: Words;
  /** What the file itself says, where a person has said something else. */
  readonly otherwise?: string;
};
