import { api } from '$lib/api.ts';
import type { WaitingList } from './words.ts';

/** What waits for the reader; no first page fails for want of it. */
export async function waitingForMe(fetch: typeof globalThis.fetch): Promise<WaitingList | null> {
  const response = await api(fetch).v1.me.tasks.$get();
  return response.ok ? await response.json() : null;
}
