import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import { isFresh } from './newest-run.ts';
import type { ImportRun } from './report.ts';

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
  return { imports: items, next, run: newest && isFresh(newest) ? newest : null };
}
