/**
 * 结转下月: to which month a break may be carried on. Pure.
 *
 * Protects: a break waits no longer than until the month that follows; it is carried again in each month that it lasts.
 */
import { addMonths, type Month } from '../../programme/rules/index.ts';

/** `month`: the one that it is looked at with, '' for any. Undefined where that is still to come. */
export function carryTo(
  month: Month | '',
  { closing, present }: { closing: Month; present: Month },
): Month | undefined {
  const from = month > closing ? month : closing;
  return from > present ? undefined : addMonths(from, 1);
}
