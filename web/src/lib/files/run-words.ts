import { inLocale } from '$lib/member/words.ts';
import { m } from '$lib/paraglide/messages.js';
import type { ImportRun } from './report.ts';

/**
 * Why an import was refused, and what to do: the fields say what is wrong with the file. Where it waits for an answer they
 * are what somebody ticks, which tells a reader nothing by itself, so what happened is said first.
 */
export function refusalLines(refusal: NonNullable<ImportRun['refusal']>): string[] {
  const { code, title, advice, fields } = refusal;
  const said = fields.map(inLocale);
  if (code === 'not-confirmed')
    return [m.files_run_unanswered(), ...said.map((question) => m.files_run_to_confirm({ question }))];
  return said.length > 0 ? said : [`${inLocale(title)} ${inLocale(advice)}`];
}
