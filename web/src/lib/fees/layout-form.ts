/** The form of 导出格式: a column is in the layout when it has a place, and stands in the order of the places. */
export const layoutFields = [
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
export type LayoutField = (typeof layoutFields)[number];

export const layoutDates = ['2026-06-15', '2026/06/15', '20260615', '2026年6月15日'] as const;
export const layoutPeriods = ['2026-06', '202606', '2026/06', '2026年6月'] as const;
export const layoutFiles = ['xlsx', 'csv', 'csv-gb18030'] as const;
export const layoutAmounts = ['yuan', 'fen'] as const;

export type Layout = {
  columns: { field: LayoutField; header: string }[];
  dates: (typeof layoutDates)[number];
  periods: (typeof layoutPeriods)[number];
  amounts: (typeof layoutAmounts)[number];
  totalRow: boolean;
  file: (typeof layoutFiles)[number];
};

/** What stands in the fields, as it was typed. */
export type LayoutInput = Omit<Layout, 'columns'> & {
  columns: Record<LayoutField, { place: string; header: string }>;
};

type TextOf = (name: string) => string;

export function readLayoutForm(textOf: TextOf): LayoutInput {
  const one = <Word extends string>(words: readonly [Word, ...Word[]], name: string): Word =>
    words.find((word) => word === textOf(name)) ?? words[0];
  const columns = eachField((field) => ({
    place: textOf(`place-${field}`).trim(),
    header: textOf(`header-${field}`).trim(),
  }));
  return {
    columns,
    dates: one(layoutDates, 'dates'),
    periods: one(layoutPeriods, 'periods'),
    amounts: one(layoutAmounts, 'amounts'),
    totalRow: textOf('totalRow') === 'yes',
    file: one(layoutFiles, 'file'),
  };
}

/** The layout that was meant; undefined where a place is no whole number. An empty header is the usual one. */
export function layoutOf(
  input: LayoutInput,
  usual: Readonly<Record<LayoutField, string>>,
): Layout | undefined {
  const placed = layoutFields.filter((field) => input.columns[field].place !== '');
  if (placed.some((field) => !/^[1-9]\d?$/.test(input.columns[field].place))) return undefined;
  const columns = placed
    .sort((one, other) => Number(input.columns[one].place) - Number(input.columns[other].place))
    .map((field) => ({ field, header: input.columns[field].header || usual[field] }));
  return { ...input, columns };
}

/** The fields as a layout fills them. */
export function inputOf({ columns, ...layout }: Layout): LayoutInput {
  const filled = eachField((field) => {
    const at = columns.findIndex((column) => column.field === field);
    return { place: at === -1 ? '' : String(at + 1), header: columns[at]?.header ?? '' };
  });
  return { ...layout, columns: filled };
}

function eachField<Value>(make: (field: LayoutField) => Value): Record<LayoutField, Value> {
  return Object.fromEntries(layoutFields.map((field) => [field, make(field)])) as Record<LayoutField, Value>;
}
