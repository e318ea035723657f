/** Serves a demo that was made on PostgreSQL: the demo's own program has SQLite only. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readFolder } from '../../../api/demo/demo-folder.ts';
import { isRefusal, readConfig } from '../../../api/platform/index.ts';
import { createServer } from '../../../api/server.ts';

function must<T extends object>(value: T): Exclude<T, { kind: 'refused' }> {
  if (isRefusal(value)) throw new Error(value.en);
  return value as Exclude<T, { kind: 'refused' }>;
}

const config = must(readConfig(process.env));
const state = readFolder(config.dataDir);
if (state.kind !== 'made') throw new Error(`there is no demo in ${config.dataDir}`);
const { people, password, files } = state.record;
const demo = {
  ...{ people, password, files },
  readFile: (name: string) => readFile(join(config.dataDir, 'files', name)),
};
const server = must(await createServer({ ...config, production: false }, { demo }));
const { address, port } = must(await server.listen());
process.stdout.write(`http://${address}:${port}\n`);
process.once('SIGTERM', () => {
  server.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
