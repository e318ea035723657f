import { fileProblem, type FileProblem } from './file-problems.ts';
import { LIMITS } from './limits.ts';
import { SharedTexts } from './own-text.ts';

const NO_CELLS: readonly string[] = [];

/** Gathers rows within the limits. `take` answers the problem that stops the reading, if any. */
export class TableBuilder {
  readonly rows: (readonly string[])[] = [];
  /** By column: fee items and areas repeat down theirs, and bill numbers would only take the room. */
  readonly #shared: SharedTexts[] = [];
  #cells = 0;
  #characters = 0;

  /** Puts `cells` into the row with this index, at or after the last one taken; rows left out are empty. */
  take(index: number, cells: string[]): FileProblem | undefined {
    let length = cells.length;
    while (length > 0 && cells[length - 1] === '') length -= 1;
    if (length === 0) return undefined;
    if (index >= LIMITS.rows) return fileProblem('too-many-rows');
    if (length > LIMITS.columns) return fileProblem('too-many-columns', index + 1);
    this.#cells += length;
    if (this.#cells > LIMITS.cells) return fileProblem('too-much-text');
    cells.length = length;
    for (let column = 0; column < length; column += 1) {
      const text = cells[column] ?? '';
      if (text.length > LIMITS.cellCharacters) return fileProblem('cell-too-long', index + 1, column);
      if (text.includes('\uFFFD')) return fileProblem('bad-encoding', index + 1);
      this.#characters += text.length;
      cells[column] = (this.#shared[column] ??= new SharedTexts()).share(text);
    }
    if (this.#characters > LIMITS.characters) return fileProblem('too-much-text');
    while (this.rows.length < index) this.rows.push(NO_CELLS);
    // A copy: what grew cell by cell has room for half as many more.
    this.rows[index] = cells.slice();
    return undefined;
  }
}
