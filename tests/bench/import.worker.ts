/** A fresh process that takes in one file of bills, as the product's own does, and tells the most memory it ever had. */
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { importBills } from '../../api/fees/index.ts';
import { isProblem, keepHeapSmall } from '../../api/platform/index.ts';
import { startServer } from './bench-server.ts';
import { serveParent } from './children.ts';
import type { Site } from '../support/sites.ts';

export type ImportQuestion = { do: 'import'; site: Site; estate: string; file: string };
export type ImportResult = {
  /** Of reading, checking and comparing, as the page does first. */
  checkSeconds: number;
  /** Of the same again, and writing. */
  takeSeconds: number;
  rows: number;
  added: number;
  repeated: boolean;
  /** The most memory that the process ever had, and before it saw the file. */
  rssMiB: number;
  startedMiB: number;
};

async function answer({ site, estate, file }: ImportQuestion): Promise<ImportResult> {
  // As the product's own process does.
  if (site.databaseUrl === undefined) keepHeapSmall();
  const server = await startServer(site, { logLevel: 'warn' });
  const startedMiB = peakMiB();
  const take = async (dryRun: boolean) => {
    const started = performance.now();
    const report = await importBills(server.deps, {
      ...{ estate, dryRun, actor: 'system:bench' },
      // As an upload comes in: piece by piece.
      file: { source: createReadStream(file), fileName: basename(file) },
    });
    if (isProblem(report)) throw new Error(`${report.code} ${JSON.stringify(report.fields ?? [])}`);
    if (report.problems.length > 0) throw new Error(JSON.stringify(report.problems));
    return { report, seconds: (performance.now() - started) / 1_000 };
  };
  const checked = await take(true);
  const taken = await take(false);
  const { counts, repeated } = taken.report;
  await server.stop();
  return {
    ...{ checkSeconds: checked.seconds, takeSeconds: taken.seconds },
    ...{ rows: counts['rows'] ?? 0, added: counts['added'] ?? 0, repeated },
    ...{ rssMiB: peakMiB(), startedMiB },
  };
}

/** `maxRSS` is in KiB. */
function peakMiB(): number {
  return process.resourceUsage().maxRSS / 1024;
}

serveParent<ImportQuestion>({ answer, close: async () => undefined });
