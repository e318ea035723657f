/**
 * What the firm says it has posted: a list of offsets with their numbers, or its whole list of payments with our
 * number inside a remark. A repeated row is kept: that the firm posted twice is what reconciliation must find.
 */
import {
  bodyRows,
  columnWarnings,
  fileProblem,
  findHeader,
  finish,
  headerKey,
  isFileProblem,
  missingColumns,
  otherColumns,
  RowReader,
  ROWS_A_STEP,
  squeeze,
  TotalCheck,
  unitIn,
  type ColumnWords,
  type FileProblem,
  type Header,
  type Parsed,
  type RejectedRow,
  type RowWarning,
  type Steps,
  type TableFile,
} from '../../platform/files/index.ts';
import {
  HOUSE_WORDS,
  LOST_ZEROS_WARNING,
  lostZeros,
  parseHouse,
  type HouseColumn,
  type HouseReference,
} from '../../places/index.ts';
import { isBillSheet } from './bill-sheet.ts';
import { feeItem } from './fee-item.ts';
import { offsetNumbers } from './offset-number.ts';
import { isOfPoints, postedState, type PostedState } from './posted-state.ts';

export type PostedListRow = {
  readonly rowNumber: number;
  /** `DK-2606-0001`; '' where the row names none. */
  readonly offsetNumber: string;
  /** Left out where the list names none, or one that cannot be read: a wrong house is a break, not a bad row. */
  readonly house?: HouseReference;
  readonly houseText: string;
  /** The name or code of the estate that the row gives; '' where it gives none. */
  readonly estate: string;
  /** The item by its one name; '' where the list does not say, as are period and remark. */
  readonly item: string;
  readonly period: string;
  /** Below zero for money given back alone: a row that takes a posting back is `returned`. */
  readonly amountFen: number;
  readonly postedOn: string | null;
  readonly state: PostedState;
  /** Nothing in the row says that it is about points, nor does its list: without our number no machine takes it for an offset. */
  readonly isUnsaid: boolean;
  readonly remark: string;
};

type Column =
  | HouseColumn
  | 'serial'
  | 'number'
  | 'item'
  | 'period'
  | 'amount'
  | 'postedOn'
  | 'status'
  | 'method'
  | 'receipt'
  | 'name'
  | 'remark';

const WORDS: ColumnWords<Column> = {
  ...HOUSE_WORDS,
  serial: ['序号', '行号'],
  number: ['抵扣单号', '抵扣单', '抵扣凭证号', '凭证号', '凭证编号', '抵扣编号'],
  item: ['收费项目', '费用项目', '费用名称', '收费名称', '费项', '费用类型', '收费科目', '科目', '费用'],
  period: [
    '计费月份',
    '账期',
    '所属账期',
    '费用月份',
    '所属月份',
    '账单月份',
    '收费月份',
    '计费周期',
    '所属期',
    '月份',
  ],
  amount: ['入账金额', '抵扣金额', '实收金额', '收款金额', '已收金额', '缴费金额', '金额', '实收'],
  postedOn: ['入账日期', '收款日期', '到账日期', '缴费日期', '交易日期', '收款时间', '入账时间', '日期'],
  status: ['状态', '入账状态', '处理结果', '入账结果', '结果'],
  method: ['收款方式', '支付方式', '付款方式', '缴费方式', '结算方式'],
  receipt: ['票据号', '收据号', '发票号', '票号', '流水号'],
  name: ['业主', '业主姓名', '姓名', '客户名称', '住户', '户主', '缴费人'],
  remark: ['备注', '摘要', '说明', '原因', '退回原因'],
};

/** How the firm's software writes what we gave it: its words for our columns, and its unit. */
export type WrittenAs = {
  readonly words: Partial<Readonly<Record<'number' | 'item' | 'period' | 'amount' | HouseColumn, string>>>;
  readonly amounts: 'yuan' | 'fen';
};

