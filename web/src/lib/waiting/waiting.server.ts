import { api } from '$lib/api.ts';
import type { Waiting } from './words.ts';

/** What waits for the reader; no first page fails for want of it. */
export async function waitingForMe(fetch: typeof globalThis.fetch): Promise<Waiting[] | null> {
  const response = await api(fetch).v1.me.tasks.$get();
  return response.ok ? (await response.json()).items : null;
}
