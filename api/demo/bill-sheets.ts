/** The firm's sheets of bills, as its program writes them: a title, a row for who made it, lines, and their total. */
import type { OutCell, OutSheet } from '../platform/files/index.ts';
import type { Month } from '../programme/index.ts';
import { Chance } from './chance.ts';
import { isWorked, type PlannedHouse } from './estate-plan.ts';

export const FEE_ITEM = '物业服务费';
const SHARED_ITEM = '公摊水电';
/** 1.20 yuan a square metre. */
const RATE_FEN = 120;
/** Of a thousand houses, those that never pay. */
const DEBTORS = 35;

export type BillLine = {
  house: PlannedHouse;
  item: string;
  month: Month;
  amountFen: number;
  paidFen: number;
};

/** Points in the firm's hands, by the house's key: it posts them as a way of payment, so they are in what it received. */
export type Payments = { offsetFen: ReadonlyMap<string, number> };

export function keyOf({ building, unit, room }: Pick<PlannedHouse, 'building' | 'unit' | 'room'>): string {
  return `${building}/${unit}/${room}`;
}

/** The bills of a month; `payments` when the month has passed and most have paid. */
export function billLines(
  houses: readonly PlannedHouse[],
  input: { seed: string; month: Month; payments?: Payments },
): BillLine[] {
  const { seed, month, payments } = input;
  return houses.flatMap((house) => {
    const key = keyOf(house);
    const feeFen = Math.round((house.areaHundredths * RATE_FEN) / 100);
    const sharedFen = new Chance(`${seed}/shared/${month}/${key}`).int(600, 2_800);
    const pays = payments && (isWorked(house) || !new Chance(`${seed}/debtor/${key}`).inThousand(DEBTORS));
    const offsetFen = payments?.offsetFen.get(key) ?? 0;
    return [
      { house, item: FEE_ITEM, month, amountFen: feeFen, paidFen: pays ? feeFen : offsetFen },
      { house, item: SHARED_ITEM, month, amountFen: sharedFen, paidFen: pays ? sharedFen : 0 },
    ];
  });
}

export function billSheet(lines: readonly BillLine[], title: { month: Month; on: string }): OutSheet {
  const [year = '', month = ''] = title.month.split('-');
  const header = [
    '序号',
    '房号',
    '业主',
    '收费项目',
    '计费月份',
    '建筑面积',
    '单价',
    '应收金额',
    '已收金额',
    '欠费金额',
  ];
  const rows = lines.map(({ house, item, month: of, amountFen, paidFen }, at): OutCell[] => {
    const isFee = item === FEE_ITEM;
    const area = isFee ? (house.areaHundredths / 100).toFixed(2) : '';
    const figures = [{ fen: amountFen }, { fen: paidFen }, { fen: amountFen - paidFen }];
    const bill = [item, of.replace('-', ''), area, isFee ? '1.20' : '', ...figures];
    return [String(at + 1), keyOf(house).replaceAll('/', '-'), house.people[0]?.name ?? '', ...bill];
  });
  const sum = (of: (line: BillLine) => number) => ({
    fen: lines.reduce((total, line) => total + of(line), 0),
  });
  const [total, paid] = [sum(({ amountFen }) => amountFen), sum(({ paidFen }) => paidFen)];
  return {
    name: '应收明细',
    rows: [
      [`和美苑${year}年${Number(month)}月物业费应收明细表`],
      ['制表：财务部', '', '', '', '', '', `制表日期：${title.on}`],
      header,
      ...rows,
      ['合计', '', '', '', '', '', '', total, paid, { fen: total.fen - paid.fen }],
    ],
    headerRows: 3,
  };
}
