/** A process that answers people needs little memory; V8 on a large machine takes much before it looks for garbage. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * By how much the heap may outgrow what was alive in it before garbage is collected, in per cent. Left to itself V8 lets
 * it become two to four times as large where the machine has memory to spare; what is alive here is some 50 MiB. It
 * is no limit: an import of a large file still takes what it needs.
 */
const GROWTH_PERCENT = 30;

/**
 * Holds for the whole process, threads that start later included. Collects once, since V8 applies no growth before the
 * first whole collection and would wait for hundreds of megabytes until that one.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}
