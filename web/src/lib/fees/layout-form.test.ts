import { expect, it } from 'vitest';
import {
  inputOf,
  layoutFields,
  layoutOf,
  readLayoutForm,
  type Layout,
  type LayoutField,
} from './layout-form.ts';

const usual = Object.fromEntries(layoutFields.map((field) => [field, `<${field}>`])) as Record<
  LayoutField,
  string
>;
const layout: Layout = {
  columns: [
    { field: 'value', header: '优惠金额' },
    { field: 'room', header: '房间' },
    { field: 'number', header: '单号' },
  ],
  ...{ dates: '20260615', periods: '202606', amounts: 'fen', totalRow: false, file: 'csv-gb18030' },
};

it('fills the form with a layout, and reads the same layout from it', () => {
  expect(layoutOf(inputOf(layout), usual)).toEqual(layout);
});

it('orders the columns by their places, and takes the usual words where none are written', () => {
  const typed: Record<string, string> = {
    ...{ 'place-number': '20', 'header-number': ' 单号 ', 'place-value': '3', 'place-house': '' },
    ...{ dates: '2026/06/15', totalRow: 'yes', file: 'odd' },
  };
  const input = readLayoutForm((name) => typed[name] ?? '');
  expect(layoutOf(input, usual)).toEqual({
    columns: [
      { field: 'value', header: '<value>' },
      { field: 'number', header: '单号' },
    ],
    ...{ dates: '2026/06/15', periods: '2026-06', amounts: 'yuan', totalRow: true, file: 'xlsx' },
  });
});

it('knows a place that is no whole number', () => {
  const input = readLayoutForm((name) => (name === 'place-number' ? '一' : ''));
  expect(layoutOf(input, usual)).toBeUndefined();
});
