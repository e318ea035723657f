import { m } from '$lib/paraglide/messages.js';
import { readCalendar, type Errors, type Values } from './rule-form.ts';

const longestName = 20;
const longest = { basis: 120, reason: 200 } as const;

export const unitFields = [
  'code',
  'nameZh',
  'nameEn',
  'expiry',
  'later',
  'grace',
  'basis',
  'reason',
] as const;

const isText = (text: string | undefined, most: number) =>
  text !== undefined && text !== '' && text.length <= most;

type Said = Exclude<ReturnType<typeof readCalendar>, { errors: Errors }> & { nameZh: string; nameEn: string };

function readNames(values: Values): { said: Said | null; errors: Errors } {
  const { nameZh = '', nameEn = '' } = values;
  const calendar = readCalendar(values);
  const errors: Errors = {
    ...('errors' in calendar ? calendar.errors : {}),
    ...(isText(nameZh, longestName) ? {} : { nameZh: m.units_name_missing() }),
    ...(isText(nameEn, longestName) ? {} : { nameEn: m.units_name_missing() }),
  };
  return { said: 'expiry' in calendar ? { nameZh, nameEn, ...calendar } : null, errors };
}

/** What was typed for a new kind of points, or what is wrong with it. */
export function readNewUnit(values: Values) {
  const { said, errors } = readNames(values);
  const { basis = '' } = values;
  const code = (values['code'] ?? '').normalize('NFKC').toUpperCase();
  if (!/^[A-Z][A-Z0-9]{1,11}$/.test(code)) errors['code'] = m.units_code_wrong();
  if (!isText(basis, longest.basis)) errors['basis'] = m.units_basis_missing();
  return said === null || Object.keys(errors).length > 0 ? { errors } : { json: { code, ...said, basis } };
}

/** A correction of one. */
export function readUnitChange(values: Values) {
  const { said, errors } = readNames(values);
  const { reason = '' } = values;
  if (!isText(reason, longest.reason)) errors['reason'] = m.units_change_reason_missing();
  return said === null || Object.keys(errors).length > 0 ? { errors } : { json: { ...said, reason } };
}
