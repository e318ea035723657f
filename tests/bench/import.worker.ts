/** A fresh process that takes in one file of bills, as the product's own does, and tells the most memory it ever had. */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import { importBills } from '../../api/fees/index.ts';
import { createPlaces } from '../../api/places/index.ts';
import { isProblem, keepHeapSmall } from '../../api/platform/index.ts';
import { serveParent } from './children.ts';
import { targetOf, withEngine, type Site } from '../support/sites.ts';

const STATUS = '/proc/self/status';

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
  /** The most until the file was checked: reading it; what comes on top is writing. */
  checkedMiB: number;
};

/** The database and the import, without a server around them: what is measured is what a file costs. */
async function answer(asked: ImportQuestion): Promise<ImportResult> {
  // As the product's own process does.
  if (asked.site.databaseUrl === undefined) keepHeapSmall();
  return withEngine(targetOf(asked.site), (engine) => measure(engine, asked));
}

async function measure(engine: Engine, { estate, file }: ImportQuestion): Promise<ImportResult> {
  const deps = { engine, ids: uuid, clock: Date.now, places: createPlaces(engine) };
  const startedMiB = peakMiB();
  const take = async (dryRun: boolean) => {
    const started = performance.now();
    const report = await importBills(deps, {
      ...{ estate, dryRun, actor: 'system:bench' },
      // As an upload comes in: piece by piece.
      file: { source: createReadStream(file), fileName: basename(file) },
    });
    if (isProblem(report)) throw new Error(`${report.code} ${JSON.stringify(report.fields ?? [])}`);
    if (report.problems.length > 0) throw new Error(JSON.stringify(report.problems));
    return { report, seconds: (performance.now() - started) / 1_000 };
  };
  const checked = await take(true);
  const checkedMiB = peakMiB();
  const taken = await take(false);
  const { counts, repeated } = taken.report;
  return {
    ...{ checkSeconds: checked.seconds, takeSeconds: taken.seconds },
    ...{ rows: counts['rows'] ?? 0, added: counts['added'] ?? 0, repeated },
    ...{ rssMiB: peakMiB(), startedMiB, checkedMiB },
  };
}

/** `maxRSS` of a child begins with its parent's; what Linux says of the process itself does not. */
function peakMiB(): number {
  const own = existsSync(STATUS) ? /VmHWM:\s*(\d+)/.exec(readFileSync(STATUS, 'utf8'))?.[1] : undefined;
  return Number(own ?? process.resourceUsage().maxRSS) / 1024;
}

serveParent<ImportQuestion>({ answer, close: async () => undefined });
