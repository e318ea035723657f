import { api } from './api.ts';

/** One of the demo's five, as its bar shows them. */
export type DemoPerson = { who: string; zh: string; en: string; name: string };

/** A process is a demo or is none for as long as it runs; pages ask once. */
let known: DemoPerson[] | null | undefined;

/** The people of the demo's bar; null where the books are real. */
export async function findDemoPeople(fetch: typeof globalThis.fetch): Promise<DemoPerson[] | null> {
  if (known !== undefined) return known;
  const response = await api(fetch).v1.demo.$get();
  if (response.ok) {
    const { people } = await response.json();
    known = people.map(({ who, zh, en, name }) => ({ who, zh, en, name }));
    return known;
  }
  // A busy moment is no answer: the next page asks again.
  if (response.status === 404) known = null;
  return null;
}
