/**
 * `posting`: how many transactions a second, durably, from bare rows to the merchant's route. Cases that are compared
 * take turns, so that a noisy machine is noisy for both sides of a ratio; each figure is the median of the rounds.
 */
import type { Line, Report } from './figures.ts';
import { median, rounded } from './figures.ts';
import { postgresDatabases, sqliteDatabases, type Databases } from '../support/sites.ts';
import { runHttpCases } from './posting-http.ts';
import { runJournalCases } from './posting-journal.ts';
import { buildStage, type Scale } from './stage.ts';

export type EngineName = NonNullable<Line['engine']>;
export type PostingOptions = {
  engines: readonly EngineName[];
  only: readonly string[];
  quick: boolean;
  seconds: number | undefined;
};
/** How long and how often; `--quick` only shows that everything works. */
export type Effort = {
  rounds: number;
  seconds: number;
  /** Transactions a round of the journal cases. */
  journalCount: number;
  oldKeys: number;
  scale: Scale;
};

const WHOLE: Effort = {
  rounds: 5,
  seconds: 2.5,
  journalCount: 30_000,
  oldKeys: 2_000_000,
  scale: { members: 10_000, spenders: 4_000, expiring: 40_000 },
};
const QUICK: Effort = {
  rounds: 2,
  seconds: 0.5,
  journalCount: 3_000,
  oldKeys: 50_000,
  scale: { members: 1_000, spenders: 500, expiring: 2_000 },
};

const RATIOS = [
  ['journal', 'raw'],
  ['post', 'journal-64'],
  ['floor', 'bare'],
  ['hot', 'post'],
  ['hot2', 'hot'],
  ['purchase', 'spend'],
  ['aged', 'journal-64'],
] as const;

export type Round = {
  count: number;
  seconds: number;
  p50: number;
  p99: number;
  /** Processor time of the process measured; of a busy machine's figures the one that stays the same. */
  cpuMicros: number;
};

/** The rounds of each case, and what is said of them. */
export class Results {
  readonly #rounds = new Map<string, Round[]>();
  readonly #bench: Line['bench'];
  readonly #engine: EngineName;
  readonly #report: Report;

  constructor(bench: Line['bench'], engine: EngineName, report: Report) {
    this.#bench = bench;
    this.#engine = engine;
    this.#report = report;
  }

  add(name: string, round: Round): void {
    this.#rounds.set(name, [...(this.#rounds.get(name) ?? []), round]);
  }

  say(name: string, value: number, unit: Line['unit'], more: Partial<Line> = {}): void {
    this.#report({ bench: this.#bench, engine: this.#engine, case: name, value, unit, ...more });
  }

  rate(name: string): number | undefined {
    const rounds = this.#rounds.get(name);
    return rounds && median(rounds.map(({ count, seconds }) => count / seconds));
  }

  p99(name: string): number | undefined {
    const rounds = this.#rounds.get(name);
    return rounds && median(rounds.map((round) => round.p99));
  }

  sayRate(name: string, note?: string): void {
    const rounds = this.#rounds.get(name) ?? [];
    const p50 = rounded(median(rounds.map((round) => round.p50)), 2);
    const latency = { p50, p99: rounded(this.p99(name) ?? Number.NaN, 2) };
    const each = rounded(median(rounds.map(({ cpuMicros, count }) => cpuMicros / count)));
    const cpu = `${each} µs of CPU each`;
    const more = { ...latency, note: note === undefined ? cpu : `${cpu}, ${note}` };
    this.say(name, rounded(this.rate(name) ?? 0), 'tx/s', more);
  }

  sayRatios(ratios: readonly (readonly [string, string])[] = RATIOS): void {
    for (const [upper, lower] of ratios) {
      const [above, below] = [this.rate(upper), this.rate(lower)];
      if (above === undefined || below === undefined) continue;
      this.say(`${upper}/${lower}`, rounded(above / below, 2), 'ratio');
    }
  }
}

export async function runPosting(options: PostingOptions, report: Report): Promise<void> {
  const { seconds, quick } = options;
  const effort = { ...(quick ? QUICK : WHOLE), ...(seconds !== undefined && { seconds }) };
  const wants = (name: string): boolean => options.only.length === 0 || options.only.includes(name);
  for (const engine of options.engines) {
    const databases: Databases = engine === 'sqlite' ? sqliteDatabases() : await postgresDatabases();
    try {
      const now = Date.now();
      const site = await databases.create();
      const stage = await buildStage(site, effort.scale, now);
      const play = {
        engine,
        databases,
        site,
        stage,
        now,
        effort,
        wants,
        results: new Results('posting', engine, report),
      };
      await runJournalCases(play);
      await runHttpCases(play);
      play.results.sayRatios();
    } finally {
      await databases.close();
    }
  }
}

export type Play = {
  engine: EngineName;
  databases: Databases;
  /** As the stage was built; every group of cases plays on copies. */
  site: Awaited<ReturnType<Databases['create']>>;
  stage: Awaited<ReturnType<typeof buildStage>>;
  now: number;
  effort: Effort;
  wants: (name: string) => boolean;
  results: Results;
};
