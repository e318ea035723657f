import type { RowReader } from '../../platform/files/index.ts';
import { parseHouse, writtenHouse, type HouseReference } from './house-reference.ts';

/** The words for a house's columns, shared by every file that names houses. */
export const HOUSE_WORDS = {
  estate: ['小区', '小区名称', '楼盘', '楼盘名称'],
  building: ['楼栋', '楼号', '楼栋号', '栋号', '幢号', '楼座', '楼栋名称', '楼宇', '栋', '幢'],
  unit: ['单元', '单元号', '单元名称'],
  room: [
    '房号',
    '房间号',
    '室号',
    '门牌号',
    '房屋编码',
    '房屋编号',
    '房间编码',
    '房屋名称',
    '房产名称',
    '单元房号',
    '房屋',
    '房间',
    '房产',
    '户号',
    '房屋地址',
  ],
} as const;
export type HouseColumn = keyof typeof HOUSE_WORDS;

/** The part of a row reader that these need; any reader whose columns include a house's will do. */
type HouseCells = Pick<RowReader<HouseColumn>, 'text' | 'isNumber' | 'refuse'>;

/**
 * The row's house, whether it stands in one cell or in several; reasons go to the reader. What nobody can read may have
 * been `decided` by a person, by what is written.
 */
export function readHouse(
  reader: HouseCells,
  decided?: ReadonlyMap<string, HouseReference>,
): HouseReference | undefined {
  const room = reader.text('room', { required: true });
  if (room === '') return undefined;
  const parts = {
    estate: reader.text('estate'),
    building: reader.text('building'),
    unit: reader.text('unit'),
    room,
  };
  const parsed = parseHouse(parts);
  if ('house' in parsed) return parsed.house;
  const known = decided?.get(writtenHouse(parts));
  if (known !== undefined) return known;
  reader.refuse('room', room, parsed.reason);
  return undefined;
}

/** One warning a file: a column of numbers has no leading zeros left, so 0501 may have become 501. */
export function lostZeros(reader: HouseCells): boolean {
  return reader.isNumber('room') && /^\d{1,3}$/.test(reader.text('room'));
}

export const LOST_ZEROS_WARNING = {
  code: 'room-as-number',
  field: 'room',
  zh: '房号这一列在 Excel 里是数字，开头的 0（如 0501）可能已经丢失。如有房屋对不上，请把这一列设成“文本”后重新填写',
  en: 'Excel holds the rooms as numbers, so leading zeros (0501) may be lost. If houses are not found, format the column as text and enter them again',
} as const;