/** What stands in `implied` of a list that is read in fen because the firm's layout is, and says nothing itself. */
export const IN_FEN = { label: '金额单位', value: '分' } as const;

/** The firm's own words come first, and are no other column's; one that is ours too keeps its place behind 入账金额. */
function wordsOf(as: WrittenAs | undefined): ColumnWords<Column> {
  if (!as) return WORDS;
  const own = new Map(Object.entries(as.words).map(([name, word]) => [name, word]));
  const taken = new Set([...own.values()].map(headerKey));
  const words = (Object.keys(WORDS) as Column[]).map((name) => {
    const word = own.get(name);
    const ours = WORDS[name].map(headerKey);
    if (word !== undefined && ours.includes(headerKey(word))) return [name, WORDS[name]];
    const rest = WORDS[name].filter((each) => !taken.has(headerKey(each)));
    return [name, word === undefined ? rest : [word, ...rest]];
  });
  return Object.fromEntries(words) as ColumnWords<Column>;
}

/**
 * Where the firm's layout is in fen and the list's own word does not say, whole numbers are fen; what is written with a point is in yuan.
 * The column's word then says it, so that rows, totals and reasons all go by it. Whoever takes the list in is asked.
 */
function withUnit(table: TableFile, header: Header<Column>, as: WrittenAs | undefined): Header<Column> {
  const at = header.columns.get('amount') ?? -1;
  const label = header.labels[at] ?? '';
  if (as?.amounts !== 'fen' || unitIn(label) !== undefined) return header;
  const cells = table.rows.slice(header.row + 1).map((row) => row[at] ?? '');
  if (cells.some((text) => /\.\d/.test(text))) return header;
  return { ...header, labels: header.labels.map((text, nth) => (nth === at ? `${text}（分）` : text)) };
}

/** Over the rows of a list, for what its parts want of them; undefined where it has no header. */
export function postedListReader(table: TableFile, as?: WrittenAs): RowReader<Column> | undefined {
  const header = findHeader(table, wordsOf(as), ['room', 'amount']);
  return isFileProblem(header) ? undefined : new RowReader(table, header);
}

export function parsePostedList(table: TableFile, as?: WrittenAs): Parsed<PostedListRow> | FileProblem {
  return finish(postedListSteps(table, as));
}

/** The same in steps: `await inTurns(postedListSteps(table))` where others wait for their turn. */
export function* postedListSteps(
  table: TableFile,
  as?: WrittenAs,
): Steps<Parsed<PostedListRow> | FileProblem> {
  const words = wordsOf(as);
  const found = findHeader(table, words, ['room', 'amount']);
  if (isFileProblem(found)) return found;
  const header = withUnit(table, found, as);
  const missing = missingColumns(
    header,
    words,
    header.columns.has('number') ? ['amount'] : ['room', 'amount'],
  );
  if (missing !== undefined) return missing;
  if (isBillSheet(header)) return fileProblem('bill-sheet');
  const offsetsOnly = isOfOffsets(header, as);

  const reader = new RowReader(table, header);
  const amountColumn = header.columns.get('amount') ?? -1;
  const check = new TotalCheck([{ column: amountColumn, label: header.labels[amountColumn] ?? '' }]);
  const rows: PostedListRow[] = [];
  const rejected: RejectedRow[] = [];
  const houseWarnings: RowWarning[] = [];
  let zerosLost = false;
  for (const body of bodyRows(table, header)) {
    if (body.kind !== 'row') {
      check.take(body, table.rows[body.index] ?? []);
      continue;
    }
    reader.turnTo(body.index);
    const amountFen = reader.amount('amount', { required: true, negative: true });
    check.add(amountColumn, amountFen, reader.restAt(amountColumn));
    zerosLost ||= lostZeros(reader);
    const row = readRow(reader, offsetsOnly, amountFen, houseWarnings);
    if (reader.rejected !== undefined) rejected.push(reader.rejected);
    else if (row !== undefined) rows.push(row);
    if (body.index % ROWS_A_STEP === 0) yield;
  }
  const { totals, problems, warnings: rounded } = check.finish();
  if (rows.length + rejected.length === 0) problems.push(fileProblem('no-rows'));
  return {
    rows,
    rejected,
    problems,
    warnings: [
      ...rounded,
      ...houseWarnings,
      ...(zerosLost ? [LOST_ZEROS_WARNING] : []),
      ...columnWarnings(otherColumns(header)),
    ],
    totals,
    headerRow: header.row,
    implied: header === found ? [] : [IN_FEN],
  };
}

