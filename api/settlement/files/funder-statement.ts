/**
 * What a funder says it paid and owes for a month: one line a party, or one line a document with its number. Names of
 * columns are those that offices use; a row that cannot be read comes back with its reasons.
 */
import {
  bodyRows,
  columnWarnings,
  fileProblem,
  findHeader,
  isFileProblem,
  missingColumns,
  otherColumns,
  RowReader,
  ROWS_A_STEP,
  TotalCheck,
  type ColumnWords,
  type FileProblem,
  type Parsed,
  type RejectedRow,
  type Steps,
  type TableFile,
} from '../../platform/files/index.ts';

/** Money in fen; null where the row does not say. */
export type FunderRow = {
  rowNumber: number;
  partyText: string;
  number: string;
  period: string;
  opening: number | null;
  points: number | null;
  accepted: number | null;
  reversed: number | null;
  paid: number | null;
  closing: number | null;
};

const MONEY = ['opening', 'accepted', 'reversed', 'paid', 'closing'] as const;
type Column = 'serial' | 'party' | 'number' | 'period' | 'points' | 'remark' | (typeof MONEY)[number];

const WORDS: ColumnWords<Column> = {
  serial: ['序号', '行号'],
  party: [
    '收分方',
    '收款方',
    '收款单位',
    '结算对象',
    '结算方',
    '单位名称',
    '商户',
    '商户名称',
    '物业公司',
    '物业',
    '单位',
  ],
  number: ['单号', '抵扣单号', '凭证号', '凭证编号', '核销单号', '交易号', '流水号'],
  period: ['所属月份', '账期', '月份', '结算月份', '期间', '所属期'],
  opening: ['期初应付', '期初余额', '上期应付', '上月结转', '期初', '上期余额'],
  points: ['积分', '收分积分', '核销积分', '受理积分', '积分数', '本期积分'],
  accepted: [
    '本期应付',
    '应付金额',
    '收分金额',
    '核销金额',
    '受理金额',
    '本月应付',
    '结算金额',
    '金额',
    '本期发生',
  ],
  reversed: ['冲回金额', '退回金额', '冲销金额', '冲回', '退回', '冲销'],
  paid: ['已付金额', '支付金额', '付款金额', '本期支付', '本月支付', '已付', '支付'],
  closing: ['期末应付', '期末余额', '月末应付', '未付金额', '期末', '余额'],
  remark: ['备注', '说明', '摘要'],
};

/** `await inTurns(funderStatementSteps(table))`. */
export function* funderStatementSteps(table: TableFile): Steps<Parsed<FunderRow> | FileProblem> {
  const header = findHeader(table, WORDS, ['party', 'accepted']);
  if (isFileProblem(header)) return header;
  const missing = header.columns.has('number')
    ? missingColumns(header, WORDS, ['accepted'])
    : (missingColumns(header, WORDS, ['party']) ??
      (header.columns.has('closing') ? undefined : missingColumns(header, WORDS, ['accepted'])));
  if (missing !== undefined) return missing;

  const reader = new RowReader(table, header);
  const summed = MONEY.flatMap((name) => header.columns.get(name) ?? []);
  const check = new TotalCheck(summed.map((column) => ({ column, label: header.labels[column] ?? '' })));
  const rows: FunderRow[] = [];
  const rejected: RejectedRow[] = [];
  for (const body of bodyRows(table, header)) {
    if (body.kind !== 'row') {
      check.take(body, table.rows[body.index] ?? []);
      continue;
    }
    reader.turnTo(body.index);
    const row = readRow(reader);
    for (const name of MONEY) {
      const column = header.columns.get(name);
      if (column !== undefined) check.add(column, row[name] ?? undefined, reader.restAt(column));
    }
    if (reader.rejected === undefined) rows.push(row);
    else rejected.push(reader.rejected);
    if (body.index % ROWS_A_STEP === 0) yield;
  }
  const { totals, problems, warnings: rounded } = check.finish();
  if (rows.length + rejected.length === 0) problems.push(fileProblem('no-rows'));
  else if (rows.length === 0) problems.push(fileProblem('no-readable-rows', rejected.length));
  const warnings = [...rounded, ...columnWarnings(otherColumns(header))];
  return { rows, rejected, problems, warnings, totals, headerRow: header.row, implied: [] };
}

function readRow(reader: RowReader<Column>): FunderRow {
  const [partyText, number] = [reader.text('party'), reader.text('number').replace(/^№\s*/, '')];
  const money = (name: (typeof MONEY)[number]) => reader.amount(name, { negative: true }) ?? null;
  const row = {
    ...{ rowNumber: reader.rowNumber, partyText, number, period: reader.period('period') ?? '' },
    ...{ opening: money('opening'), points: readPoints(reader), accepted: money('accepted') },
    ...{ reversed: money('reversed'), paid: money('paid'), closing: money('closing') },
  };
  if (partyText === '' && number === '') reader.text('party', { required: true });
  if (MONEY.every((name) => row[name] === null) && reader.rejected === undefined)
    reader.amount('accepted', { required: true, negative: true });
  return row;
}

function readPoints(reader: RowReader<Column>): number | null {
  const written = reader.text('points');
  const plain = written.replaceAll(',', '');
  if (plain === '') return null;
  if (/^-?(?:0|[1-9]\d{0,12})(?:\.0+)?$/.test(plain)) return Number(plain) + 0;
  reader.refuse('points', written, {
    code: 'not-a-number',
    zh: '积分要是整数',
    en: 'points are a whole number',
  });
  return null;
}
