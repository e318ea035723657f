import type { InferResponseType } from 'hono/client';
import type { api } from '$lib/api.ts';
import { daysUntil } from '$lib/days-until.ts';
import { formatDate } from '$lib/format.ts';
import { periodName } from '$lib/member/period.ts';
import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';

/** One of the firm's estates, with the month that it works on. */
export type AtWork = InferResponseType<
  ReturnType<typeof api>['v1']['months-at-work']['$get'],
  200
>['items'][number];
/** `prepares`: it is the accountant's to do, and a finance lead waits for it. */
export type Step = { words: string; action: string; href: string; prepares: boolean };

/** What comes next, in words, with the one thing to press. */
export function stepOf(of: AtWork, now: number): Step {
  const [month, at] = [periodName(of.month), `estate=${of.estate.id}`];
  const lastDay = of.cutOffDay ?? of.lastDay;
  const day = formatDate(`${lastDay}T12:00:00+08:00`, getLocale());
  const steps: Record<AtWork['next'], Omit<Step, 'prepares'>> = {
    'import-bills': {
      words: m.homes_step_import({ month }),
      ...{ action: m.homes_do_import(), href: `/fees/import?${at}` },
    },
    'wait-for-residents': {
      words: m.homes_step_wait({ day, days: daysUntil(lastDay, now) }),
      ...{ action: m.homes_do_wait(), href: `/fees/offsets?${at}` },
    },
    'hand-over': {
      words: m.homes_step_hand_over({ count: of.held.count }),
      ...{ action: m.homes_do_hand_over(), href: `/fees/offsets?${at}&export=ask` },
    },
    'bring-posted-list': {
      words: m.homes_step_bring({ count: of.handedOver.count }),
      ...{ action: m.homes_do_bring(), href: `/fees/reconcile?${at}` },
    },
    'resolve-breaks': {
      words: m.homes_step_breaks({ count: of.openBreaks.count }),
      ...{ action: m.homes_do_breaks(), href: `/fees/breaks?${at}` },
    },
    'wait-for-month-end': {
      words: m.homes_step_month_end({ month }),
      ...{ action: m.homes_do_month_end(), href: `/fees/bills?${at}&period=${of.month}` },
    },
    'ask-to-close': {
      words: m.homes_step_close({ month }),
      ...{ action: m.homes_do_close(), href: `/fees/months?${at}` },
    },
    'approve-closing': {
      words: of.asked?.mine ? m.homes_step_asked_mine({ month }) : m.homes_step_asked({ month }),
      ...{ action: m.homes_do_approve(), href: `/fees/months?${at}` },
    },
  };
  return { ...steps[of.next], prepares: of.next !== 'approve-closing' };
}
