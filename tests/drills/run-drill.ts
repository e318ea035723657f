/** Finds the drill that was asked for, and turns how it ended into an exit code. */
import { Found, Misused, type Drill, type Say } from './drill.ts';
import { fuzz } from './fuzz.ts';
import { kill } from './kill.ts';
import { month } from './month.ts';
import { office } from './office.ts';
import { simulate } from './simulate.ts';

const DRILLS: Readonly<Record<string, Drill>> = { kill, fuzz, simulate, month, office };

const HELP = `npm run drill -- NAME [options]

  ${Object.values(DRILLS)
    .map(({ usage }) => usage.replaceAll('\n', '\n  '))
    .join('\n  ')}

It ends with one line of what was seen and 0; with 1 when it found something, and says how to see it again; with 2 when
it was asked for what is not there.`;

/** 0: all well; 1: something was found; 2: it was asked wrongly. */
export async function runDrill(
  args: readonly string[],
  { out, err }: { out: Say; err: Say },
): Promise<0 | 1 | 2> {
  const [name, ...rest] = args;
  if (args.includes('--help')) {
    out(HELP);
    return 0;
  }
  const drill = name !== undefined && Object.hasOwn(DRILLS, name) ? DRILLS[name] : undefined;
  if (drill === undefined) {
    const what = name === undefined ? 'Say which drill' : `There is no drill "${name}"`;
    err(`${what}; there are ${Object.keys(DRILLS).join(', ')}. npm run drill -- --help says what each does.`);
    return 2;
  }
  try {
    await drill.run(rest, out);
    return 0;
  } catch (error) {
    if (error instanceof Misused) {
      err(`${error.message} npm run drill -- --help says what there is.`);
      return 2;
    }
    if (error instanceof Found) err(error.message);
    else err(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  }
}
