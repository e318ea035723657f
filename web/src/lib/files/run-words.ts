import { asSaid, inLocale } from '$lib/member/words.ts';
import { m } from '$lib/paraglide/messages.js';
import type { ImportRun } from './report.ts';

/**
 * Why an import was refused, and what to do: the fields say what is wrong with the file. Where it waits for an answer they
 * are what somebody ticks, which tells a reader nothing by itself, so what happened is said first.
 */
export function refusalLines(refusal: NonNullable<ImportRun['refusal']>): string[] {
  const { code, title, advice, fields } = refusal;
  if (code === 'not-confirmed') {
    const asked = fields.map((field) => m.files_run_to_confirm({ question: inLocale(field) }));
    return [m.files_run_unanswered(), ...asked];
  }
  const said = fields.map(asSaid);
  return said.length > 0 ? said : [`${inLocale(title)} ${inLocale(advice)}`];
}
