/** Of a firm's list the rows of one estate; what stands in it of others is told, with where it belongs, and compared with nothing. */
import {
  estatesBeside,
  namesakeQuestion,
  otherEstateQuestion,
  otherNamesOf,
  readImport,
  type FileRead,
  type ImportFile,
  type ProductDeps,
  type Question,
} from '../places/index.ts';
import { isProblem, problem, type Problem } from '../platform/index.ts';
import { fileProblem, type RowWarning } from '../platform/files/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { dayOf, type Day } from '../programme/index.ts';
import { headedElsewhere, ownRows, type OtherEstate } from './files/own-rows.ts';
import { postedListSteps, type PostedListRow, type WrittenAs } from './files/posted-list.ts';
import { unreadRows, type UnreadRow } from './files/unread-rows.ts';
import { lastDayOf } from './reconcile/reconciliation.ts';
import { writtenAs } from './written-as.ts';

type ReadDeps = Pick<ProductDeps, 'engine' | 'places' | 'clock'>;
type Estate = NonNullable<Awaited<ReturnType<ProductDeps['places']['find']>>>;

export type RowsOfEstate = {
  estateName: string;
  /** As if the file had this estate's rows alone. */
  read: FileRead<PostedListRow>;
  unread: UnreadRow[];
  /** How many rows are of other estates. */
  setAside: number;
  /** The last day that the whole file knows of, not after today: it was drawn up then or later. */
  drawnUpOn: Day | null;
  otherNames: string[];
  questions: Question[];
};

type Line = { estate: string; amountFen: number; row?: PostedListRow; unread?: UnreadRow };

/** The firm's list as far as it is one estate's, written as the firm's software writes it. */
export async function readPostedList(
  deps: ReadDeps,
  { estate, file }: { estate: string; file: ImportFile },
): Promise<RowsOfEstate | Problem> {
  const place = await deps.places.find(estate);
  if (place?.kind !== 'estate') return problem('not-found');
  const as = await writtenAs(deps, estate);
  const read = await readImport(file, (table) => postedListSteps(table, as));
  return isProblem(read) ? read : rowsOfEstate(deps, { estate: place, read, as });
}

async function rowsOfEstate(
  deps: ReadDeps,
  { estate, read, as }: { estate: Estate; read: FileRead<PostedListRow>; as: WrittenAs },
): Promise<RowsOfEstate> {
  const { engine } = deps;
  const { table, parsed } = read;
  const names = {
    name: estate.name,
    known: await otherNamesOf(engine, estate.id),
    elsewhere: (await estatesBeside(engine, estate)).map(({ name }) => name),
  };
  const readable = parsed.rows.map((row) => ({ estate: row.estate, amountFen: signed(row), row }));
  const unread = unreadRows(table, parsed.rejected, as).map((row) => ({
    estate: row.estate,
    amountFen: 0,
    unread: row,
  }));
  const own = ownRows<Line>([...readable, ...unread], names);
  const { others, strange, otherNames } = own;
  const isNamed = others.length > 0 || own.rows.some((line) => line.estate !== '');
  const titles = table.rows.slice(0, parsed.headerRow).flat();
  const headed = isNamed ? undefined : headedElsewhere([table.fileName, table.sheet, ...titles], names);
  const asked = strange ?? headed;
  const questions = asked === undefined ? [] : [otherEstateQuestion([asked], estate.name)];
  // A name or code that was confirmed with an earlier file says which of the two it is.
  const isSure = strange === undefined && otherNames.length > 0;
  const namesake = isSure ? undefined : await namesakeQuestion(deps, estate);
  if (namesake) questions.push(namesake);
  const rows = own.rows.flatMap(({ row }) => row ?? []);
  const left = own.rows.flatMap((line) => line.unread ?? []);
  const isEmpty = others.length > 0 && own.rows.length === 0;
  const none = isEmpty ? [fileProblem('no-rows-of-estate', estate.name, others.map(counted))] : [];
  return {
    estateName: estate.name,
    read: {
      table,
      parsed: {
        ...parsed,
        rows,
        rejected: left.map(({ rejected }) => rejected),
        problems: [...parsed.problems, ...none],
        warnings: [...others.map(toldOf), ...parsed.warnings],
      },
    },
    unread: left,
    drawnUpOn: lastDayOf(parsed.rows, dayOf(deps.clock())),
    setAside: others.reduce((sum, other) => sum + other.rows, 0),
    otherNames,
    questions,
  };
}

/** As the list has it. */
function signed({ state, amountFen }: PostedListRow): number {
  return state === 'returned' ? -amountFen : amountFen;
}

function counted({ name, rows }: OtherEstate) {
  return { zh: `“${shown(name)}” ${rows} 行`, en: `“${shown(name)}” (${rows} rows)` };
}

function toldOf({ name, rows, fen }: OtherEstate): RowWarning {
  const [other, yuan] = [shown(name), formatYuan(fen)];
  return {
    code: 'other-estate',
    field: 'estate',
    zh: `有 ${rows} 行是“${other}”的，共 ${yuan} 元，没有参加对账。请换到“${other}”再导入这份清单`,
    en: `${rows} rows are of “${other}”, ${yuan} in all, and are not compared here. Choose “${other}” and take the list in there as well`,
  };
}

function shown(name: string): string {
  return [...name].slice(0, 40).join('');
}
