import { expect, test } from 'vitest';
import { LAYOUT_FIELDS, usualLayout } from './export-layout.ts';
import { MAPPED_FIELDS } from '../files/bill-mapping.ts';
import { settingChanges } from './setting-changes.ts';
import { FIELD_WORDS, formatField } from './setting-words.ts';

const layout = (columns: typeof usualLayout.columns) =>
  ({ kind: 'layout', body: { ...usualLayout, columns } }) as const;

test('a layout’s column from 3-2-0501 to 0501 is a change that its approver is shown', () => {
  const [was, is] = (['house', 'room'] as const).map((field) => layout([{ field, header: '房号' }]));
  expect(settingChanges(was!, is!)).toMatchObject([
    { what: { zh: '列和顺序' }, before: { zh: '房号 = 房号（楼-单元-室）' }, after: { zh: '房号 = 室号' } },
  ]);
  expect(settingChanges(was!, was!)).toEqual([]);
});

test('no two fields share a word, and each field has one', () => {
  for (const at of [0, 1] as const) {
    const words = FIELD_WORDS.map((pair) => pair[at]);
    expect(new Set(words).size).toBe(words.length);
  }
  for (const field of [...LAYOUT_FIELDS, ...MAPPED_FIELDS]) expect(formatField(field).zh).not.toBe(field);
});

test('what differs is a line, although its words are the same', () => {
  const account = (code: string, name: string) => {
    const one = { code, name };
    return {
      kind: 'accounts',
      body: { settlement: one, concession: one, gain: one, receivable: one, items: [] },
    } as const;
  };
  expect(settingChanges(account('1122 01', '应收'), account('1122', '01 应收'))).toHaveLength(4);
});
