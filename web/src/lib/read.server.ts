import { error } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages.js';

type Answered = { ok: boolean; status: number; json(): Promise<unknown> };
type BodyOf<R extends Answered> = Awaited<ReturnType<Extract<R, { ok: true }>['json']>>;

/** The body of an answer that a page cannot do without; anything else becomes the error page, in its own words. */
export async function readOrFail<R extends Answered>(asked: Promise<R>): Promise<BodyOf<R>> {
  const response = await asked;
  if (response.ok) return (await response.json()) as BodyOf<R>;
  if (response.status === 404) error(404, m.error_missing_title());
  if (response.status === 403) error(403, m.error_forbidden_title());
  // What stands in the address (a cursor that nobody gave out, a month that is none) is no fault of the page's.
  if (response.status === 400 || response.status === 422) error(400, m.error_address_title());
  error(response.status === 429 || response.status >= 500 ? 503 : 500, m.error_busy_title());
}
