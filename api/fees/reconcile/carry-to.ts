/**
 * 结转下月: to which month a break may be carried on. Pure.
 *
 * Protects: a break waits no longer than until the month after the one that is closed next; it is carried again in each
 * month that it lasts, and never past one that is still to be closed.
 */
import { addMonths, type Month } from '../../programme/rules/index.ts';

/** `month`: the one that it is looked at with, '' for any; `closing`: the one that is closed next. Undefined where it waits already. */
export function carryTo(month: Month | '', closing: Month): Month | undefined {
  return month > closing ? undefined : addMonths(closing, 1);
}
