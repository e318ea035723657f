/**
 * 结转下月: to which month a break may be carried on. Pure.
 *
 * Protects: a break waits no longer than until the month after the one that is closed next; it is carried again in each
 * month that it lasts, and never past one that is still to be closed, nor past the time for which the points of its
 * offset are set aside: nobody would look at it before they go back.
 */
import { addMonths, periodOfMonth, type Instant, type Month } from '../../programme/rules/index.ts';

type Carrying = {
  /** The one that it is looked at with, '' for any. */
  month: Month | '';
  /** The one that is closed next. */
  closing: Month;
  /** When the points of its offset go back; undefined where none are set aside, or that settles it. */
  heldUntil: Instant | undefined;
};

/** `held`: the points go back before anybody would look at it; undefined where it waits already. */
export function carryTo({ month, closing, heldUntil }: Carrying): Month | 'held' | undefined {
  if (month > closing) return undefined;
  const to = addMonths(closing, 1);
  return heldUntil !== undefined && heldUntil <= periodOfMonth(to).end ? 'held' : to;
}
