/**
 * `redeem`: 200 tills take points by codes that their clerks have looked up, over HTTP, as people do it: a browser's
 * cookie, a code that works once, an answer that is "taken" or a refusal that says why. Showing a code and looking it up
 * go before the clock starts. Of a hundred codes one is confirmed twice at once and one asks for more than there is.
 *
 * - `confirm`: confirmed or refused a second; `p99` is what the slowest of a hundred waits.
 * - `confirm/spend`: over `spend` of `posting`, a system's redemption without code and clerk, in turn in the same run.
 *
 * Afterwards the book must have exactly the redemptions that were confirmed, each of a code of its own.
 */
import { postgresDatabases, sqliteDatabases, type Databases } from '../support/sites.ts';
import { startChild, type Child } from './children.ts';
import type { Report } from './figures.ts';
import type { LoadQuestion, LoadResult } from './load.worker.ts';
import { cpuOf, shoot, start, type Running } from './posting-http.ts';
import { Results, type Effort, type EngineName, type Play, type Round } from './posting.ts';
import { buildStage } from './stage.ts';
import { confirmsOf, type Clerk, type LookedUp, type Taken } from './tills.ts';

const TILLS = 200;
/** Codes made ready for a round; a till that has none left ends its round early, and that is said. */
const PREPARED_A_SECOND = 5_000;
const WHOLE: Effort = {
  ...{ rounds: 5, seconds: 2.5, journalCount: 0, oldKeys: 0 },
  scale: { members: 64, spenders: 8_000, expiring: 0 },
};
const QUICK: Effort = {
  ...WHOLE,
  rounds: 2,
  seconds: 0.5,
  scale: { members: 64, spenders: 500, expiring: 0 },
};
const CASES = ['confirm', 'spend', 'confirm/spend'];

type Options = {
  engines: readonly EngineName[];
  only: readonly string[];
  quick: boolean;
  seconds: number | undefined;
};

export async function runRedeem({ engines, only, quick, seconds }: Options, report: Report): Promise<void> {
  const effort = { ...(quick ? QUICK : WHOLE), ...(seconds !== undefined && { seconds }) };
  const wants = (name: string): boolean => only.length === 0 || only.includes(name);
  if (!CASES.some(wants)) throw new Error(`redeem has the cases ${CASES.join(', ')}`);
  for (const engine of engines) {
    const databases: Databases = engine === 'sqlite' ? sqliteDatabases() : await postgresDatabases();
    try {
      const now = Date.now();
      const site = await databases.create();
      const stage = await buildStage(site, effort.scale, now);
      const results = new Results('redeem', engine, report);
      await play({ engine, databases, site, stage, now, effort, wants, results });
    } finally {
      await databases.close();
    }
  }
}

/** One bench on one engine: its server, the load beside it, and what was confirmed so far. */
type Counter = Play & {
  load: Child<LoadQuestion>;
  server: Running;
  clerks: readonly Clerk[];
  sums: { taken: number; refused: number; shown: number };
};

async function play(all: Play): Promise<void> {
  const { databases, site, stage, effort, wants, results } = all;
  const load = startChild<LoadQuestion>('load');
  const servers = new Map<string, Running>();
  try {
    await load.ask({ do: 'stage', stage });
    const server = await start(servers, 'whole', 1, await databases.copy(site));
    const clerks = await server.child.ask<Clerk[]>({ do: 'tills', stage });
    const counter: Counter = { ...all, load, server, clerks, sums: { taken: 0, refused: 0, shown: 0 } };
    const isRatio = wants('confirm/spend');
    // The first round connects and warms up.
    for (let round = 0; round <= effort.rounds; round++) {
      const seconds = round === 0 ? effort.seconds / 2 : effort.seconds;
      const spent = isRatio || wants('spend') ? await spend(counter, seconds) : undefined;
      const confirmed = isRatio || wants('confirm') ? await confirm(counter, seconds) : undefined;
      if (round === 0) continue;
      if (spent) results.add('spend', spent);
      if (confirmed) results.add('confirm', confirmed);
    }
    await compareWithBook(counter);
    if (wants('spend')) results.sayRate('spend');
    const { refused } = counter.sums;
    if (wants('confirm')) results.sayRate('confirm', `${TILLS} tills, ${refused} refused as they should be`);
    if (isRatio) results.sayRatios([['confirm', 'spend']]);
  } finally {
    await load.stop();
    for (const { child } of servers.values()) await child.stop();
  }
}

async function spend(counter: Counter, seconds: number): Promise<Round> {
  const { load, server, sums } = counter;
  const result = await shoot(load, counter, { running: [server], asks: 'spend', seconds });
  sums.taken += result.count;
  return result;
}

async function confirm({ load, server, stage, clerks, sums }: Counter, seconds: number): Promise<Round> {
  const count = Math.ceil(PREPARED_A_SECOND * seconds);
  const codes = await server.child.ask<LookedUp[]>({ do: 'codes', stage, from: sums.shown, count });
  sums.shown += count;
  const before = await cpuOf([server]);
  const result = await load.ask<LoadResult>({
    ...{ do: 'confirm', ports: [server.port], confirms: confirmsOf(codes, clerks) },
    ...{ connections: TILLS, seconds },
  });
  if (result.failures > 0) {
    throw new Error(
      `confirm: ${result.failures} of ${result.count} failed, the first with ${result.firstFailure}`,
    );
  }
  sums.taken += result.count - result.refused;
  sums.refused += result.refused;
  return { ...result, cpuMicros: (await cpuOf([server])) - before };
}

async function compareWithBook({ server, sums }: Counter): Promise<void> {
  const { redemptions, codes } = await server.child.ask<Taken>({ do: 'taken' });
  if (redemptions === sums.taken && codes === redemptions) return;
  throw new Error(`${sums.taken} were confirmed; the book has ${redemptions}, of ${codes} codes`);
}
