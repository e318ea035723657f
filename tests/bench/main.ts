/** `npm run bench -- NAME [--json] [--engine sqlite|postgres] [--case NAME]… [--seed N] [--quick]` */
import { parseArgs } from 'node:util';
import { jsonReport, tableReport } from './figures.ts';
import { runImport } from './importing.ts';
import { runPosting, type EngineName } from './posting.ts';
import { runReading } from './reading.ts';
import { runReconcile } from './reconcile.ts';
import { runRedeem } from './redeem.ts';

const ENGINES: readonly EngineName[] = ['sqlite', 'postgres'];
const USAGE = `npm run bench -- posting|redeem|reading|import|reconcile [--json] [--engine sqlite|postgres] [--case NAME]… [--quick] [--seconds N]
  --json    one JSON object a line, nothing else on standard output
  --engine  one of the two; both otherwise
  --case    only these; a ratio needs both of its sides
  --seconds how long each round of a case over HTTP lasts
  --seed    reconcile: the same corrupted lists again, which a run otherwise draws three times
  --quick   a minute instead of ten, to see that it works: the figures mean nothing
`;

const benches = {
  posting: runPosting,
  redeem: runRedeem,
  reading: runReading,
  import: runImport,
  reconcile: runReconcile,
} as const;

function isBench(name: string | undefined): name is keyof typeof benches {
  return name !== undefined && Object.hasOwn(benches, name);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    engine: { type: 'string' },
    case: { type: 'string', multiple: true, default: [] },
    seconds: { type: 'string' },
    seed: { type: 'string' },
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [name] = positionals;
const engines = ENGINES.filter((engine) => values.engine === undefined || values.engine === engine);
const seed = values.seed === undefined ? undefined : Number(values.seed);
if (values.help || !isBench(name) || engines.length === 0 || Number.isNaN(seed)) {
  process.stderr.write(USAGE);
  process.exit(values.help ? 0 : 1);
}
const seconds = values.seconds === undefined ? undefined : Number(values.seconds);
const write = (text: string): void => void process.stdout.write(text);
const report = values.json ? jsonReport(write) : tableReport(write);
await benches[name]({ engines, only: values.case, quick: values.quick, seconds, seed }, report);
