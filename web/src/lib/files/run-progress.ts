import { m } from '$lib/paraglide/messages.js';
import { newestRun } from './newest-run.ts';
import type { ImportRun } from './report.ts';

const stages = {
  reading: m.files_run_reading,
  comparing: m.files_run_comparing,
  writing: m.files_run_writing,
} as const;

/** How far one's own file is, in words: 正在读文件 32,000 行. Empty while nothing can be said. */
export async function runProgress(of: { estate: string; kind: ImportRun['kind'] }): Promise<string> {
  const run = await newestRun(fetch, of);
  if (!run || run.state !== 'running' || !run.mine) return '';
  const rows = run.rows === 0 ? '' : m.files_run_rows({ rows: run.rows.toLocaleString('en') });
  return `${stages[run.stage]()} ${rows}`.trim();
}
