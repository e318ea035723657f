/** The process that compares: it is given files, and the key to them stays with who wrote them. */
import { readFileSync } from 'node:fs';
import { reconcile } from '../../api/fees/reconcile/match.ts';
import { keepHeapSmall } from '../../api/platform/index.ts';
import {
  compareEstates,
  readDistrict,
  type EstateFiles,
  type TwoSides,
} from '../support/reconcile/compare-lists.ts';
import type { Outcome } from '../support/reconcile/outcome.ts';
import { serveParent } from './children.ts';

export type CompareQuestion =
  | { do: 'estates'; folder: string; estates: EstateFiles[] }
  /** Several districts, each in one call, `rounds` times in turn. */
  | { do: 'whole'; folder: string; districts: EstateFiles[][]; rounds: number };

/**
 * Of each district the seconds that a call of the matcher took on average in each round, those of a processor among them, and how many rows and
 * matches there are.
 */
export type WholeResult = {
  seconds: number[][];
  worked: number[][];
  rows: number[];
  matches: number[];
  peakMib: number;
};

async function answer(question: CompareQuestion): Promise<Outcome[] | WholeResult> {
  if (question.do === 'estates') return compareEstates(question.folder, question.estates);
  const sides: TwoSides[] = [];
  for (const estates of question.districts) sides.push(await readDistrict(question.folder, estates));
  const [seconds, worked] = [sides.map((): number[] => []), sides.map((): number[] => [])];
  const matches: number[] = [];
  const longest = Math.max(...sides.map(({ rows }) => rows.length));
  for (let round = 0; round < question.rounds; round += 1) {
    for (const [nth, { offsets, rows }] of sides.entries()) {
      // As much work in each round: one short call may or may not meet a collection of what the others left behind.
      const times = Math.max(1, Math.round(longest / rows.length));
      const [startedAt, before] = [performance.now(), process.cpuUsage()];
      for (let time = 0; time < times; time += 1) matches[nth] = reconcile(offsets, rows).matches.length;
      seconds[nth]?.push((performance.now() - startedAt) / 1_000 / times);
      const { user, system } = process.cpuUsage(before);
      worked[nth]?.push((user + system) / 1e6 / times);
    }
  }
  return { seconds, worked, matches, rows: sides.map(({ rows }) => rows.length), peakMib: peakMib() };
}

/** The most memory that this process ever had, as the system counts it. */
function peakMib(): number {
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kib) / 1_024;
}

// As the product's own processes do.
keepHeapSmall();
serveParent<CompareQuestion>({ answer, close: async () => undefined });
