/**
 * `import`: how fast a district's bills of a month are taken in, and the most memory of the process that does. Each file
 * is made at run time and taken in by a fresh process into a copy of one estate, first checked, then written.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { chunksOf } from '../../api/places/index.ts';
import { postgresDatabases, sqliteDatabases, targetOf, withEngine, type Site } from '../support/sites.ts';
import { FILE_KINDS, houseAt, writeBillFile, type FileKind } from './bill-files.ts';
import { startServer } from './bench-server.ts';
import { startChild } from './children.ts';
import { rounded, type Line, type Report } from './figures.ts';
import type { ImportQuestion, ImportResult } from './import.worker.ts';
import type { PostingOptions } from './posting.ts';

/** A line for each house of a district. */
const WHOLE = 140_000;
const QUICK = 2_000;
/** What a process is meant to need at most: said beside the figure, and refused by nobody. */
const MEANT_MIB = 300;

export async function runImport(options: PostingOptions, report: Report): Promise<void> {
  const rows = options.quick ? QUICK : WHOLE;
  const kinds = FILE_KINDS.filter((kind) => options.only.length === 0 || options.only.includes(kind));
  for (const engine of options.engines) {
    const databases = engine === 'sqlite' ? sqliteDatabases() : await postgresDatabases();
    const say = (line: Pick<Line, 'case' | 'value' | 'unit' | 'note'>): void =>
      report({ bench: 'import', engine, ...line });
    try {
      const site = await databases.create();
      const estate = await buildEstate(site, rows);
      for (const kind of kinds) {
        const file = join(site.dataDir, `bills.${kind === 'csv' ? 'csv' : 'xlsx'}`);
        await writeBillFile(file, kind, rows);
        const result = await takeIn({ site: await databases.copy(site), estate, file });
        rmSync(file);
        sayResult(kind, rows, result, say);
      }
    } finally {
      await databases.close();
    }
  }
}

function sayResult(
  kind: FileKind,
  rows: number,
  result: ImportResult,
  say: (line: Pick<Line, 'case' | 'value' | 'unit' | 'note'>) => void,
): void {
  const { checkSeconds, takeSeconds, added, rssMiB, startedMiB, checkedMiB } = result;
  if (result.rows !== rows || added !== rows || result.repeated)
    throw new Error(`${kind}: ${added} of ${rows} bills were taken in`);
  say({ case: `${kind}-check`, value: rounded(rows / checkSeconds), unit: 'rows/s' });
  say({ case: `${kind}-take`, value: rounded(rows / takeSeconds), unit: 'rows/s', note: `${rows} rows` });
  const before = `${rounded(startedMiB)} before the file, ${rounded(checkedMiB)} once it was checked`;
  const over = rssMiB > MEANT_MIB ? `, ${rounded(rssMiB - MEANT_MIB)} more` : '';
  const note = `${MEANT_MIB} are meant${over}; ${before}`;
  say({ case: `${kind}-rss`, value: rounded(rssMiB), unit: 'MiB', note });
}

async function takeIn(of: Omit<ImportQuestion, 'do'>): Promise<ImportResult> {
  const child = startChild<ImportQuestion>('import');
  try {
    return await child.ask<ImportResult>({ do: 'import', ...of });
  } finally {
    await child.stop();
  }
}

/** One estate that is as large as a district: the file is what is measured. */
async function buildEstate(site: Site, count: number): Promise<string> {
  // Brings the schema up to date, as any first start does.
  await (await startServer(site, { logLevel: 'warn' })).stop();
  const estate = uuid();
  await withEngine(targetOf(site), async (engine) => {
    const { places, houses } = engine.tables;
    const place = { id: estate, version: 1, book: 1, parent: '', kind: 'estate' as const, name: '和美苑' };
    await engine.db.insert(places).values({ ...place, createdAt: 1 });
    const rows = Array.from({ length: count }, (_, nth) => ({
      ...{ id: uuid(), version: 1, estate, createdAt: 1 },
      ...houseAt(nth),
    }));
    await engine.atomically((db) => chunksOf(rows).map((some) => db.insert(houses).values(some)));
  });
  return estate;
}
