/** The cases over HTTP: server processes, and the load generator beside them. */
import { startChild, type Child } from './children.ts';
import type { Site } from '../support/sites.ts';
import { rounded } from './figures.ts';
import type { LoadQuestion, LoadResult } from './load.worker.ts';
import type { Play, Round } from './posting.ts';
import type { HttpCase } from './requests.ts';
import type { ServerMode, ServerQuestion } from './server.worker.ts';

/** Tills of a case of `posting`. */
const CONNECTIONS = 64;
/** Requests made ready before the clock starts; more than any case answers. */
const PREPARED_A_SECOND = { sqlite: 30_000, postgres: 30_000 } as const;

export type Running = { child: Child<ServerQuestion>; port: number };
type Turn = { name: string; asks: HttpCase; mode: ServerMode; servers: number };

const TURNS: readonly Turn[] = [
  { name: 'bare', asks: 'post', mode: 'bare', servers: 1 },
  { name: 'floor', asks: 'post', mode: 'floor', servers: 1 },
  { name: 'post', asks: 'post', mode: 'whole', servers: 1 },
  { name: 'hot', asks: 'hot', mode: 'whole', servers: 1 },
  { name: 'spend', asks: 'spend', mode: 'whole', servers: 1 },
  { name: 'purchase', asks: 'purchase', mode: 'whole', servers: 1 },
  { name: 'single', asks: 'post', mode: 'single', servers: 1 },
  { name: 'hot2', asks: 'hot', mode: 'whole', servers: 2 },
];

export async function runHttpCases(play: Play): Promise<void> {
  const { engine, databases, site, stage, effort, wants, results } = play;
  const turns = TURNS.filter(({ name, servers }) => wants(name) && (servers === 1 || engine === 'postgres'));
  if (turns.length === 0 && !wants('expiry')) return;
  const load = startChild<LoadQuestion>('load');
  const running = new Map<string, Running>();
  // On one database, as one production process has it; a SQLite file has one writer, so `single` gets its own.
  const shared = await databases.copy(site);
  const own = await databases.copy(site);
  try {
    await load.ask({ do: 'stage', stage });
    for (const { mode, servers } of turns) {
      for (let nth = 1; nth <= servers; nth++)
        await start(running, mode, nth, mode === 'whole' ? shared : own);
    }
    for (let round = 0; round <= effort.rounds; round++) {
      for (const { name, asks, mode, servers } of turns) {
        const seconds = round === 0 ? effort.seconds / 2 : effort.seconds;
        const result = await shoot(load, play, { running: take(running, mode, servers), asks, seconds });
        if (round > 0) results.add(name, result);
      }
    }
    for (const { name } of turns) results.sayRate(name);
    if (wants('expiry'))
      await runExpiry(play, load, await start(running, 'later', 1, await databases.copy(site)));
  } finally {
    await load.stop();
    for (const { child } of running.values()) await child.stop();
  }
}

export async function start(
  running: Map<string, Running>,
  mode: ServerMode,
  nth: number,
  site: Site,
): Promise<Running> {
  const name = `${mode}-${nth}`;
  const known = running.get(name);
  if (known) return known;
  const child = startChild<ServerQuestion>('server');
  const { port } = await child.ask<{ port: number }>({ do: 'start', site, mode });
  const started = { child, port };
  running.set(name, started);
  return started;
}

function take(running: ReadonlyMap<string, Running>, mode: ServerMode, servers: number): Running[] {
  const names = Array.from({ length: servers }, (_, i) => `${mode}-${i + 1}`);
  return names.flatMap((name) => running.get(name) ?? []);
}

export async function shoot(
  load: Child<LoadQuestion>,
  { engine }: Play,
  { running, asks, seconds }: { running: readonly Running[]; asks: HttpCase; seconds: number },
): Promise<Round> {
  const prepare = Math.ceil(PREPARED_A_SECOND[engine] * seconds);
  const ports = running.map(({ port }) => port);
  const before = await cpuOf(running);
  const question = { do: 'post', ports, case: asks, connections: CONNECTIONS, seconds, prepare } as const;
  const result = await load.ask<LoadResult>(question);
  if (result.failures > 0) {
    throw new Error(
      `${asks}: ${result.failures} of ${result.count} failed, the first with ${result.firstFailure}`,
    );
  }
  return { ...result, cpuMicros: (await cpuOf(running)) - before };
}

export async function cpuOf(running: readonly Running[]): Promise<number> {
  let sum = 0;
  for (const { child } of running) sum += await child.ask<number>({ do: 'cpu' });
  return sum;
}

/** Tills post while the expiry run of all members goes through the bulk lane of the same journal. */
async function runExpiry(play: Play, load: Child<LoadQuestion>, server: Running): Promise<void> {
  const { effort, results } = play;
  const posting = { running: [server], asks: 'post' as const };
  // The first round connects and warms up, as for every other case.
  await shoot(load, play, { ...posting, seconds: effort.seconds / 2 });
  const calm = results.p99('post') ?? (await shoot(load, play, { ...posting, seconds: effort.seconds })).p99;
  let isOver = false;
  const expiring = server.child
    .ask<{ seconds: number; positions: number }>({ do: 'expire' })
    .finally(() => (isOver = true));
  const rounds: Round[] = [];
  do rounds.push(await shoot(load, play, { ...posting, seconds: effort.seconds / 2 }));
  while (!isOver);
  const { seconds, positions } = await expiring;
  // The last round was calm in part, so it counts only when there is no other.
  for (const round of rounds.slice(0, Math.max(1, rounds.length - 1))) results.add('expiry', round);
  results.sayRate('expiry', `${positions} expired in ${rounded(seconds, 1)} s meanwhile`);
  results.say('expiry-p99/post-p99', rounded((results.p99('expiry') ?? Number.NaN) / calm, 2), 'ratio');
}
