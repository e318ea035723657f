import { error } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages.js';

/** A word of a closed list in the address; undefined for none, and the error page for one that nobody offered. */
export function wordOf<const Words extends readonly string[]>(
  url: URL,
  name: string,
  words: Words,
): Words[number] | undefined {
  const asked = url.searchParams.get(name) || null;
  if (asked === null) return undefined;
  return words.find((word) => word === asked) ?? error(400, m.error_address_title());
}
