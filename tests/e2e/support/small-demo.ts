import { beginFolder, finishFolder, readFolder, type DemoRecord } from '../../../api/demo/demo-folder.ts';
import { DEMO_PASSWORD } from '../../../api/demo/crew.ts';
import { seedDemo, type DemoSize } from '../../../api/demo/seed.ts';
import { isRefusal, readConfig } from '../../../api/platform/index.ts';
import { createServer } from '../../../api/server.ts';

/** As few houses as hold the worked month and the planted breaks: seeded in seconds. */
const SMALL: DemoSize = { houses: 24, people: 56, shops: 4 };

/** Makes a demo estate as `npm run demo` does, only smaller, in the database and folder that this environment names. */
export async function makeSmallDemo(env: Readonly<Record<string, string>>): Promise<DemoRecord> {
  const config = readConfig({ LOG_LEVEL: 'warn', ...env });
  if (isRefusal(config)) throw new Error(config.en);
  const refused = beginFolder(config.dataDir, readFolder(config.dataDir));
  if (refused) throw new Error(refused.en);
  const now = Date.now();
  let clock = now;
  const opened = await createServer(config, { pages: false, clock: () => clock });
  if (isRefusal(opened)) throw new Error(opened.en);
  try {
    const seed = 'browser';
    const { files, ...made } = await seedDemo(opened.deps, {
      ...{ seed, now, size: SMALL, report: () => undefined },
      setClock: (at) => (clock = at),
    });
    const madeAt = new Date(now).toISOString();
    return finishFolder(config.dataDir, { ...made, seed, madeAt, password: DEMO_PASSWORD }, files);
  } finally {
    await opened.stop();
  }
}
