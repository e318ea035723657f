import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { ImportRun } from './report.ts';

/** How long an outcome is worth saying to whoever comes back to the page. */
const freshMs = 24 * 3_600_000;

/** The files that an estate took in, and the one that is on its way or has just ended. */
export async function importsOf(
  fetch: typeof globalThis.fetch,
  url: URL,
  { estate, kind }: { estate: string; kind: ImportRun['kind'] },
) {
  const of = api(fetch).v1.estates[':estate'];
  const param = { estate };
  const cursor = url.searchParams.get('cursor');
  const [{ items, next = null }, runs] = await Promise.all([
    readOrFail(of.imports.$get({ param, query: { kind, ...(cursor === null ? {} : { cursor }) } })),
    readOrFail(of['import-runs'].$get({ param, query: { kind, limit: '1' } })),
  ]);
  const [newest] = runs.items;
  const isFresh =
    newest && (newest.state === 'running' || Date.now() - Date.parse(newest.startedAt) < freshMs);
  return { imports: items, next, run: isFresh ? newest : null };
}
