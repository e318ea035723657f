import { m } from '$lib/paraglide/messages.js';
import { transactionNumber } from '$lib/transaction-number.ts';
import { unitName } from '$lib/unit-name.ts';

const isTransaction = (id: string) => /^\d{1,16}$/.test(id);
const ofTransaction = (word: (of: { number: string }) => string) => (id: string) =>
  isTransaction(id) ? word({ number: transactionNumber(id) }) : undefined;

/** What a counter counts, by the first word of its key; the rest of the key says of whom and when. */
const names: Record<string, (...rest: string[]) => string | undefined> = {
  earned: (unit = '', _member = '', day = '') => m.audit_counter_earned({ unit: unitName(unit), day }),
  presences: () => m.audit_counter_presences(),
  offset: (_house = '', month = '') => m.audit_counter_offset({ month }),
  hold: (id = '') => m.audit_counter_hold({ tail: id.slice(-4) }),
  settled: (id = '') => ofTransaction(m.audit_counter_settled)(id),
  reversed: (id = '') => ofTransaction(m.audit_counter_reversed)(id),
  number: (series = '') => m.audit_counter_number({ series }),
  closed: (_place = '', month = '') => m.audit_counter_closed({ month }),
  closures: () => m.audit_counter_closures(),
  unique: (what = '', ...rest) =>
    what === 'receipt'
      ? m.audit_counter_receipt({ receipt: rest.slice(1).join(':') })
      : what === 'code'
        ? m.audit_counter_code()
        : m.audit_counter_unique(),
};

/** A counter in words; undefined for one that a module of another version, or a partner's system, named. */
export function counterName(key: string): string | undefined {
  const [first = '', ...rest] = key.split(':');
  return Object.hasOwn(names, first) ? names[first]?.(...rest) : undefined;
}
