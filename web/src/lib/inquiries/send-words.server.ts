import { fail } from '@sveltejs/kit';
import type { InPerson } from '$lib/acting/in-person.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { longestText } from './words.ts';

/** What a form about a question comes back with. */
export type Told = {
  /** The question that it was about; '' for a new one. */
  inquiry: string;
  text: string;
  error: string | null;
  problem: Problem | null;
  done: 'asked' | 'asked-on' | 'answered' | 'closed' | 'withdrawn' | null;
  /** At the desk: what staff said of the resident before them. */
  said: InPerson | null;
};

type Sent = { inquiry: string; version: number; text: string };
type Answered = Pick<Response, 'ok' | 'status' | 'json' | 'headers'>;

/** Reads a form with a text, sends it, and says what came of it; an empty one is asked for again. */
export async function sendWords(
  form: FormData,
  locale: string,
  what: {
    done: NonNullable<Told['done']>;
    missing?: string;
    said?: InPerson;
    /** Nothing is sent where something else on the form is missing. */
    send: (sent: Sent) => Promise<Answered> | undefined;
  },
) {
  // A form sends a line break as two characters; the writer counts it as one.
  const [inquiry, text] = [textOf(form, 'inquiry'), textOf(form, 'text').replaceAll('\r\n', '\n')];
  const [{ said = null }, none] = [what, { error: null, problem: null, done: null }];
  const plain: Told = { inquiry, text, ...none, said };
  if (what.missing !== undefined && text === '') return fail(422, { ...plain, error: what.missing });
  if (what.missing !== undefined && text.length > longestText) {
    const error = m.inquiries_text_long({ most: longestText, count: text.length });
    return fail(422, { ...plain, error });
  }
  // A version that no page gave out is none that the API has.
  const version = Number(textOf(form, 'version')) || 1;
  const response = await what.send({ inquiry, version, text });
  if (response === undefined) return fail(422, plain);
  if (response.ok) return { ...plain, text: '', done: what.done, said: null };
  const words = { title: m.error_busy_title(), advice: m.error_busy_advice() };
  const problem = await readProblem(response as Response, locale, words);
  return fail(problem.status, { ...plain, problem });
}
