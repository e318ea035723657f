/**
 * `reconcile`: the firms' posted lists of a whole district (set L: 402 estates, 140,000 offsets) against our offsets, with
 * what goes wrong in a month planted by a generator whose seed is drawn here. The matcher runs in a process of its own
 * that gets files, and never the key. Of each of three seeds:
 *
 * - `precision`: of all that the machine books by itself (matches, and returns), what is true and has nothing wrong with it.
 * - `recall`: of all offsets that the list has a row of, however spoilt, those that were joined with it: by a match, or
 *   where something is wrong with the row, by a break that names both. Nothing is left out of it: a tie that only a person
 *   can resolve counts as not found.
 * - `typed`: of all planted breaks, those that are told as what they are.
 *
 * `match` is one call for the whole district, all estates in one list, without the reading of the files; `140k/14k` is its time
 * over that for a tenth of it (ten calls to one, so that both pay for their garbage), and `rss` the most memory of the fresh
 * process that did it, reading included.
 */
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SET_L } from '../support/reconcile/district.ts';
import type { Outcome } from '../support/reconcile/outcome.ts';
import { writeDistrict, type WrittenDistrict } from '../support/reconcile/write-district.ts';
import { startChild } from './children.ts';
import { median, rounded, type Line, type Report } from './figures.ts';
import type { CompareQuestion, WholeResult } from './reconcile.worker.ts';

type Options = { only: readonly string[]; quick: boolean; seed: number | undefined };

const SEEDS = 3;
const ROUNDS = 3;
const TENTH = 10;
const QUICK = { estates: 40, offsets: 14_000 };

export async function runReconcile({ only, quick, seed }: Options, report: Report): Promise<void> {
  const seeds = seed === undefined ? Array.from({ length: SEEDS }, () => randomInt(2 ** 31)) : [seed];
  const size = quick ? QUICK : SET_L;
  const wants = (...names: string[]): boolean =>
    only.length === 0 || names.some((name) => only.includes(name));
  for (const [nth, each] of seeds.entries()) {
    const folder = mkdtempSync(join(tmpdir(), 'linli-reconcile-'));
    const say = (name: string, value: number, unit: Line['unit'], note: string): void => {
      if (wants(name)) report({ bench: 'reconcile', case: name, value, unit, seed: each, note });
    };
    try {
      const whole = await writeDistrict(folder, String(each), size);
      if (wants('precision', 'recall', 'typed')) await judge({ folder, whole, say });
      if (nth > 0 || !wants('match', '140k/14k', 'rss')) continue;
      const tenth = await writeDistrict(folder, String(each), {
        estates: Math.round(size.estates / TENTH),
        offsets: size.offsets / TENTH,
      });
      await time({ folder, whole, tenth, say });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

type Say = (name: string, value: number, unit: Line['unit'], note: string) => void;

async function judge({
  folder,
  whole,
  say,
}: {
  folder: string;
  whole: WrittenDistrict;
  say: Say;
}): Promise<void> {
  const { estates, offsets, rows, score } = whole;
  const child = startChild<CompareQuestion>('reconcile');
  const outcomes = await child.ask<Outcome[]>({ do: 'estates', folder, estates }).finally(() => child.stop());
  const { acted, right, pairs, found, planted, typed, faults } = score(outcomes);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  say('precision', right / acted, 'share', `${right} of ${acted} matches and returns`);
  say(
    'recall',
    rounded(found / pairs, 5),
    'share',
    `${found} of ${pairs} pairs; ${offsets} offsets, ${rows} rows`,
  );
  say('typed', rounded(typed / planted, 5), 'share', `${typed} of ${planted} planted breaks`);
}

async function time(input: {
  folder: string;
  whole: WrittenDistrict;
  tenth: WrittenDistrict;
  say: Say;
}): Promise<void> {
  const { folder, whole, tenth, say } = input;
  const child = startChild<CompareQuestion>('reconcile');
  const districts = [tenth.estates, whole.estates];
  const result = await child
    .ask<WholeResult>({ do: 'whole', folder, districts, rounds: ROUNDS })
    .finally(() => child.stop());
  const [less = Number.NaN, more = Number.NaN] = result.seconds.map(median);
  const told = (rounds: readonly number[] = []): string => rounds.map((one) => one.toFixed(2)).join(', ');
  const rounds = (nth: number): string =>
    `rounds ${told(result.seconds[nth])} s, of a processor ${told(result.worked[nth])} s`;
  const whom = `${whole.offsets} offsets, ${result.rows[1]} rows, ${result.matches[1]} matches`;
  say('match', rounded(more, 2), 's', `${whom}; ${rounds(1)}`);
  say('140k/14k', rounded(more / less, 2), 'ratio', `${tenth.offsets} offsets: ${rounds(0)}`);
  say('rss', rounded(result.peakMib), 'MiB', 'VmHWM of the process that read the files and compared');
}
