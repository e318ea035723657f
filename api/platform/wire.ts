import { z } from '@hono/zod-openapi';
import { say } from './problem-fields.ts';
import type { Instant } from './time.ts';

/** What travels: strings for ids, amounts and instants, checked and never transformed by their schema. */

export const IdSchema = z.uuid().openapi({ example: '01890a5d-ac96-774b-bcce-b302099a8057' });

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** ISO 8601 with its offset, to the millisecond. */
export const InstantSchema = z
  .string()
  .refine(
    (text) => INSTANT.test(text) && isRealInstant(text),
    say('时间要写成 2026-06-30T08:00:00Z 这样', 'An instant like 2026-06-30T08:00:00Z'),
  )
  .openapi({ example: '2026-06-30T08:00:00.000Z', format: 'date-time' });

/** A day of the calendar that exists. */
export const DaySchema = z
  .string()
  .refine(
    (text) => /^\d{4}-\d\d-\d\d$/.test(text) && isRealInstant(`${text}T00:00:00Z`),
    say('日期要写成 2026-06-30 这样，而且要真有这一天', 'A real date like 2026-06-30'),
  )
  .openapi({ example: '2026-06-30', format: 'date' });

/** A month of the calendar. */
export const MonthSchema = z
  .string()
  .regex(/^20\d{2}-(?:0[1-9]|1[0-2])$/, say('月份要写成 2026-06 这样', 'A month like 2026-06'))
  .openapi({ example: '2026-06' });

const AMOUNT = /^(?:0|-?[1-9]\d{0,15})$/;

/** A whole number of smallest steps as text: no `1e9`, no `-0`, no `0.001`, nothing beyond 2^53 − 1. */
export const AmountSchema = z
  .string()
  .refine(
    (text) => AMOUNT.test(text) && Number.isSafeInteger(Number(text)),
    say('请填一个整数，例如 1200', 'A whole number such as 1200'),
  )
  .openapi({ example: '1200' });

/** A text that both databases can hold: well-formed Unicode without U+0000, not only blanks. */
export function text(most: number) {
  return z
    .string()
    .min(1)
    .max(most)
    .refine(
      (t) => t.isWellFormed() && !t.includes('\0') && t.trim() !== '',
      say('请填写文字', 'Write some text'),
    );
}

export function formatInstant(at: Instant): string {
  return new Date(at).toISOString();
}

/** The instant of a text that InstantSchema has let through. */
export function parseInstant(checked: string): Instant {
  return Date.parse(checked);
}

/** `Date.parse` turns 30 February into 2 March; a date that does not exist is refused instead. */
function isRealInstant(text: string): boolean {
  const day = text.slice(0, 10);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return (
    Number.isFinite(Date.parse(text)) &&
    Number.isFinite(midnight) &&
    new Date(midnight).toISOString().startsWith(day)
  );
}
