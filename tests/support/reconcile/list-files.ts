/**
 * A firm's posted list as the file that comes by mail: the layouts and the spoilt ones of the documentation, as real bytes
 * for the real readers.
 */
import { writeCsv, writeXlsx, type OutCell } from '../../../api/platform/files/index.ts';
import { formatYuan } from '../../../api/platform/money/index.ts';
import { makeWorkbook, rowXml } from '../make-workbook.ts';
import type { ListRow } from './planted-list.ts';

export const LAYOUTS = [
  'list.csv',
  'payments.csv',
  'list.xlsx',
  'gbk.csv',
  'swapped.csv',
  'rooms-as-numbers.xlsx',
  'merged-and-total.xlsx',
] as const;
export type Layout = (typeof LAYOUTS)[number];

/** `firstRow`: the number of the row, from 1, in which the first row of the list stands; the others follow. */
export type ListFile = { name: string; bytes: Uint8Array; firstRow: number };

export async function writeList(rows: readonly ListRow[], layout: Layout): Promise<ListFile> {
  const { firstRow, bytes } = await written(rows, layout);
  return { name: layout, bytes, firstRow };
}

type Written = Omit<ListFile, 'name'>;

async function written(rows: readonly ListRow[], layout: Layout): Promise<Written> {
  switch (layout) {
    case 'payments.csv':
      return csv([PAYMENTS, ...rows.map(paymentCells)]);
    case 'gbk.csv':
      return csv([POSTED, ...rows.map(postedCells)], 'gb18030');
    case 'swapped.csv':
      return csv([POSTED, ...rows.map(postedCells)].map(swapped));
    case 'list.xlsx':
      return {
        firstRow: 2,
        bytes: await gather(writeXlsx({ name: '入账', rows: [POSTED, ...rows.map(postedCells)] })),
      };
    case 'rooms-as-numbers.xlsx':
      return splitWorkbook(rows, { rooms: Number });
    case 'merged-and-total.xlsx':
      return splitWorkbook(rows, { rooms: String, isReport: true });
    default:
      return csv([POSTED, ...rows.map(postedCells)]);
  }
}

const POSTED = ['抵扣单号', '房号', '收费项目', '计费月份', '入账金额', '入账日期', '状态', '备注'];
const STATES = { posted: '已入账', returned: '已退回', paid: '已收' } as const;

function postedCells(row: ListRow): OutCell[] {
  const { number, house, item, period, amountFen, day, state, remark } = row;
  const month = period.replace('-', '');
  return [number, house, item, month, { fen: amountFen }, day, STATES[state], remark];
}

/** 计费月份 stands where 房号 should, and the other way round. */
function swapped(cells: readonly OutCell[]): OutCell[] {
  const [number = '', house = '', item = '', period = '', ...rest] = cells;
  return [number, period, item, house, ...rest];
}

const PAYMENTS = ['收款日期', '房屋', '收费项目', '账期', '收款方式', '状态', '实收金额', '摘要'];

function paymentCells({ number, house, item, period, amountFen, day, state, remark }: ListRow): OutCell[] {
  const [building = '', ...others] = house.split('-');
  const by = state === 'paid' ? remark : '积分抵扣';
  const about =
    state === 'paid' ? '' : ['积分抵扣', number, state === 'returned' ? remark : ''].join(' ').trim();
  const status = state === 'returned' ? '已退回' : '已入账';
  const money = { fen: amountFen };
  return [
    day.replaceAll('-', '/'),
    `${building}#-${others.join('-')}`,
    // As the cashier calls it.
    item === '物业服务费' ? '物业费' : item,
    period,
    by,
    status,
    money,
    about,
  ];
}

function csv(rows: readonly (readonly OutCell[])[], encoding: 'utf8-bom' | 'gb18030' = 'utf8-bom'): Written {
  return { firstRow: 2, bytes: writeCsv(rows, { encoding }) };
}

/** Building, unit and room in columns of their own; as a report with a title, each building in one merged cell, and a total. */
async function splitWorkbook(
  rows: readonly ListRow[],
  { rooms, isReport = false }: { rooms: (room: string) => string | number; isReport?: boolean },
): Promise<Written> {
  const above = isReport ? [['积分抵扣入账明细表'], ['制表：财务部']] : [];
  const header = [
    '楼栋',
    '单元',
    '房号',
    '抵扣单号',
    '收费项目',
    '计费月份',
    '入账金额',
    '入账日期',
    '状态',
    '备注',
  ];
  const firstRow = above.length + 2;
  const [cells, merges] = [[...above, header] as (string | number)[][], isReport ? ['A1:J1'] : []];
  let [buildingBefore, since] = ['', firstRow];
  for (const [nth, row] of [...rows, undefined].entries()) {
    const [building = '', unit = '', room = ''] = row?.house.split('-') ?? [];
    const at = firstRow + nth;
    const repeats = isReport && building === buildingBefore;
    if (!repeats) {
      if (isReport && at - since > 1) merges.push(`A${since}:A${at - 1}`);
      [buildingBefore, since] = [building, at];
    }
    if (!row) break;
    const { number, item, period, amountFen, day, state, remark } = row;
    const month = period.replace('-', '.');
    const yuan = Number(formatYuan(amountFen));
    const place = [repeats ? '' : `${building}号楼`, Number(unit), rooms(room)];
    cells.push([...place, number, item, month, yuan, day, STATES[state], remark]);
  }
  if (isReport) {
    const sum = rows.reduce((total, { amountFen }) => total + amountFen, 0);
    cells.push(['合计', '', '', '', '', '', Number(formatYuan(sum))]);
  }
  const xml = cells.map((each, at) => rowXml(at + 1, each)).join('');
  return { firstRow, bytes: await makeWorkbook({ sheets: [{ name: '入账', rows: xml, merges }] }) };
}

async function gather(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
