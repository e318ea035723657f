import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { plainNumber } from '$lib/yuan.ts';
import { fieldName } from './words.ts';

export const TYPED_ROWS = 40;
export const TYPED_FIELDS = ['opening', 'points', 'accepted', 'reversed', 'paid', 'closing'] as const;
type TypedField = (typeof TYPED_FIELDS)[number];
export type TypedRow = { party: string } & Partial<Record<TypedField, string>>;

const YUAN = /^-?(?:0|[1-9]\d{0,9})(?:\.\d{1,2})?$/;
const POINTS = /^(?:0|[1-9]\d{0,12})$/;

/** The rows that somebody filled, or what is wrong with the first that is; a row without any figure was not filled. */
export function typedIn(form: FormData): TypedRow[] | string {
  const rows: TypedRow[] = [];
  for (let row = 1; row <= TYPED_ROWS; row += 1) {
    const party = textOf(form, `party-${row}`).slice(0, 120);
    const said: Partial<Record<TypedField, string>> = {};
    for (const field of TYPED_FIELDS) {
      const text = plainNumber(textOf(form, `${field}-${row}`));
      if (text === '') continue;
      if (!(field === 'points' ? POINTS : YUAN).test(text))
        return m.settle_type_wrong({ row, field: fieldName(field) });
      said[field] = text;
    }
    if (Object.keys(said).length === 0) continue;
    if (party === '' || (said.closing === undefined && said.accepted === undefined))
      return m.settle_type_empty();
    rows.push({ party, ...said });
  }
  return rows.length === 0 ? m.settle_type_empty() : rows;
}
