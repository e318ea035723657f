import { m } from '$lib/paraglide/messages.js';
import { layoutFields, type LayoutField } from './layout-form.ts';

type Worded = (inputs?: Record<string, never>, options?: { locale?: 'zh-CN' | 'en' }) => string;

const names: Record<LayoutField, Worded> = {
  number: m.exchange_field_number,
  house: m.exchange_field_house,
  item: m.exchange_field_item,
  period: m.exchange_field_period,
  billAmount: m.exchange_field_bill_amount,
  value: m.exchange_field_value,
  date: m.exchange_field_date,
  batch: m.exchange_field_batch,
  estate: m.exchange_field_estate,
  building: m.exchange_field_building,
  unit: m.exchange_field_unit,
  room: m.exchange_field_room,
  billNumber: m.exchange_field_bill_number,
  leftToPay: m.exchange_field_left,
};

export function layoutFieldName(field: LayoutField): string {
  return names[field]();
}

/** What a column is called in the file unless the firm says otherwise: Chinese, whatever the page is read in. */
export const usualHeaders: Readonly<Record<LayoutField, string>> = Object.fromEntries(
  layoutFields.map((field) => [field, names[field]({}, { locale: 'zh-CN' }).replace(/（.*）$/, '')]),
) as Record<LayoutField, string>;
