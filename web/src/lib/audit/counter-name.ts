import { formatDate } from '$lib/format.ts';
import { periodName } from '$lib/member/period.ts';
import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';
import { transactionNumber } from '$lib/transaction-number.ts';
import { unitName } from '$lib/unit-name.ts';

const isTransaction = (id: string) => /^\d{1,16}$/.test(id);
const ofTransaction = (word: (of: { number: string }) => string) => (id: string) =>
  isTransaction(id) ? word({ number: transactionNumber(id) }) : undefined;

/** `2026-06-13` as people say the day; what is no day stays as it is. */
const dayName = (day: string) =>
  Number.isNaN(Date.parse(`${day}T00:00:00+08:00`)) ? day : formatDate(`${day}T00:00:00+08:00`, getLocale());

/** What a counter counts, by the first word of its key; the rest of the key says of whom and when. */
const names: Record<string, (...rest: string[]) => string | undefined> = {
  earned: (unit = '', _member = '', day = '') =>
    m.audit_counter_earned({ unit: unitName(unit), day: dayName(day) }),
  presences: () => m.audit_counter_presences(),
  offset: (_house = '', month = '') => m.audit_counter_offset({ month: periodName(month) }),
  'offset-firms': (_estate = '', month = '', firm?: string) =>
    firm === undefined
      ? m.audit_counter_firms({ month: periodName(month) })
      : m.audit_counter_turn({ month: periodName(month) }),
  taken: (_place = '', unit = '', month = '') =>
    m.audit_counter_taken({ unit: unitName(unit), month: periodName(month) }),
  hold: (id = '') => m.audit_counter_hold({ tail: id.slice(-4) }),
  settled: (id = '') => ofTransaction(m.audit_counter_settled)(id),
  reversed: (id = '') => ofTransaction(m.audit_counter_reversed)(id),
  // Whose numbers they are comes before the series, which ends in the dash that a number follows.
  number: (...rest) => m.audit_counter_number({ series: (rest.at(-1) ?? '').replace(/-$/, '') }),
  'closed-through': () => m.audit_counter_closed(),
  // A receipt's number is kept as a fingerprint, which says nothing to a reader.
  unique: (what = '') =>
    what === 'receipt'
      ? m.audit_counter_receipt()
      : what === 'code'
        ? m.audit_counter_code()
        : m.audit_counter_unique(),
};

/** A counter in words; undefined for one that a module of another version, or a partner's system, named. */
export function counterName(key: string): string | undefined {
  const [first = '', ...rest] = key.split(':');
  return Object.hasOwn(names, first) ? names[first]?.(...rest) : undefined;
}
