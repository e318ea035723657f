/** `npm run drill -- month`: all households offset at the end of a month while their members keep spending. */
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { startServer } from '../bench/bench-server.ts';
import { playMonthEnd, type Played } from '../support/month-end/month-end.ts';
import { differencesOf, sidesOf, statesOf } from '../support/month-end/sides.ts';
import { openTown, type Town } from '../support/month-end/town.ts';
import { postgresDatabases, sqliteDatabases, type Site } from '../support/sites.ts';
import {
  countNamed,
  enginesNamed,
  Found,
  plain,
  readOptions,
  seedNamed,
  stopwatch,
  type Drill,
  type Say,
} from './drill.ts';
import type { EngineName } from './fresh-databases.ts';

/** Before the day on which bills of the month are no longer taken. */
const MONTH_END = Date.parse('2026-06-24T18:00:00+08:00');

export const month: Drill = {
  usage: `month      the end of a month: every household puts points against its bill while the same residents spend
             them in the shops, and the firms' lists come back; nobody below zero, all sides equal, verify green
             --offsets N   so many households (28000)
             --estates N   in so many estates (80)
             --engine E    only sqlite or only postgres
             --seed N      the same shopping again, though not in the same order`,
  async run(args, say) {
    const values = readOptions(args, {
      offsets: { type: 'string', default: '28000' },
      estates: { type: 'string', default: '80' },
      engine: { type: 'string' },
      seed: { type: 'string' },
    });
    const estates = countNamed('estates', values.estates);
    const houses = Math.ceil(countNamed('offsets', values.offsets) / estates);
    const seed = seedNamed(values.seed);
    for (const engine of enginesNamed(values.engine)) {
      await withSite(engine, async (site) => {
        const elapsed = stopwatch();
        const heard: Say = (line) => say(`month ${engine}: ${line}, ${elapsed()}`);
        heard(await monthOn(site, { estates, houses, seed, say: heard }));
      });
    }
    const all = plain(estates * houses);
    say(
      `month: seed ${seed}, ${all} households in ${plain(estates)} estates, nobody below zero, all sides equal, verify green`,
    );
  },
};

type Size = { estates: number; houses: number; seed: number; say: Say };

async function withSite(engine: EngineName, work: (site: Site) => Promise<void>): Promise<void> {
  const databases = engine === 'sqlite' ? sqliteDatabases() : await postgresDatabases();
  try {
    await work(await databases.create());
  } finally {
    await databases.close();
  }
}

async function monthOn(site: Site, { estates, houses, seed, say }: Size): Promise<string> {
  const server = await startServer(site, { clock: () => MONTH_END, logLevel: 'silent' });
  try {
    const { deps } = server;
    const town = await openTown(deps, { estates, houses, say });
    say(`${plain(estates * houses)} houses with their bills and points are there`);
    const began = performance.now();
    const played = await playMonthEnd(deps, town, { seed, say });
    const seconds = (performance.now() - began) / 1_000;
    await assertWhole(deps.engine, town);
    return sentenceOf(played, await statesOf(deps.engine), seconds);
  } catch (error) {
    if (error instanceof Found) throw error;
    const again = `npm run drill -- month --estates ${estates} --offsets ${estates * houses} --seed ${seed}`;
    throw new Found(`${error instanceof Error ? error.message : String(error)}\nAgain: ${again}`, {
      cause: error,
    });
  } finally {
    await server.stop();
  }
}

async function assertWhole(engine: Parameters<typeof verify>[0], town: Town): Promise<void> {
  const differences = differencesOf(await sidesOf(engine, town), town);
  if (differences.length > 0) throw new Error(differences.join('; '));
  const { findings } = await verify(engine, productChecks);
  if (findings.length > 0) throw new Error(`verify: ${JSON.stringify(findings.slice(0, 5))}`);
}

function sentenceOf(played: Played, states: Record<string, number>, seconds: number): string {
  const { offsets, lookedAgain, without, redemptions, turnedAway } = played;
  const settled = Object.entries(states).map(([state, n]) => `${plain(n)} ${state}`);
  return [
    `${plain(offsets)} offsets (${settled.join(', ')}; ${plain(lookedAgain)} looked again, ${plain(without)} had nothing left)`,
    `${plain(redemptions)} redemptions (${plain(turnedAway)} turned away)`,
    `all in ${seconds.toFixed(1)} s`,
    'nobody below zero',
    'all sides equal',
    'verify green',
  ].join(', ');
}
