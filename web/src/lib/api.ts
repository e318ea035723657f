import { hc } from 'hono/client';
import type { AppType } from '../../../api/contract.ts';

/**
 * The API, typed by its own routes: the only way in which pages ask it. Takes the `fetch` of a `load` or an action,
 * which stays inside the process and carries the visitor's session.
 */
export function api(fetch: typeof globalThis.fetch) {
  return hc<AppType>('/', { fetch }).api;
}
