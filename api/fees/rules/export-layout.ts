/**
 * The table that the firm's software takes in, as the firm describes it once: which columns in which order, under which
 * words, how a day, a month and a sum are written.
 *
 * Protects: a layout changes how a batch is written, never which offsets it has and what they come to. The number and the
 * value are always in it: without them the posted list could not come back.
 */
import type { OutCell } from '../../platform/files/index.ts';

export const LAYOUT_FIELDS = [
  'number',
  'house',
  'item',
  'period',
  'billAmount',
  'value',
  'date',
  'batch',
  'estate',
  'building',
  'unit',
  'room',
  'billNumber',
  'leftToPay',
] as const;
export type LayoutField = (typeof LAYOUT_FIELDS)[number];
/** What no layout can do without. */
export const NEEDED_FIELDS = ['number', 'value'] as const satisfies readonly LayoutField[];

export const DATE_FORMATS = ['2026-06-15', '2026/06/15', '20260615', '2026年6月15日'] as const;
export const PERIOD_FORMATS = ['2026-06', '202606', '2026/06', '2026年6月'] as const;
export const LAYOUT_FILES = ['xlsx', 'csv', 'csv-gb18030'] as const;

export type ExportLayout = {
  columns: readonly { field: LayoutField; header: string }[];
  /** Each named by how it writes 15 June 2026. */
  dates: (typeof DATE_FORMATS)[number];
  periods: (typeof PERIOD_FORMATS)[number];
  amounts: 'yuan' | 'fen';
  /** A last row with the sum; some programs take it for an offset. */
  totalRow: boolean;
  file: (typeof LAYOUT_FILES)[number];
};

/** One offset of a batch, before it is written down. Days as 'YYYY-MM-DD', months as 'YYYY-MM', several as 'YYYY-MM~YYYY-MM'. */
export type LayoutLine = Record<
  'number' | 'house' | 'item' | 'period' | 'date' | 'batch' | 'estate' | 'building' | 'unit' | 'room',
  string
> & { billNumber: string; billAmountFen: number; valueFen: number; leftToPayFen: number };

const HEADERS: Readonly<Record<LayoutField, string>> = {
  ...{ number: '抵扣单号', house: '房号', item: '收费项目', period: '计费月份', billAmount: '账单金额' },
  ...{ value: '抵扣金额', date: '抵扣日期', batch: '批次号', estate: '小区', building: '楼栋' },
  ...{ unit: '单元', room: '室', billNumber: '账单号', leftToPay: '抵扣后还需' },
};

const WIDTHS: Readonly<Record<LayoutField, number>> = {
  ...{ number: 16, house: 14, item: 14, period: 10, billAmount: 12, value: 12, date: 12, batch: 14 },
  ...{ estate: 18, building: 8, unit: 8, room: 8, billNumber: 18, leftToPay: 12 },
};

/** What a firm gets that has said nothing: the columns with which the posted list comes back. */
export const usualLayout: ExportLayout = {
  columns: LAYOUT_FIELDS.slice(0, 7).map((field) => ({ field, header: HEADERS[field] })),
  dates: '2026-06-15',
  periods: '2026-06',
  amounts: 'yuan',
  totalRow: true,
  file: 'xlsx',
};

const AMOUNTS = {
  billAmount: 'billAmountFen',
  value: 'valueFen',
  leftToPay: 'leftToPayFen',
} as const satisfies Partial<Record<LayoutField, keyof LayoutLine>>;

const isAmount = (field: LayoutField): field is keyof typeof AMOUNTS => field in AMOUNTS;

export function layoutWidths({ columns }: ExportLayout): number[] {
  return columns.map(({ field, header }) => Math.max(WIDTHS[field], header.length * 2 + 2));
}

/** The header, the offsets in the order given, and the sum where the layout has one. */
export function layoutRows(layout: ExportLayout, lines: readonly LayoutLine[]): OutCell[][] {
  const { columns } = layout;
  const rows = lines.map((line) => columns.map(({ field }) => cellOf(layout, field, line)));
  const sums = layout.totalRow ? [totalOf(layout, lines)] : [];
  return [columns.map(({ header }) => header), ...rows, ...sums];
}

function cellOf(layout: ExportLayout, field: LayoutField, line: LayoutLine): OutCell {
  if (isAmount(field)) return amountIn(layout, line[AMOUNTS[field]]);
  if (field === 'date') return dateIn(layout.dates, line.date);
  return field === 'period' ? periodIn(layout.periods, line.period) : line[field];
}

function amountIn({ amounts }: ExportLayout, fen: number): OutCell {
  return amounts === 'fen' ? fen : { fen };
}

/** Only of what the batch comes to; the word stands in the first column that is no sum. */
function totalOf(layout: ExportLayout, lines: readonly LayoutLine[]): OutCell[] {
  const worded = layout.columns.findIndex(({ field }) => !isAmount(field));
  const valueFen = lines.reduce((sum, line) => sum + line.valueFen, 0);
  return layout.columns.map(({ field }, at) => {
    if (field === 'value') return amountIn(layout, valueFen);
    return at === worded ? '合计' : null;
  });
}

function dateIn(format: ExportLayout['dates'], date: string): OutCell {
  const [year = '', month = '', day = ''] = date.split('-');
  switch (format) {
    case '2026-06-15':
      return { date };
    case '2026/06/15':
      return `${year}/${month}/${day}`;
    case '20260615':
      return `${year}${month}${day}`;
    default:
      return `${year}年${Number(month)}月${Number(day)}日`;
  }
}

/** Several months by their first and last. A hyphen would make a day of 2026-01-03, and is written only where none else is. */
function periodIn(format: ExportLayout['periods'], period: string): string {
  const [first = '', last] = period.split('~');
  const to = { '202606': '-', '2026年6月': '至' }[format as string] ?? '~';
  return [first, last].flatMap((month) => (month === undefined ? [] : [monthIn(format, month)])).join(to);
}

function monthIn(format: ExportLayout['periods'], period: string): string {
  const [year = '', month = ''] = period.split('-');
  switch (format) {
    case '2026-06':
      return period;
    case '202606':
      return `${year}${month}`;
    case '2026/06':
      return `${year}/${month}`;
    default:
      return `${year}年${Number(month)}月`;
  }
}
