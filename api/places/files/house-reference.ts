/**
 * Protects: 0501 and 501 are two rooms. Buildings and units are numbers and lose their leading zeros (`JKY-01-1` is
 * building 1), rooms never do.
 */
import { squeeze, type CellReason } from '../../platform/files/index.ts';

/** A house as a file names it. `unit` is '' where the building has none. */
export type HouseReference = {
  /** The estate's name or code, when the file gives one. */
  readonly estate?: string;
  readonly building: string;
  readonly unit: string;
  readonly room: string;
};

export type HouseParts = {
  readonly estate?: string;
  readonly building?: string;
  readonly unit?: string;
  /** A room alone, or the whole house in one cell. */
  readonly room: string;
};

type ParsedHouse = { readonly house: HouseReference } | { readonly reason: CellReason };

const BUILDING_END = '(?:号楼|#楼|幢楼|栋楼|栋|幢|座|楼|#|号)';
const NAME = '[0-9A-Za-z一二三四五六七八九十东西南北中]{1,6}';
const ROOM = '[0-9]{1,6}[A-Za-z东西南北中]?|[A-Za-z][0-9]{1,6}';
/** 和美苑3号楼2单元0501室, 3栋2单元0501, 3#楼501: the words say which part is which. */
const IN_WORDS = new RegExp(
  `^(?<estate>.*?[^0-9A-Za-z#\\-一二三四五六七八九十东西南北中]|)-?(?<building>${NAME})${BUILDING_END}-?(?:(?<unit>${NAME})单元-?|(?<bareUnit>[0-9A-Za-z]{1,2})-)?(?<room>${ROOM})(?:室|号|房)?$`,
);
const BUILDING_WORD = new RegExp(`${BUILDING_END}$`);
const UNIT_WORD = /单元$/;
const WHOLE_NAME = new RegExp(`^${NAME}$`);
const CODE = new RegExp(`^(?:${ROOM})$`);
const DATE = /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$/;

/** The house of a row, from one cell or from several. */
export function parseHouse(parts: HouseParts): ParsedHouse {
  const room = squeeze(parts.room);
  if (DATE.test(room)) return refuse('house-became-date');
  const whole = parseWhole(room);
  const estate = parts.estate === undefined || parts.estate === '' ? undefined : squeeze(parts.estate);
  if (parts.building === undefined || parts.building === '') {
    if (whole === undefined) return refuse('house-unreadable');
    return { house: withEstate(whole, estate) };
  }
  const building = plainPart(squeeze(parts.building), BUILDING_WORD);
  const unit = plainPart(squeeze(parts.unit ?? ''), UNIT_WORD);
  if (building === undefined || unit === undefined) return refuse('house-unreadable');
  if (whole !== undefined) {
    // The room's cell repeats the whole house; it must say the same.
    const same = whole.building === building && (unit === '' || whole.unit === unit);
    return same ? { house: withEstate(whole, estate) } : refuse('house-contradicts');
  }
  const bare = room.replace(/(?:室|号|房)$/, '');
  if (!CODE.test(bare)) return refuse('house-unreadable');
  return { house: withEstate({ building, unit, room: bare.toUpperCase() }, estate) };
}

/** What a file writes for a house, to remember it by where it is no code of ours: all its cells, without spaces. */
export function writtenHouse({ building = '', unit = '', room }: HouseParts): string {
  return [building, unit, room]
    .map((part) => squeeze(part).toUpperCase())
    .filter((part) => part !== '')
    .join('-')
    .slice(0, LONGEST_WRITTEN);
}

const LONGEST_WRITTEN = 200;

/** As files name it: `3-2-0501`; one code for one house of an estate. */
export function houseCode(house: Pick<HouseReference, 'building' | 'unit' | 'room'>): string {
  return [house.building, house.unit, house.room].filter((part) => part !== '').join('-');
}

const LIKE_A_MONTH = /^20\d\d-(?:0[1-9]|1[0-2])$/;

/** A house's code in a sentence: in quotation marks where it reads like a month (`2012-10`), which pages write out. */
export function houseInWords(code: string): string {
  return LIKE_A_MONTH.test(code) ? `“${code}”` : code;
}

/** A house's name is short; a long text is something else, and patterns need not be tried on it. */
const LONGEST = 60;

function parseWhole(text: string): HouseReference | undefined {
  if (text.length > LONGEST) return undefined;
  const words = IN_WORDS.exec(text)?.groups;
  if (words !== undefined) {
    const building = plainNumber(words['building'] ?? '');
    const unit = plainNumber(words['unit'] ?? words['bareUnit'] ?? '');
    return withEstate(
      { building, unit, room: (words['room'] ?? '').toUpperCase() },
      words['estate'] || undefined,
    );
  }
  return parseCode(text);
}

/** `3#-2-0501`, `3-2-0501`, `JKY-01-1-0101`, `3-0501`. */
function parseCode(text: string): HouseReference | undefined {
  const parts = text.replace(/[－—–~_/\\]/g, '-').split('-');
  if (parts.length < 2 || parts.length > 4 || parts.includes('')) return undefined;
  const room = (parts.pop() ?? '').replace(/(?:室|号|房)$/, '');
  if (!CODE.test(room)) return undefined;
  // Four parts are a house only if the first is a name: 3-2-5-01 could be read in two ways.
  const estate = parts.length === 3 ? parts.shift() : undefined;
  if (estate !== undefined && /^\d+$/.test(estate)) return undefined;
  const building = plainPart(parts[0] ?? '', BUILDING_WORD);
  const unit = plainPart(parts[1] ?? '', UNIT_WORD);
  if (building === undefined || building === '' || unit === undefined) return undefined;
  return withEstate({ building, unit, room: room.toUpperCase() }, estate);
}

function plainPart(text: string, word: RegExp): string | undefined {
  if (text === '') return '';
  const bare = text.replace(word, '');
  return WHOLE_NAME.test(bare) ? plainNumber(bare) : undefined;
}

const CHINESE_DIGITS = '零一二三四五六七八九';

/** `01` and 一 as `1`, 十二 as `12`, `a1` as `A1`. */
function plainNumber(text: string): string {
  const tens = /^([一二三四五六七八九])?十([一二三四五六七八九])?$/.exec(text);
  if (tens !== null) {
    const [, ten = '一', one = '零'] = tens;
    return String(CHINESE_DIGITS.indexOf(ten) * 10 + CHINESE_DIGITS.indexOf(one));
  }
  if (/^[一二三四五六七八九]$/.test(text)) return String(CHINESE_DIGITS.indexOf(text));
  return text.replace(/^0+(?=.)/, '').toUpperCase();
}

function withEstate(house: HouseReference, estate: string | undefined): HouseReference {
  return estate === undefined ? house : { ...house, estate };
}

const REASONS = {
  'house-unreadable': {
    zh: '看不懂这个房号，请写成 3-2-0501（楼栋-单元-房间）这样',
    en: 'this is not a house; write it like 3-2-0501 (building-unit-room)',
  },
  'house-became-date': {
    zh: '房号被 Excel 改成了日期，请把这一列设成“文本”后重新填写',
    en: 'Excel has turned the house into a date; format the column as text and enter it again',
  },
  'house-contradicts': {
    zh: '和楼栋、单元两列写的不是同一户',
    en: 'this is not the house that the building and unit columns name',
  },
} as const;

function refuse(code: keyof typeof REASONS): { reason: CellReason } {
  return { reason: { code, ...REASONS[code] } };
}
