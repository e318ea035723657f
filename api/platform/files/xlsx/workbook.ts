import { fileProblem, type FileProblem } from '../file-problems.ts';
import { LIMITS } from '../limits.ts';
import { meaningOf, type NumberMeaning } from './number-formats.ts';
import { partName, readPart, type PartReader, type Zip } from './zip-parts.ts';

export type Sheet = { readonly name: string; readonly part: string; readonly hidden: boolean };

export type Workbook = {
  readonly sheets: readonly Sheet[];
  readonly sharedStringsPart: string | undefined;
  /** What a number means, by a cell's style. */
  readonly styles: readonly NumberMeaning[];
  readonly from1904: boolean;
};

type Relation = { readonly type: string; readonly target: string };

/** Finds the workbook by its relations, as programs other than Excel place it under other names. */
export async function readWorkbook(zip: Zip): Promise<Workbook | FileProblem> {
  const root = await relationsOf(zip, '');
  if ('code' in root) return root;
  const main =
    [...root.values()].find((relation) => relation.type === 'officedocument')?.target ?? 'xl/workbook.xml';
  const other = otherKind(zip, main);
  if (other !== undefined) return other;
  const relations = await relationsOf(zip, main);
  if ('code' in relations) return relations;

  const sheets: Sheet[] = [];
  let from1904 = false;
  let listed = 0;
  let whole = false;
  const problem = await readPart(zip, main, {
    ...asList(() => listed > LIMITS.sheets),
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = isTrue(attributes['date1904']);
      if (name !== 'sheet') return;
      listed += 1;
      const id = Object.entries(attributes).find(([key]) => key === 'id' || key.endsWith(':id'))?.[1] ?? '';
      const relation = relations.get(id);
      // Charts and dialogs stand in the same list; only worksheets hold rows.
      if (relation?.type !== 'worksheet') return;
      const hidden = (attributes['state'] ?? 'visible') !== 'visible';
      sheets.push({ name: attributes['name'] ?? '', part: relation.target, hidden });
    },
    close: (name) => {
      if (name === 'sheets') whole = true;
    },
    // Names of ranges come after the sheets; an old workbook has thousands, and none is wanted.
    done: () => whole,
  });
  if (problem !== undefined) return problem;
  if (sheets.length === 0) return fileProblem('broken-xlsx');

  const byType = (type: string) => [...relations.values()].find((relation) => relation.type === type)?.target;
  const styles = await readStyles(zip, byType('styles'));
  if (!Array.isArray(styles)) return styles;
  return { sheets, sharedStringsPart: byType('sharedstrings'), styles, from1904 };
}

function otherKind(zip: Zip, main: string): FileProblem | undefined {
  const has = (part: string) => zip.entries.has(part);
  if (main.endsWith('.bin') || has('xl/workbook.bin')) return fileProblem('xlsb');
  if (has('xl/vbaproject.bin')) return fileProblem('macro-workbook');
  if (has(partName(main)) && main.startsWith('xl/')) return undefined;
  if (has('word/document.xml')) return fileProblem('not-a-table', { zh: 'Word 文档', en: 'a Word document' });
  if (has('ppt/presentation.xml'))
    return fileProblem('not-a-table', { zh: '演示文稿', en: 'a presentation' });
  if (has('content.xml') && has('mimetype'))
    return fileProblem('not-a-table', {
      zh: 'ODF 文档（请另存为 .xlsx）',
      en: 'an ODF document (save it as .xlsx)',
    });
  if (has(partName(main))) return undefined;
  return fileProblem('not-a-table', { zh: 'ZIP 压缩包（请先解压）', en: 'a ZIP archive (unpack it first)' });
}

/** The relations of a part by their id, targets as full part names, types by their last word. */
async function relationsOf(zip: Zip, part: string): Promise<Map<string, Relation> | FileProblem> {
  const slash = part.lastIndexOf('/');
  const folder = part.slice(0, slash + 1);
  const relations = new Map<string, Relation>();
  let listed = 0;
  const problem = await readPart(zip, `${folder}_rels/${part.slice(slash + 1)}.rels`, {
    ...asList(() => listed > LIMITS.relations),
    open: (name, attributes) => {
      if (name !== 'Relationship') return;
      listed += 1;
      const target = attributes['Target'] ?? '';
      const type = (attributes['Type'] ?? '').split('/').pop() ?? '';
      relations.set(attributes['Id'] ?? '', {
        type: type.toLowerCase(),
        target: partName(target.startsWith('/') ? target : resolvePath(folder, target)),
      });
    },
  });
  return problem ?? relations;
}

function resolvePath(folder: string, target: string): string {
  const steps = folder.split('/').filter((step) => step !== '');
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

async function readStyles(zip: Zip, part: string | undefined): Promise<NumberMeaning[] | FileProblem> {
  if (part === undefined) return [];
  const codes = new Map<number, string>();
  const formatIds: number[] = [];
  let inCells = false;
  const problem = await readPart(zip, part, {
    ...asList(() => codes.size > LIMITS.numberFormats || formatIds.length > LIMITS.cellStyles),
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) formatIds.push(Number(attributes['numFmtId'] ?? 0));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return problem ?? formatIds.map((id) => meaningOf(id, codes.get(id)));
}

/** The limits of a part that lists things; `tooMany` is asked now and then. */
function asList(tooMany: () => boolean): Pick<PartReader, 'problem' | 'mostBytes'> {
  return {
    mostBytes: LIMITS.listBytes,
    problem: () => (tooMany() ? fileProblem('expands-too-far') : undefined),
  };
}

function isTrue(text: string | undefined): boolean {
  return text === '1' || text === 'true';
}
