/** `npm run drill -- fuzz`: random histories against the naive model, and bad input against the API. */
import fc, { type RunDetails } from 'fast-check';
import { equalsNaiveModel, expiryKeepsPoints, reversalRestores } from '../properties/ledger-properties.ts';
import {
  countNamed,
  enginesNamed,
  Found,
  Misused,
  plain,
  readOptions,
  seedNamed,
  stopwatch,
} from './drill.ts';
import type { Drill, Say } from './drill.ts';
import { withFreshDatabases, type EngineName, type Fresh } from './fresh-databases.ts';
import { fuzzApi, isDone } from './fuzz-api.ts';

const PARTS = ['model', 'api'] as const;
type Part = (typeof PARTS)[number];
type Round = { seed: number; runs: number };
type Check = { part: Part; title: string; run: (round: Round) => Promise<Checked> };
/** What a check saw, in words; a reason when it is not as it should be. */
type Checked = { saw: string; fault?: string };

export const fuzz: Drill = {
  usage: `fuzz       random histories against a model of the ledger; bad input against every route of the API, where
             nothing may be answered with a 500 or with a problem that is not in the catalogue
             --minutes N   rounds of ever new seeds, for about so long; one round otherwise
             --runs N      so many of each kind in a round (300)
             --seed N      the seed of the first round
             --only P      only model or only api
             --engine E    the API on only sqlite or only postgres`,
  async run(args, say) {
    const values = readOptions(args, {
      minutes: { type: 'string' },
      runs: { type: 'string', default: '300' },
      seed: { type: 'string' },
      only: { type: 'string' },
      engine: { type: 'string' },
    });
    const runs = countNamed('runs', values.runs);
    const seed = seedNamed(values.seed);
    const parts = PARTS.filter((part) => values.only === undefined || part === values.only);
    if (parts.length === 0) throw new Misused(`--only takes ${PARTS.join(' or ')}, not "${values.only}".`);
    const engines = enginesNamed(values.engine);
    const minutes = values.minutes === undefined ? 0 : countNamed('minutes', values.minutes);
    const until = performance.now() + minutes * 60_000;
    const elapsed = stopwatch();
    const isOver = () => performance.now() >= until;
    await withFreshDatabases(async (fresh) => {
      const checks = checksOn(fresh, engines).filter(({ part }) => parts.includes(part));
      let done = 0;
      let last = seed - 1;
      do {
        last++;
        for (const check of checks) {
          // The first round is always whole, so that each kind was tried.
          if (last > seed && isOver()) break;
          await runCheck(check, { seed: last, runs }, say);
          done += runs;
        }
      } while (!isOver());
      say(`fuzz: seeds ${seed} to ${last}, ${plain(done)} runs, no counterexample, ${elapsed()}`);
    });
  },
};

function checksOn(fresh: Fresh, engines: readonly EngineName[]): Check[] {
  return [
    model('the ledger is what the naive model says', () => equalsNaiveModel()),
    model('expiry keeps every point', expiryKeepsPoints),
    model('what is undone leaves no trace', reversalRestores),
    ...engines.map((engine): Check => ({
      part: 'api',
      title: `bad input on ${engine}`,
      async run(round) {
        const { details, answers, findings } = await fuzzApi(await fresh(engine), round);
        const fault =
          faultOf(details) ?? (findings.length > 0 ? `verify: ${findings.join('; ')}` : undefined);
        const codes = [...answers.keys()].filter((said) => !isDone(said));
        const refused = codes.reduce((sum, code) => sum + (answers.get(code) ?? 0), 0);
        const saw = `${plain(refused)} refused with ${codes.length} codes, none with a 500, verify green`;
        return { saw, ...(fault !== undefined && { fault }) };
      },
    })),
  ];
}

function model<T>(title: string, property: () => fc.IProperty<T>): Check {
  return {
    part: 'model',
    title,
    run({ seed, runs }) {
      const fault = faultOf(fc.check(property(), { seed, numRuns: runs }) as RunDetails<T>);
      return Promise.resolve({ saw: 'as it should be', ...(fault !== undefined && { fault }) });
    },
  };
}

/** The seed, the shrunk counterexample and why it is one. */
export function faultOf<T>(details: RunDetails<T>): string | undefined {
  if (!details.failed) return undefined;
  const { seed, counterexamplePath, counterexample, numRuns, numShrinks, errorInstance } = details;
  const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return [
    `after ${plain(numRuns)} runs (seed: ${seed}, path: "${counterexamplePath}", shrunk ${numShrinks} times)`,
    `Counterexample: ${clipped(fc.stringify(counterexample))}`,
    `Reason: ${clipped(reason)}`,
  ].join('\n');
}

const LONG = 4_000;

/** The seed brings back all of it; nobody reads more. */
function clipped(text: string): string {
  return text.length <= LONG ? text : `${text.slice(0, LONG)}… (${plain(text.length)} characters)`;
}

async function runCheck({ part, title, run }: Check, round: Round, say: Say): Promise<void> {
  const elapsed = stopwatch();
  const { saw, fault } = await run(round);
  const { seed, runs } = round;
  if (fault !== undefined) {
    throw new Found(
      `fuzz: seed ${seed}, ${title}:\n${fault}\nAgain: npm run drill -- fuzz --only ${part} --seed ${seed} --runs ${runs}`,
    );
  }
  say(`fuzz seed ${seed}: ${title}: ${plain(runs)} runs, ${saw}, ${elapsed()}`);
}
