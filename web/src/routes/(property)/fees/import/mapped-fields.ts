import type { InferRequestType, InferResponseType } from 'hono/client';
import type { api } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';

type Estate = ReturnType<typeof api>['v1']['estates'][':estate'];
export type BillPreview = InferResponseType<Estate['bills']['preview']['$post'], 200>;
export type SavedMapping = InferResponseType<Estate['bill-mappings']['$get'], 200>['items'][number];
export type MappedField = InferRequestType<
  Estate['bill-mappings']['$put']
>['json']['columns'][number]['field'];

/** What a column may be, those first that a file of bills cannot do without. */
export const fieldGroups: readonly { label: () => string; fields: readonly MappedField[] }[] = [
  { label: m.billfile_group_house, fields: ['room', 'building', 'unit', 'estate'] },
  {
    label: m.billfile_group_charge,
    fields: [
      'item',
      'amount',
      'feeItem',
      'period',
      'rowTotal',
      'paid',
      'prepaid',
      'balance',
      'unpaid',
      'pastDue',
      'penalty',
      'dueDate',
    ],
  },
  {
    label: m.billfile_group_other,
    fields: ['billNumber', 'name', 'phone', 'area', 'unitPrice', 'serial', 'remark'],
  },
];

export const fieldName: Readonly<Record<MappedField, () => string>> = {
  room: m.billfile_field_room,
  building: m.billfile_field_building,
  unit: m.billfile_field_unit,
  estate: m.billfile_field_estate,
  item: m.billfile_field_item,
  amount: m.billfile_field_amount,
  feeItem: m.billfile_field_feeitem,
  period: m.billfile_field_period,
  rowTotal: m.billfile_field_rowtotal,
  paid: m.billfile_field_paid,
  prepaid: m.billfile_field_prepaid,
  balance: m.billfile_field_balance,
  unpaid: m.billfile_field_unpaid,
  pastDue: m.billfile_field_pastdue,
  penalty: m.billfile_field_penalty,
  dueDate: m.billfile_field_duedate,
  billNumber: m.billfile_field_billnumber,
  name: m.billfile_field_name,
  phone: m.billfile_field_phone,
  area: m.billfile_field_area,
  unitPrice: m.billfile_field_unitprice,
  serial: m.billfile_field_serial,
  remark: m.billfile_field_remark,
};

export function isField(value: string): value is MappedField {
  return Object.hasOwn(fieldName, value);
}
