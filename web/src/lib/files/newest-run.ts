import { api } from '$lib/api.ts';
import type { ImportRun } from './report.ts';

type Wanted = { estate: string; kind: ImportRun['kind'] };

/** How long an outcome is worth saying to whoever comes back to the page. */
const freshMs = 24 * 3_600_000;

export function isFresh({ state, startedAt }: ImportRun): boolean {
  return state === 'running' || Date.now() - Date.parse(startedAt) < freshMs;
}

/** The newest import of a kind, null where there is none of today; undefined if this time nobody could say. */
export async function newestRun(
  fetch: typeof globalThis.fetch,
  { estate, kind }: Wanted,
): Promise<ImportRun | null | undefined> {
  const of = api(fetch).v1.estates[':estate']['import-runs'];
  try {
    const response = await of.$get({ param: { estate }, query: { kind, limit: '1' } });
    if (!response.ok) return undefined;
    const [newest] = (await response.json()).items;
    return newest && isFresh(newest) ? newest : null;
  } catch {
    return undefined;
  }
}
