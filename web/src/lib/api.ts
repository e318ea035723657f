import { hc } from 'hono/client';
import { forHeader } from './acting/acting.ts';
import type { AppType } from '../../../api/contract.ts';

/**
 * The API, typed by its own routes: the only way in which pages ask it. Takes the `fetch` of a `load` or an action,
 * which stays inside the process and carries the visitor's session; `principal` only where a browser asks by itself.
 */
export function api(fetch: typeof globalThis.fetch, principal?: string) {
  return hc<AppType>('/', { fetch, ...(principal && { headers: { [forHeader]: principal } }) }).api;
}
