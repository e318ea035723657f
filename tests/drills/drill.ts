/** What the drills have in common: how they are asked, how they talk, and how they fail. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { ENGINES, type EngineName } from './fresh-databases.ts';

export type Say = (line: string) => void;

export type Drill = {
  /** Its options, and what each means: the lines of `--help` below its name. */
  readonly usage: string;
  /** Throws `Misused` when it was asked wrongly, anything else when it found something. */
  readonly run: (args: readonly string[], say: Say) => Promise<void>;
};

/** The command was typed wrongly; the message is the sentence that says how. */
export class Misused extends Error {}

/** A drill found what it looks for; the message is all there is to read. */
export class Found extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>;

export function readOptions<const O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (code.startsWith('ERR_PARSE_ARGS')) throw new Misused(message);
    throw error;
  }
}

/** Both engines, or the one that was asked for. */
export function enginesNamed(name: string | undefined): readonly EngineName[] {
  const engines = ENGINES.filter((engine) => name === undefined || engine === name);
  if (engines.length === 0)
    throw new Misused(`There is no engine "${name}"; there are ${ENGINES.join(' and ')}.`);
  return engines;
}

/** A whole number from 1, such as `--rounds` takes. */
export function countNamed(option: string, text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new Misused(`--${option} takes a whole number from 1, not "${text}".`);
  }
  return count;
}

/** What makes a run the same as another; by the clock when none was named. fast-check's seeds have 32 bits. */
export function seedNamed(text: string | undefined): number {
  if (text === undefined) return Date.now() % 1_000_000_007;
  const seed = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(seed) || Math.abs(seed) >= 2 ** 31) {
    throw new Misused(`--seed takes a whole number of at most 31 bits, not "${text}".`);
  }
  return seed;
}

export const plain = (count: number): string => count.toLocaleString('en-GB');

/** Measures from now; answers '12.3 s'. */
export function stopwatch(): () => string {
  const startedAt = performance.now();
  return () => `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;
}
