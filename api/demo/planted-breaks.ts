/**
 * Last month's offsets of nine neighbours on one stairway, and what the firm's list says of them: the ten rows of the
 * documentation, one break of each kind. The list is left as a file for the accountant to import.
 */
import type { OutCell } from '../platform/files/index.ts';
import { addDays, addMonths, startOfDay, type Month } from '../programme/index.ts';
import { clockTime, type DemoEvent } from './events.ts';

/** In the order of their numbers, 0001 to 0009. */
const PLANTED = [
  { room: '0101', wantedFen: 3_549 },
  { room: '0102', wantedFen: 2_000 },
  { room: '0201', wantedFen: 3_549 },
  { room: '0202', wantedFen: 1_000 },
  { room: '0301', wantedFen: 1_500 },
  { room: '0501', wantedFen: 2_000 },
  { room: '0302', wantedFen: 1_800 },
  { room: '0401', wantedFen: 3_000 },
  { room: '0402', wantedFen: 1_200 },
] as const;

const REISSUED = { house: '3/2/0302', amountFen: 11_602 };
const CANCELLED = { house: '3/2/0402', amountFen: 0 };
const BILL_FEN = 11_832;
/** The volunteer buys her own points, in worked-month.ts. */
const VOLUNTEER_ROOM = '0501';
const DAILY_FEN = 45_000;

export type Owners = ReadonlyMap<string, string>;

/** `owners`: who owns a house, by its key. `month`: the one before the present one. */
export function planPlantedOffsets(owners: Owners, month: Month): DemoEvent[] {
  return PLANTED.flatMap(({ room, wantedFen }, at) => {
    const house = `3/2/${room}`;
    const member = owners.get(house);
    if (member === undefined) throw new Error(`nobody owns ${house}`);
    const time = clockTime(startOfDay(`${month}-01`), 8, at);
    const points = room === VOLUNTEER_ROOM ? [] : buyingPoints(member, wantedFen, addMonths(month, -1));
    return [...points, { do: 'offset', at: time, member, house, month, wantedFen }];
  });
}

export function planReissue(month: Month): DemoEvent {
  const at = clockTime(startOfDay(`${month}-27`), 10);
  return { do: 'reissue', at, month, lines: [REISSUED, CANCELLED] };
}

/** One consumer point is worth one fen of a bill and is earned by one yuan. */
function buyingPoints(member: string, points: number, month: Month): DemoEvent[] {
  const days = Math.ceil((points * 100) / DAILY_FEN);
  return Array.from({ length: days }, (_, at) => {
    const day = addDays(`${month}-03`, at * 2);
    const ref = `planted-purchase-${member}-${day}`;
    return {
      do: 'purchase',
      at: clockTime(startOfDay(day), 18, at),
      ref,
      shop: 2 + (at % 2),
      member,
      amountFen: DAILY_FEN,
    };
  });
}

export type ListedOffset = { number: string; house: string; item: string; period: string; valueFen: number };

export const POSTED_LIST_HEADER = [
  '抵扣单号',
  '小区',
  '房号',
  '收费项目',
  '计费月份',
  '入账金额',
  '入账日期',
  '状态',
  '备注',
];

/** A row as the firm's program writes it. */
export function postedRow(
  { number, house, item, period, valueFen }: ListedOffset,
  told: { on: string; state?: string; remark?: string },
): OutCell[] {
  const code = house.replaceAll('/', '-');
  const { on, state = '已入账', remark = '' } = told;
  return [
    number,
    '和美苑',
    code,
    item,
    period.replace('-', ''),
    { fen: valueFen },
    { date: on },
    state,
    remark,
  ];
}

/** What the firm's list says of an offset; its number decides what goes wrong with it. */
export function plantedRows(offset: ListedOffset, on: string): OutCell[][] {
  const right = { on };
  switch (offset.number.slice(-4)) {
    case '0002':
      return [postedRow({ ...offset, number: '', house: '3/2/0602', valueFen: 1_800 }, right)];
    case '0003':
      return [postedRow({ ...offset, valueFen: offset.valueFen + 1 }, right)];
    case '0004':
      return [postedRow(offset, right), postedRow(offset, right)];
    case '0005':
      return [postedRow({ ...offset, period: addMonths(offset.period, 1) }, right)];
    case '0006':
      return [postedRow({ ...offset, house: '3/2/0502' }, right)];
    case '0007':
      // Its bill was issued anew; the firm's program knows nothing of the old one.
      return [];
    case '0008':
      // Paid in cash, all of it, though 30.00 of it were offset.
      return [postedRow({ ...offset, valueFen: BILL_FEN }, { on, state: '现金已收' })];
    case '0009':
      return [postedRow(offset, { on, state: '已退回', remark: '账单已作废' })];
    default:
      return [postedRow(offset, right)];
  }
}