/** Whether the list is of offsets alone. 凭证号 is also what accountants number their own vouchers by. */
function isOfOffsets({ columns, labels }: Header<Column>, as: WrittenAs | undefined): boolean {
  const at = columns.get('number');
  if (at === undefined) return false;
  const word = headerKey(labels[at] ?? '');
  return !word.startsWith('凭证') || word === headerKey(as?.words.number ?? '');
}

function readRow(
  reader: RowReader<Column>,
  offsetsOnly: boolean,
  amountFen: number | undefined,
  warnings: RowWarning[],
): PostedListRow | undefined {
  const remark = reader.text('remark');
  const offsetNumber = readNumber(reader, remark);
  const houseText = reader.text('room');
  const house = readHouse(reader, houseText, warnings);
  const item = feeItem(reader.text('item'));
  const period = reader.period('period') ?? '';
  const postedOn = reader.date('postedOn') ?? null;
  if (amountFen === undefined) return undefined;
  const status = reader.text('status');
  const told = {
    ...{ status, method: reader.text('method'), remark, amountFen, offsetsOnly },
    hasNumber: offsetsOnly ? offsetNumber !== '' : offsetNumbers(offsetNumber).length > 0,
  };
  const state = postedState(told);
  if (typeof state === 'object') {
    reader.refuse('status', status, state);
    return undefined;
  }
  return {
    rowNumber: reader.rowNumber,
    offsetNumber,
    ...(house === undefined ? {} : { house }),
    houseText,
    estate: estateOf(reader, house),
    item,
    period,
    amountFen: state === 'refunded' ? -Math.abs(amountFen) : Math.abs(amountFen),
    postedOn,
    state: state === 'refunded' ? 'paid-otherwise' : state,
    isUnsaid: !isOfPoints(told),
    remark,
  };
}

export function estateOf(reader: RowReader<Column>, house: HouseReference | undefined): string {
  return house?.estate ?? squeeze(reader.text('estate'));
}

/** The number in its own column; where that is empty or missing, the one inside the remark. */
function readNumber(reader: RowReader<Column>, remark: string): string {
  const own = reader.text('number');
  const text = own === '' ? remark : own;
  const [first, second] = offsetNumbers(text);
  if (first !== undefined && second !== undefined)
    reader.refuse(own === '' ? 'remark' : 'number', text, {
      code: 'several-numbers',
      zh: '一行里有两个抵扣单号，请一行只写一个',
      en: 'the row names two offsets; write one a row',
    });
  // A number typed so badly that it is none of ours is kept: it will match nothing and be shown as it stands.
  return first ?? own;
}

export function readHouse(
  reader: RowReader<Column>,
  room: string,
  warnings: RowWarning[],
): HouseReference | undefined {
  if (room === '') return undefined;
  const parts = {
    estate: reader.text('estate'),
    building: reader.text('building'),
    unit: reader.text('unit'),
    room,
  };
  const parsed = parseHouse(parts);
  if ('house' in parsed) return parsed.house;
  warnings.push({
    rowNumber: reader.rowNumber,
    code: parsed.reason.code,
    field: 'room',
    zh: `房号“${room.slice(0, 40)}”：${parsed.reason.zh}`,
    en: `House “${room.slice(0, 40)}”: ${parsed.reason.en}`,
  });
  return undefined;
}
