/**
 * Rule 3 for counters, whatever floor and ceiling stand beside them: the name of a counter says what it may do. Caps
 * are free: how much may be earned is the programme's rule of that day, and only the ceiling written down tells it. What
 * is left of holds and originals is derived from entries (`check-limits.ts`).
 */
import type { TallyEntry } from '../core/transaction.ts';
import type { Finding } from './finding.ts';

type Wrong = Pick<Finding, 'rule' | 'zh' | 'en'>;

export function checkCounter({ key, amount, totalAfter, floor, ceiling }: TallyEntry): Wrong[] {
  const isWithin =
    (floor === null || totalAfter >= floor) && (ceiling === null || amount <= 0 || totalAfter <= ceiling);
  if (isWithin && isAsNamed(key, amount, totalAfter)) return [];
  return [{ rule: 3, zh: `计数 ${key} 越界`, en: `counter ${key} is out of bounds` }];
}

function isAsNamed(key: string, amount: number, totalAfter: number): boolean {
  switch (key.slice(0, key.indexOf(':'))) {
    // A business key is used once, and may be given free.
    case 'unique':
      return Math.abs(amount) === 1 && (totalAfter === 0 || totalAfter === 1);
    // The number of the latest closed month, 0 for none.
    case 'closed-through':
      return totalAfter >= 0;
    // Voucher numbers leave none out.
    case 'number':
      return amount === 1;
    default:
      return true;
  }
}
