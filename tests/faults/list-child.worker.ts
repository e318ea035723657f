/**
 * A process that takes in a firm's posted list, for a test that kills it: `list-child TARGET ESTATE FILE NOW`, where TARGET
 * is a database as JSON. It prints each stage as it comes to it, `booked` for each unit that is on disk, and `taken` at
 * the end.
 */
import { createReadStream, writeSync } from 'node:fs';
import { v7 as uuid } from 'uuid';
import { openDatabase, type DatabaseTarget } from '../../api/db/index.ts';
import { importPostedList } from '../../api/fees/index.ts';
import { Journal, openLedger } from '../../api/ledger/index.ts';
import { createPlaces } from '../../api/places/index.ts';
import { isProblem } from '../../api/platform/index.ts';

class ToldJournal extends Journal {
  override async commit(...unit: Parameters<Journal['commit']>) {
    const outcome = await super.commit(...unit);
    if (!outcome.replayed) writeSync(1, 'booked\n');
    return outcome;
  }
}

const [, , target = '', estate = '', file = '', now = ''] = process.argv;
const engine = await openDatabase(JSON.parse(target) as DatabaseTarget);
if (engine.kind === 'refused') throw new Error(engine.en);
const clock = () => Number(now);
const ledger = openLedger(engine, { now: clock });
const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const deps = {
  ...{ engine, ids: uuid, clock, places: createPlaces(engine), log },
  // One at a time, so that the process dies between two of them and not after the last.
  journal: new ToldJournal({ store: ledger.store, now: clock, limits: { batch: 1 } }),
};
const report = await importPostedList(deps, {
  ...{ estate, dryRun: false, actor: 'person:x' },
  file: { source: createReadStream(file), fileName: 'posted.csv' },
  onStage: (stage) => void writeSync(1, `${stage}\n`),
});
if (isProblem(report)) throw new Error(JSON.stringify(report));
writeSync(1, 'taken\n');
await deps.journal.stop();
await ledger.stop();
await engine.close();
