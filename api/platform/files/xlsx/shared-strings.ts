import { fileProblem, type FileProblem } from '../file-problems.ts';
import { LIMITS } from '../limits.ts';
import { ownText } from '../own-text.ts';
import { TextRuns } from './text-runs.ts';
import { readPart, type Zip } from './zip-parts.ts';

/** The texts that cells refer to by number. */
export async function readSharedStrings(zip: Zip, part: string | undefined): Promise<string[] | FileProblem> {
  const strings: string[] = [];
  if (part === undefined) return strings;
  const runs = new TextRuns();
  let characters = 0;
  const problem = await readPart(zip, part, {
    open: (name) => runs.open(name),
    text: (text) => runs.add(text),
    close: (name) => {
      runs.close(name);
      if (name !== 'si') return;
      // One character beyond the limit is kept, so that the cell that uses it is refused and no more is held.
      const text = ownText(runs.take().slice(0, LIMITS.cellCharacters + 1));
      characters += text.length;
      strings.push(text);
    },
    problem: () =>
      characters > LIMITS.characters || strings.length > LIMITS.cells
        ? fileProblem('too-much-text')
        : undefined,
  });
  return problem ?? strings;
}
