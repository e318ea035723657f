/**
 * A process that takes in a file of bills, for a test that kills it: `import-child TARGET ESTATE FILE`, where TARGET is a
 * database as JSON. It prints each stage as it comes to it, and `taken` at the end.
 */
import { createReadStream, writeSync } from 'node:fs';
import { v7 as uuid } from 'uuid';
import { openDatabase, type DatabaseTarget } from '../../api/db/index.ts';
import { importBills } from '../../api/fees/index.ts';
import { createPlaces } from '../../api/places/index.ts';
import { isProblem } from '../../api/platform/index.ts';

const [, , target = '', estate = '', file = ''] = process.argv;
const engine = await openDatabase(JSON.parse(target) as DatabaseTarget);
if (engine.kind === 'refused') throw new Error(engine.en);
const deps = { engine, ids: uuid, clock: Date.now, places: createPlaces(engine) };
const said = new Set<string>();
const report = await importBills(deps, {
  ...{ estate, dryRun: false, actor: 'person:x' },
  file: { source: createReadStream(file), fileName: 'bills.csv' },
  onStage: (stage) => {
    if (!said.has(stage)) writeSync(1, `${stage}\n`);
    said.add(stage);
  },
});
if (isProblem(report)) throw new Error(JSON.stringify(report));
writeSync(1, 'taken\n');
await engine.close();
