/**
 * What a change of a firm's settings changes, line by line, for whoever is to approve it. Pure.
 *
 * Protects: nobody signs for what they were not shown: every part of a setting that differs is a line of its own.
 */
import { formatField, type MappedText } from './setting-words.ts';
import type { ExportLayout } from './export-layout.ts';

export const FIRM_SETTING_KINDS = ['layout', 'accounts', 'mapping'] as const;
export type FirmSettingKind = (typeof FIRM_SETTING_KINDS)[number];

type Words = { zh: string; en: string };
/** `before`, `after`: left out where there was nothing, or is to be nothing. */
export type SettingChange = { what: Words; before?: Words; after?: Words };

type Account = { code: string; name: string };
type Accounts = Record<'settlement' | 'concession' | 'gain' | 'receivable', Account> & {
  items: readonly (Account & { item: string })[];
};
type Mapping = { header: readonly string[]; columns: readonly MappedText[] };
export type FirmSetting =
  | { kind: 'layout'; body: ExportLayout | null }
  | { kind: 'accounts'; body: Accounts | null }
  | { kind: 'mapping'; body: Mapping | null };

/** `raw`: what is stored, by which two are compared; their words might be the same. */
type Part = { key: string; what: Words; value: Words; raw: unknown };

export function settingChanges(before: FirmSetting, after: FirmSetting): SettingChange[] {
  const [old, now] = [partsOf(before), partsOf(after)];
  const keys = [...new Set([...old.keys(), ...now.keys()])];
  return keys.flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    const what = (is ?? was)?.what;
    if (!what || JSON.stringify(was?.raw) === JSON.stringify(is?.raw)) return [];
    return [{ what, ...(was && { before: was.value }), ...(is && { after: is.value }) }];
  });
}

function partsOf(setting: FirmSetting): Map<string, Part> {
  return new Map(listOf(setting).map((part) => [part.key, part]));
}

function listOf(setting: FirmSetting): Part[] {
  if (setting.body === null) return [];
  if (setting.kind === 'layout') return layoutParts(setting.body);
  return setting.kind === 'accounts' ? accountParts(setting.body) : mappingParts(setting.body);
}

const same = (text: string): Words => ({ zh: text, en: text });
const FILES = {
  xlsx: same('XLSX'),
  csv: { zh: 'CSV（UTF-8）', en: 'CSV (UTF-8)' },
  'csv-gb18030': { zh: 'CSV（GB18030）', en: 'CSV (GB18030)' },
};

function layoutParts({ columns, dates, periods, amounts, totalRow, file }: ExportLayout): Part[] {
  const list = columns.map(({ field, header }) => `${header} = ${formatField(field).zh}`).join('、');
  const listEn = columns.map(({ field, header }) => `${header} = ${formatField(field).en}`).join(', ');
  return [
    {
      ...{
        key: 'columns',
        what: { zh: '列和顺序', en: 'Columns in order' },
        value: { zh: list, en: listEn },
      },
      raw: columns.map(({ field, header }) => [field, header]),
    },
    { key: 'file', what: { zh: '文件', en: 'File' }, value: FILES[file], raw: file },
    {
      ...{ key: 'amounts', raw: amounts, what: { zh: '金额', en: 'Sums' } },
      value: amounts === 'fen' ? { zh: '以分为单位', en: 'in fen' } : { zh: '以元为单位', en: 'in yuan' },
    },
    { key: 'dates', what: { zh: '日期写法', en: 'Days' }, value: same(dates), raw: dates },
    { key: 'periods', what: { zh: '月份写法', en: 'Months' }, value: same(periods), raw: periods },
    {
      ...{ key: 'totalRow', raw: totalRow, what: { zh: '合计行', en: 'Row of the sum' } },
      value: totalRow ? { zh: '有', en: 'yes' } : { zh: '没有', en: 'no' },
    },
  ];
}

const ACCOUNTS = {
  settlement: { zh: '应收结算款', en: 'Owed by funders' },
  concession: { zh: '积分让利', en: 'Conceded' },
  gain: { zh: '结算差额收入', en: 'Gain' },
  receivable: { zh: '应收物业费', en: 'Fees owed' },
};

function accountParts({ items, ...general }: Accounts): Part[] {
  const of = ({ code, name }: Account) => ({ value: same(`${code} ${name}`), raw: [code, name] });
  const names = ['settlement', 'concession', 'gain', 'receivable'] as const;
  return [
    ...names.map((name) => ({ key: name, what: ACCOUNTS[name], ...of(general[name]) })),
    ...items.map((item) => ({ key: `item:${item.item}`, what: same(item.item), ...of(item) })),
  ];
}

function mappingParts({ header, columns }: Mapping): Part[] {
  const heads = header.filter((name) => name !== '').join('、');
  return [
    { key: 'header', what: { zh: '用于这样的表头', en: 'For the header' }, value: same(heads), raw: header },
    ...columns.map(({ column, field }) => ({
      ...{ key: `column:${column}`, what: { zh: `列“${column}”`, en: `Column “${column}”` } },
      ...{ value: formatField(field), raw: field },
    })),
  ];
}
