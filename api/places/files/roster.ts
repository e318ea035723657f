/** The roster of an estate: who lives in or owns which house, one line a person. */
import {
  bodyRows,
  columnWarnings,
  duplicateReason,
  fileProblem,
  findHeader,
  finish,
  FirstRows,
  isFileProblem,
  missingColumns,
  otherColumns,
  RowReader,
  ROWS_A_STEP,
  type ColumnWords,
  type FileProblem,
  type Parsed,
  type RejectedRow,
  type Steps,
  type TableFile,
} from '../../platform/files/index.ts';
import type { Relation } from '../houses.ts';
import { HOUSE_WORDS, LOST_ZEROS_WARNING, lostZeros, readHouse, type HouseColumn } from './house-columns.ts';
import { houseCode, type HouseReference } from './house-reference.ts';

export type RosterRow = {
  readonly rowNumber: number;
  readonly house: HouseReference;
  readonly name: string;
  readonly phone?: string;
  readonly relation: Relation;
  /** ISO dates, both included. */
  readonly from?: string;
  readonly to?: string;
};

type Column = HouseColumn | 'serial' | 'name' | 'phone' | 'relation' | 'from' | 'to';

const WORDS: ColumnWords<Column> = {
  ...HOUSE_WORDS,
  serial: ['序号', '行号'],
  name: ['姓名', '住户姓名', '业主姓名', '人员姓名', '住户', '业主', '名字'],
  phone: ['手机', '手机号', '手机号码', '联系电话', '联系方式', '电话', '电话号码'],
  relation: [
    '与房屋关系',
    '身份',
    '人员类型',
    '住户类型',
    '关系',
    '类型',
    '住户身份',
    '与户主关系',
    '与业主关系',
  ],
  from: ['起始日期', '入住日期', '开始日期', '迁入日期'],
  to: ['截止日期', '结束日期', '迁出日期', '到期日期'],
};

const WANTED: readonly Column[] = ['room', 'name', 'relation'];

const RELATIONS: Readonly<Record<Relation, readonly string[]>> = {
  owner: ['业主', '产权人', '户主', '房主', '本人', '共有产权人', '共有人'],
  family: [
    '家庭成员',
    '家属',
    '家人',
    '亲属',
    '配偶',
    '妻子',
    '丈夫',
    '子女',
    '儿子',
    '女儿',
    '父母',
    '父亲',
    '母亲',
    '同住人',
  ],
  tenant: ['租户', '租客', '承租人', '承租户', '租住人'],
};
const RELATION_OF = new Map(
  (Object.keys(RELATIONS) as Relation[]).flatMap((relation) =>
    RELATIONS[relation].map((word) => [word, relation]),
  ),
);

const LONGEST_NAME = 40;

export function parseRoster(table: TableFile): Parsed<RosterRow> | FileProblem {
  return finish(rosterSteps(table));
}

/** The same in steps: `await inTurns(rosterSteps(table))` where others wait for their turn. */
export function* rosterSteps(table: TableFile): Steps<Parsed<RosterRow> | FileProblem> {
  const header = findHeader(table, WORDS, WANTED);
  if (isFileProblem(header)) return header;
  const missing = missingColumns(header, WORDS, WANTED);
  if (missing !== undefined) return missing;

  const reader = new RowReader(table, header);
  const seen = new FirstRows();
  const rows: RosterRow[] = [];
  const rejected: RejectedRow[] = [];
  let zerosLost = false;
  for (const { index, kind } of bodyRows(table, header)) {
    if (kind !== 'row') continue;
    reader.turnTo(index);
    const row = readRow(reader, seen);
    zerosLost ||= lostZeros(reader);
    if (row !== undefined) rows.push(row);
    else if (reader.rejected !== undefined) rejected.push(reader.rejected);
    if (index % ROWS_A_STEP === 0) yield;
  }
  return {
    rows,
    rejected,
    problems: rows.length + rejected.length === 0 ? [fileProblem('no-rows')] : [],
    warnings: [
      ...reader.warnings,
      ...(zerosLost ? [LOST_ZEROS_WARNING] : []),
      ...columnWarnings(otherColumns(header)),
    ],
    totals: { computedFen: 0, columns: [] },
    headerRow: header.row,
    implied: [],
  };
}

function readRow(reader: RowReader<Column>, seen: FirstRows): RosterRow | undefined {
  const house = readHouse(reader);
  const name = readName(reader);
  const relation = readRelation(reader);
  const from = reader.date('from');
  const to = reader.date('to');
  if (from !== undefined && to !== undefined && to < from)
    reader.refuse('to', to, {
      code: 'ends-before-start',
      zh: '早于起始日期',
      en: 'this is before the start',
    });
  const phone = reader.phone('phone');
  if (reader.rejected !== undefined || house === undefined || relation === undefined) return undefined;

  // One person may stand in a house once for each period; two people of one name differ by their phones.
  const person = [houseCode(house), name, phone ?? '', from ?? ''].join('\u0000');
  const key = [house.estate ?? '', person];
  const earlier = seen.see(key, reader.rowNumber);
  if (earlier !== undefined) {
    reader.refuse('name', name, duplicateReason(earlier));
    return undefined;
  }
  return {
    rowNumber: reader.rowNumber,
    house,
    name,
    relation,
    ...(phone === undefined ? {} : { phone }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

function readName(reader: RowReader<Column>): string {
  const name = reader.text('name', { required: true });
  if (name.length > LONGEST_NAME)
    reader.refuse('name', name, {
      code: 'name-too-long',
      zh: `姓名超过 ${LONGEST_NAME} 个字`,
      en: `the name is longer than ${LONGEST_NAME} characters`,
    });
  else if (/^[\d.,\s]+$/.test(name))
    reader.refuse('name', name, { code: 'name-is-number', zh: '姓名是一串数字', en: 'the name is a number' });
  return name;
}

function readRelation(reader: RowReader<Column>): Relation | undefined {
  const text = reader.text('relation', { required: true });
  if (text === '') return undefined;
  const relation = RELATION_OF.get(text.replace(/\s|[（(].*[)）]/g, ''));
  if (relation === undefined)
    reader.refuse('relation', text, {
      code: 'relation-unknown',
      zh: '请填“业主”“家庭成员”或“租户”',
      en: 'write 业主 (owner), 家庭成员 (family) or 租户 (tenant)',
    });
  return relation;
}
