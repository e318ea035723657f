import { fail, redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { safeNext } from '$lib/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.me !== null) redirect(303, nextOf(url));
};

/** The page that asked for the sign-in, else the first page of this person's post. */
function nextOf(url: URL): string {
  const next = url.searchParams.get('next');
  return next === null ? '/start' : safeNext(next);
}

/** Longer words never reach the API; which are right, it alone knows. */
const longest = 40;

/** Who shares the phone, once its code was right; the ticket says that it was. */
type Choose = { ticket: string; people: { id: string; name: string }[] };
type Told = {
  phone: string;
  /** Of the code that was asked for last; null where none was. */
  asked: { challenge: string; number: string } | null;
  choose: Choose | null;
  error: string | null;
  problem: Problem | null;
};

export const actions: Actions = {
  ask: async ({ request, fetch, locals }) => {
    const phone = textOf(await request.formData(), 'phone');
    const told: Told = { phone, asked: null, choose: null, error: null, problem: null };
    if (phone === '' || phone.length > longest) return fail(422, { ...told, error: m.phone_missing() });
    const response = await api(fetch).auth.phone.code.$post({ json: { phone } });
    if (response.ok) return { ...told, asked: await response.json() };
    const problem = await readProblem(response, locals.locale, wordsOfFault());
    const error = problem.fields['phone'] ?? null;
    return fail(problem.status, { ...told, error, problem: error === null ? problem : null });
  },

  enter: async ({ request, fetch, url, locals }) => {
    const form = await request.formData();
    const [phone, code] = [textOf(form, 'phone').slice(0, longest), textOf(form, 'code')];
    const asked = { challenge: textOf(form, 'challenge').slice(0, 100), number: numberIn(form) };
    const told: Told = { phone, asked, choose: null, error: null, problem: null };
    if (code === '' || code.length > longest) return fail(422, { ...told, error: m.phone_code_missing() });
    const response = await api(fetch).auth['sign-in'].phone.$post({
      json: { challenge: asked.challenge, code },
    });
    if (response.ok) {
      const { choose } = await response.json();
      if (choose === undefined) redirect(303, nextOf(url));
      return { ...told, choose };
    }
    const problem = await readProblem(response, locals.locale, wordsOfFault());
    // Nothing can be typed any more for that one: the way to a new one stands first.
    if (isOver(problem.code)) return fail(problem.status, { ...told, asked: null, problem });
    const error = problem.fields['code'] ?? null;
    return fail(problem.status, { ...told, error, problem: error === null ? problem : null });
  },

  choose: async ({ request, fetch, url, locals }) => {
    const form = await request.formData();
    const [ticket, person] = [textOf(form, 'ticket'), textOf(form, 'person')];
    const response = await api(fetch).auth['sign-in'].phone.choice.$post({ json: { ticket, person } });
    if (response.ok) redirect(303, nextOf(url));
    const problem = await readProblem(response, locals.locale, wordsOfFault());
    // The code was right; what ended is the time to choose, so it begins again with the phone.
    const ended = { title: m.phone_choice_ended(), advice: m.phone_choice_ended_words() };
    const speaks = problem.code === 'locked-out' || problem.code === 'account-ended';
    const said = speaks ? problem : { ...problem, ...ended };
    const told: Told = { phone: '', asked: null, choose: null, error: null, problem: said };
    return fail(problem.status, told);
  },
};

const isOver = (code: string) => code === 'code-tries-used' || code === 'account-ended';
/** Two digits; only shown again. */
const numberIn = (form: FormData) => textOf(form, 'number').slice(0, 2);
const wordsOfFault = () => ({ title: m.error_busy_title(), advice: m.error_busy_advice() });
